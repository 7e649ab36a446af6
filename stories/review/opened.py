"""One story as its reviewer meets it: what it says, what may be decided, and what helps to."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Prefetch

from accounts.models import History, User
from stories import decisions
from stories.models import Named, Proposal, Report, Role, State, Story
from stories.models.deeds import last_decisive_key
from stories.review.sent_back import as_sent_back
from stories.similar import Similar, similar_to
from stories.timeline import Deed, deeds

RECENT_SHOWN = 5
# Stories in these have been before a reviewer; what is still their teller's alone has not.
REVIEWED = frozenset({State.WAITING, State.PUBLISHED, State.HIDDEN, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Opened:
    """`seen` is the newest decision that the page knows of. `reason` is the row of history that
    sent it back or hid it, `handing` the one that asked a reviewer to decide; `reports` are the
    open ones, newest first; `proposal` is an edit that waits for this reviewer."""

    story: Story
    seen: int
    decisions: frozenset[str]
    reason: History | None
    handing: History | None
    reports: list[Report]
    proposal: Proposal | None
    history: list[Deed]
    recent: list[Story] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)

    @property
    def has_versions(self) -> bool:
        return self.story.state != State.RETURNED and any(deed.changed for deed in self.history)

    @property
    def may(self) -> dict[str, bool]:
        """The decisions by names that a template can say."""
        return {verb.replace(" ", "_"): True for verb in self.decisions}


def open_story(ref: str, reviewer: User) -> Opened | None:
    """None for what this person does not review, or nobody does yet. A fixed number of queries."""
    theirs = Story.objects.reviewable_by(reviewer).filter(state__in=REVIEWED, ref=ref)
    found = theirs.with_card().select_related("handed_to")
    story: Story | None = found.annotate(seen=last_decisive_key(Story)).first()
    if story is None:
        return None
    seen = getattr(story, "seen", 0) or 0
    rows = list(History.objects.about(story).select_related("actor"))
    reason = _last(rows, {"returned": "send back", "hidden": "hide"}.get(story.state, ""))
    handing = _last(rows, "hand over") if story.handed_to else None
    if story.state == State.RETURNED:
        copies = as_sent_back([story], {story.pk: reason} if reason else {}, reviewer)
        if not copies:
            return None
        story = copies[0]
    similar = similar_to(story, reader=reviewer)
    shown = {found.story.pk for found in similar}
    return Opened(
        story,
        seen,
        decisions.open_to(reviewer, story),
        reason,
        handing,
        list(story.reports.open().newest_first().select_related("reporter")),
        story.proposed if decisions.may_decide_edit(reviewer, story) else None,
        deeds(rows),
        _recent(story, reviewer, without={story.pk, *shown}),
        similar,
    )


def _last(rows: list[History], verb: str) -> History | None:
    return next((row for row in reversed(rows) if row.verb == verb), None)


def _recent(story: Story, reader: User, *, without: set[int]) -> list[Story]:
    """The newest that celebrate one of the same people, of those that `reader` may read."""
    theirs = Named.objects.filter(person__in=story.nominees, role=Role.NOMINEE).values("story")
    readable = Story.objects.readable_by(reader).published().filter(pk__in=theirs)
    people = Prefetch("named", Named.objects.select_related("person"))
    found = (
        readable.exclude(pk__in=without).newest_first().prefetch_related(people, "customer_group")
    )
    return list(found[:RECENT_SHOWN])
