"""Loading the demo company: its content becomes rows, with dates relative to today."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils import timezone

from accounts.models import Company, Department, History, ReviewPolicy, User
from kudos.management import demo_company as content
from kudos.management.demo_company import shapes
from kudos.management.demo_review import bring_to_reviewers
from stories.digests import schedule
from stories.digests.drain import finish
from stories.digests.fanout import fan_out
from stories.digests.freeze import freeze
from stories.digests.models import DeliveryState, Edition
from stories.digests.tick import plan
from stories.models import (
    Answer,
    Cheer,
    CustomerGroup,
    Named,
    Role,
    Story,
    Value,
    Visibility,
)
from stories.search_index import reindex

HIDDEN_NOTE = "It tells a colleague's salary."
SATURDAY = 5
EDITIONS = 3


def is_loaded() -> bool:
    """Whether the demo company lives here already."""
    return User.objects.filter(email=content.DEMO_SIGN_INS[0].key).exists()


def load() -> None:
    """Make the whole company in an empty database."""
    told = content.COMPANY
    Company.objects.update_or_create(
        pk=1,
        defaults={"name": told.name, "vision": told.vision, "time_zone": told.time_zone},
    )
    departments = _departments()
    groups = _groups(departments)
    values = _values()
    people = _people(departments)
    for story in content.STORIES:
        _load_story(story, people, groups, values)
    reindex()
    send_editions()


def _departments() -> dict[str, Department]:
    return {
        name: Department.objects.create(
            name=name,
            review_policy=ReviewPolicy.REVIEW_FIRST if name in content.REVIEWED_FIRST else "",
        )
        for name in content.DEPARTMENTS
    }


def _groups(departments: dict[str, Department]) -> dict[str, CustomerGroup]:
    groups = {}
    for position, told in enumerate(content.GROUPS):
        group = CustomerGroup.objects.create(
            name=told.name, hint=told.hint, hue=told.hue, position=position
        )
        group.served_by.set(departments[name] for name in told.served_by)
        groups[told.name] = group
    return groups


def _values() -> dict[str, Value]:
    return {
        told.name: Value.objects.create(name=told.name, meaning=told.meaning, position=position)
        for position, told in enumerate(content.VALUES)
    }


def _people(departments: dict[str, Department]) -> dict[str, User]:
    """Everybody by key, managers included; those who may sign in get the demo password."""
    # Hashed once: the same for all of them, and hashing is slow on purpose.
    password = make_password(content.PASSWORD)
    sign_ins = {sign_in.key for sign_in in content.DEMO_SIGN_INS}
    people = {
        told.key: User.objects.create(
            email=told.email or None,
            employee_id=told.employee_id or None,
            name=told.name,
            department=departments[told.department],
            time_zone=told.time_zone,
            publicity=told.publicity,
            is_culture_lead=told.culture_lead,
            is_active=told.active,
            password=password if told.key in sign_ins else make_password(None),
        )
        for told in content.PEOPLE
    }
    for told in content.PEOPLE:
        if told.manager:
            people[told.key].manager = people[told.manager]
            people[told.key].save(update_fields=["manager"])
    return people


def _load_story(
    told: shapes.Story,
    people: dict[str, User],
    groups: dict[str, CustomerGroup],
    values: dict[str, Value],
) -> None:
    story = _story(told, people, groups)
    story.values.set(values[name] for name in told.values)
    _name(story, told, people)
    _cheer(story, told, people)
    _remember(story, told)
    _join(story, told, people)
    bring_to_reviewers(story, told, people)


def moment_of(told: shapes.Story) -> datetime:
    """When it was told, never later than now; a weekend's stories were told on its Friday."""
    zone = ZoneInfo(content.COMPANY.time_zone)
    day = timezone.localdate(timezone=zone) - timedelta(days=told.days_ago)
    if told.days_ago:
        day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    at = datetime.combine(day, time(told.hour, told.minute), zone)
    return min(at, timezone.now())


