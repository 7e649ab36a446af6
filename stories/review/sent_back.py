"""Stories that were sent back, as their reviewer last saw them.

What their tellers have written since is nobody else's to read before they submit it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Model, QuerySet

from accounts import roles
from accounts.changes import Snapshot
from accounts.models import History, User
from accounts.reporting import below
from stories.models import CustomerGroup, Named, Role, State, Story, Value
from stories.models.telling import TEXTS
from stories.replay import Withheld


def why_sent_back(story: Story) -> History | None:
    """What its teller reads about a story that they got back; None for any other."""
    if story.state != State.RETURNED:
        return None
    return History.objects.about(story).filter(verb="send back").last()


def as_sent_back(
    stories: Sequence[Story], deeds: Mapping[int, History], reviewer: User
) -> list[Story]:
    """Unsaved copies that say what each story said when it was sent back, by the row that did it,
    without its photo and without customers' names that it does not say any more.

    Stories without such a row, as an import may bring them, are left out, and so are those that
    `reviewer` might not have reviewed as they were then: their tellers may name others by now. A
    fixed number of queries.
    """
    told = {story.pk: deeds[story.pk].before for story in stories if story.pk in deeds}
    people = {
        person.ref: person
        for person in User.objects.filter(ref__in=_refs(told.values())).select_related("department")
    }
    theirs = _theirs(told, {story.pk: story.teller for story in stories}, reviewer)
    names = {"customer_group": set[str](), "values": set[str]()}
    for said in told.values():
        names["customer_group"].add(said.get("customer_group", ""))
        names["values"].update(said.get("values", []))
    groups = {
        group.name: group
        for group in CustomerGroup.objects.filter(name__in=names["customer_group"])
    }
    values = {value.name: value for value in Value.objects.filter(name__in=names["values"])}
    return [
        _copy(story, deeds[story.pk], people, groups, values)
        for story in stories
        if story.pk in theirs
    ]


def _refs(told: Iterable[Snapshot]) -> set[str]:
    return {ref for said in told for _role, ref in said.get("named", [])}


def _theirs(told: Mapping[int, Snapshot], tellers: Mapping[int, User], reviewer: User) -> set[int]:
    """Those of the stories that `StoryQuerySet.reviewable_by` would have found as they were."""
    theirs = [_of_one(told, tellers, person) for person in roles.acting_for(reviewer)]
    return set().union(*theirs) & _others(told, tellers, reviewer)


def _of_one(told: Mapping[int, Snapshot], tellers: Mapping[int, User], reviewer: User) -> set[int]:
    """What this reviewer decides, and so whoever stands in for them."""
    others = _others(told, tellers, reviewer)
    if roles.is_culture_lead(reviewer):
        return others
    known = _refs(told.values()) | {teller.ref for teller in tellers.values()}
    line = below([reviewer.pk]).filter(ref__in=known)
    reports = set(line.values_list("ref", flat=True))
    return {key for key in others if reports & ({tellers[key].ref} | _nominees(told[key]))}


def _others(told: Mapping[int, Snapshot], tellers: Mapping[int, User], reviewer: User) -> set[int]:
    """Those that this person neither told nor is named in."""
    return {
        key
        for key, said in told.items()
        if tellers[key] != reviewer and reviewer.ref not in _refs([said])
    }


def _nominees(said: Snapshot) -> set[str]:
    return {ref for role, ref in said.get("named", []) if role == Role.NOMINEE}


def _copy(
    story: Story,
    deed: History,
    people: Mapping[str, User],
    groups: Mapping[str, CustomerGroup],
    values: Mapping[str, Value],
) -> Story:
    told = Withheld.of(story, [deed]).leave_out_of(deed.before)
    copy = Story(
        pk=story.pk,
        ref=story.ref,
        teller=story.teller,
        state=State.RETURNED,
        customer_group=groups.get(told.get("customer_group", "")),
        published_at=story.published_at,
        **{name: told[name] for name in TEXTS if name in told},
    )
    named = [
        Named(story=copy, person=people[ref], role=role, position=place)
        for place, (role, ref) in enumerate(told.get("named", []))
        if ref in people
    ]
    said = [values[name] for name in told.get("values", []) if name in values]
    copy._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "named": _known(Named.objects.all(), named),
        "values": _known(Value.objects.all(), said),
    }
    copy.sent_back_at = deed.at  # type: ignore[attr-defined]
    copy.seen = getattr(story, "seen", 0)  # type: ignore[attr-defined]
    return copy


def _known[M: Model](rows: QuerySet[M], found: list[M]) -> QuerySet[M]:
    """These very rows, as if the query had been asked."""
    rows._result_cache = found
    rows._prefetch_done = True  # type: ignore[attr-defined]
    return rows
