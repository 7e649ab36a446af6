"""What an edition covers, and what never gets into one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Company, History, Publicity, User
from accounts.models.company import QuietWeek
from stories.digests.candidates import choose
from stories.digests.freeze import covers_from, freeze
from stories.digests.models import Edition, EditionState, Pick
from stories.digests.schedule import week_start
from stories.models import CustomerGroup, Story, Visibility
from tests.factories import ANOTHER_DEED, UserFactory, draft_story, tell_story


def plan(weeks_ago: int = 0, **said: Any) -> Edition:
    at = timezone.now() - timedelta(weeks=weeks_ago)
    start = week_start(at, "UTC")
    return Edition.objects.create(week_start=start, cutoff_at=at, **said)


def published(story: Story, days_ago: float) -> Story:
    Story.objects.filter(pk=story.pk).update(published_at=timezone.now() - timedelta(days=days_ago))
    return story


def picked(edition: Edition) -> list[Story]:
    return [row.story for row in edition.picks.select_related("story")]


def test_the_picks_have_their_order_and_their_reasons(company: Company, story: Story) -> None:
    edition = plan()
    freeze(edition)
    [row] = edition.picks.all()
    assert (row.story, row.position) == (story, 0)
    assert row.reason == "First story for Suppliers in a long time"
    assert edition.state == EditionState.FROZEN
    assert edition.subject == "A kayak school kept its season"
    assert edition.mail_date is not None


def test_freezing_again_changes_nothing(
    company: Company, story: Story, teller: User, nominee: User
) -> None:
    edition = plan()
    freeze(edition)
    published(tell_story(teller, nominee), 0.01)
    freeze(edition)
    assert picked(edition) == [story]


def make_draft(teller: User, nominee: User) -> Story:
    return draft_story(teller, nominee)


def make_private(teller: User, nominee: User) -> Story:
    return tell_story(teller, nominee, visibility=Visibility.PRIVATE)


def make_asking(teller: User, nominee: User) -> Story:
    User.objects.filter(pk=nominee.pk).update(publicity=Publicity.ASK_FIRST)
    return tell_story(teller, nominee)


def make_hidden(teller: User, nominee: User) -> Story:
    story = tell_story(teller, nominee)
    lead = User.objects.create_user("lead@company.example", name="Lead", is_culture_lead=True)
    story.hide(by=lead, note="Names a customer.")
    return story


def make_withdrawn(teller: User, nominee: User) -> Story:
    story = tell_story(teller, nominee)
    story.withdraw(by=teller)
    return story


@pytest.mark.parametrize(
    "make", [make_draft, make_private, make_asking, make_hidden, make_withdrawn]
)
def test_what_not_everybody_may_read_is_in_no_edition(
    company: Company, teller: User, nominee: User, make: Callable[[User, User], Story]
) -> None:
    make(teller, nominee)
    edition = plan()
    assert choose_now(edition) == []


def choose_now(edition: Edition) -> list[int]:
    edition.covers_from = covers_from(edition.cutoff_at)
    return [choice.story for choice in choose(edition)]


def test_a_story_is_told_once_in_its_life(company: Company, story: Story) -> None:
    last = plan(1, covers_from=timezone.now())
    Pick.objects.create(edition=last, story=story, position=0)
    assert choose_now(plan()) == []


def test_an_edition_covers_what_came_after_the_one_before(
    company: Company, story: Story, teller: User, nominee: User
) -> None:
    plan(1, state=EditionState.SENT)
    published(story, 8)
    later = published(tell_story(teller, nominee), 6)
    assert choose_now(plan()) == [later.pk]


def test_a_story_dated_before_the_last_cutoff_and_committed_after_it_is_told(
    company: Company, story: Story
) -> None:
    last = plan(1, state=EditionState.SENT)
    Story.objects.update(published_at=last.cutoff_at - timedelta(minutes=1))
    assert choose_now(plan()) == [story.pk]


def test_what_the_last_edition_told_just_before_its_cutoff_is_neither_told_nor_counted(
    company: Company, story: Story, teller: User, manager: User, stranger: User
) -> None:
    last = plan(1, state=EditionState.SENT)
    Story.objects.update(published_at=last.cutoff_at - timedelta(minutes=1))
    Pick.objects.create(edition=last, story=story, position=0)
    late = tell_story(teller, stranger, headline="Committed late")
    Story.objects.filter(pk=late.pk).update(published_at=last.cutoff_at - timedelta(minutes=2))
    new = published(tell_story(teller, manager, headline="Of this week"), 1)
    edition = plan()
    freeze(edition)
    assert {story.pk for story in picked(edition)} == {late.pk, new.pk}
    assert edition.subject.endswith(" + 1")


def test_only_the_newest_are_considered(
    company: Company, teller: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.digests.candidates.CONSIDERED", 2)
    people = UserFactory.create_batch(3)
    keys = [published(tell_story(teller, person), 3 - at).pk for at, person in enumerate(people)]
    assert set(choose_now(plan())) == set(keys[1:])


def test_a_missed_week_loses_no_story(company: Company, story: Story) -> None:
    plan(3, state=EditionState.SENT)
    plan(1, state=EditionState.ABORTED)
    published(story, 15)
    assert choose_now(plan()) == [story.pk]


def test_after_a_missed_week_a_featured_story_leads_unless_a_reviewer_stops_it(
    company: Company, teller: User, culture_lead: User
) -> None:
    plan(3, state=EditionState.SENT)
    older, newer = (published(tell_story(teller, UserFactory()), ago) for ago in (15, 2))
    Story.objects.filter(pk=older.pk).update(featured_at=timezone.now() - timedelta(days=14))
    edition = plan()
    assert choose_now(edition)[0] == older.pk
    Story.objects.get(pk=older.pk).unfeature(by=culture_lead)
    assert choose_now(edition)[0] == newer.pk


def test_after_four_weeks_a_story_is_no_news(company: Company, story: Story) -> None:
    published(story, 29)
    assert choose_now(plan()) == []


def test_the_story_of_the_group_that_was_not_told_lately_leads(
    company: Company,
    teller: User,
    nominee: User,
    stranger: User,
    suppliers: CustomerGroup,
    customers: CustomerGroup,
) -> None:
    told = published(tell_story(teller, stranger, customer_group=customers), 10)
    last = plan(1, state=EditionState.SENT)
    Pick.objects.create(edition=last, story=told, position=0)
    tell_story(teller, nominee, customer_group=suppliers)
    newest = tell_story(teller, nominee, customer_group=customers, **ANOTHER_DEED)
    assert choose_now(plan())[-1] == newest.pk


def test_a_quiet_week_sends_nothing_where_the_company_wants_that(company: Company) -> None:
    edition = plan()
    freeze(edition)
    assert edition.state == EditionState.ABORTED
    assert History.objects.about(edition).get().verb == "abort"


def test_a_quiet_week_invites_where_the_company_wants_that(company: Company) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    edition = plan()
    freeze(edition)
    assert edition.state == EditionState.FROZEN
    assert edition.subject == "A quiet week. Who made a difference?"