def _story(told: shapes.Story, people: dict[str, User], groups: dict[str, CustomerGroup]) -> Story:
    was_read = told.state not in ("draft", "waiting")
    return Story.objects.create(
        teller=people[told.teller],
        state=told.state,
        visibility=Visibility.PRIVATE if told.private else Visibility.COMPANY,
        customer_group=groups[told.group],
        moment=told.moment,
        headline=told.headline,
        what_they_did=told.what_they_did,
        difference=told.difference,
        customer_words=told.customer_words,
        words_source=told.words_source,
        customer_role=told.customer_role,
        customer_name=told.customer_name,
        customer_agreed=told.customer_agreed,
        published_at=moment_of(told) if was_read else None,
        waiting_since=moment_of(told) if told.state == "waiting" else None,
    )


def _name(story: Story, told: shapes.Story, people: dict[str, User]) -> None:
    def rows(keys: Iterable[str], role: Role) -> Iterable[Named]:
        for position, key in enumerate(keys):
            person = people[key]
            asked = person.publicity == "ask_first" and not told.private
            answer = Answer.AGREED if asked else Answer.NOT_ASKED
            yield Named(story=story, person=person, role=role, position=position, answer=answer)

    Named.objects.bulk_create(
        [*rows(told.nominees, Role.NOMINEE), *rows(told.helping_hands, Role.HELPER)]
    )


def _cheer(story: Story, told: shapes.Story, people: dict[str, User]) -> None:
    Cheer.objects.bulk_create(
        Cheer(story=story, person=people[key], kind=kind) for key, kind in told.cheers
    )


def _join(story: Story, told: shapes.Story, people: dict[str, User]) -> None:
    for voice in told.voices:
        at = min(moment_of(told) + timedelta(hours=voice.hours_later), timezone.now())
        teller = people[voice.teller]
        story.voices.create(teller=teller, text=voice.text, created_at=at)
        History.objects.record("add voice", story, actor=teller, after={"voice": voice.text}, at=at)


def _remember(story: Story, told: shapes.Story) -> None:
    """The rows of history that these states would have left."""
    at = story.published_at or story.waiting_since
    if at is None:
        return
    record = History.objects.record
    was, became = {"state": "draft"}, {"state": "published" if story.published_at else "waiting"}
    record("submit", story, actor=story.teller, before=was, after=became, at=at)
    if told.at_first:
        before = dict(told.at_first)
        now = {field: getattr(story, field) for field in before}
        story.edited_at = at + timedelta(hours=1)
        story.save(update_fields=["edited_at"])
        record("edit", story, actor=story.teller, before=before, after=now, at=story.edited_at)
    later = min(at + timedelta(hours=3), timezone.now())
    if told.state == "hidden":
        lead = User.objects.filter(is_culture_lead=True).exclude(pk=story.teller_id).first()
        gone = {"state": "hidden"}
        record("hide", story, actor=lead, note=HIDDEN_NOTE, before=became, after=gone, at=later)
    if told.state == "withdrawn":
        gone = {"state": "withdrawn"}
        record("withdraw", story, actor=story.teller, before=became, after=gone, at=later)


def send_editions() -> None:
    """The digests of the last weeks, as if they had been sent: rows alone, no mail leaves."""
    company = Company.current()
    now = timezone.now()
    this_week = schedule.week_start(now, company.time_zone)
    for weeks_back in reversed(range(EDITIONS + 1)):
        week = this_week - timedelta(weeks=weeks_back)
        at = schedule.local_moment(week, company, company.time_zone)
        if at <= now and (edition := plan(at)):
            _send(edition)


def _send(edition: Edition) -> None:
    freeze(edition)
    fan_out(edition)
    edition.deliveries.update(
        state=DeliveryState.SENT, sent_at=F("due_at"), attempts=1, next_attempt_at=None
    )
    finish(edition)
