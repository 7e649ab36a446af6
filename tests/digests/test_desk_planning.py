"""Which edition the desk is about, and what it tells as it stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, User
from stories.digests.desk.arranging import add, move, take_out
from stories.digests.desk.lineup import SPARE_MOST, lineup, refs_of, spare
from stories.digests.desk.planning import Hours, coming_week, next_edition, upcoming
from stories.digests.models import Edition, EditionState
from stories.digests.tick import tick
from stories.models import CustomerGroup, Story, Visibility
from tests.digests.desk import FRIDAY, headlines, publish

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def on_friday(company: Company, stranger: User) -> None:
    """Somebody reads the digest."""


@time_machine.travel(FRIDAY, tick=False)
def test_on_a_friday_it_is_the_coming_mondays() -> None:
    edition = next_edition()
    assert (edition.week_start, edition.state) == (MONDAY, EditionState.PLANNED)
    assert edition.cutoff_at == datetime(2026, 11, 23, 9, tzinfo=UTC)


@time_machine.travel(FRIDAY, tick=False)
def test_looking_twice_plans_one() -> None:
    assert next_edition() == next_edition()
    assert Edition.objects.count() == 1


@time_machine.travel(FRIDAY, tick=False)
def test_a_week_that_somebody_else_has_just_planned_is_still_the_one_to_come() -> None:
    next_edition()
    assert coming_week(FRIDAY, Hours.of_today()) == MONDAY


@time_machine.travel(FRIDAY, tick=False)
def test_only_looking_plans_none() -> None:
    assert upcoming().week_start == MONDAY
    assert not Edition.objects.exists()


@time_machine.travel(FRIDAY, tick=False)
def test_its_cutoff_follows_the_schedule() -> None:
    next_edition()
    Company.objects.update(digest_weekday=2, digest_hour=15)
    assert next_edition().cutoff_at == datetime(2026, 11, 25, 15, tzinfo=UTC)


@time_machine.travel(FRIDAY, tick=False)
def test_its_cutoff_is_the_first_readers_hour(stranger: User) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="Asia/Tokyo")
    assert upcoming().cutoff_at == datetime(2026, 11, 23, 0, tzinfo=UTC)


@time_machine.travel(FRIDAY, tick=False)
def test_one_that_is_on_its_way_comes_first() -> None:
    next_edition()
    sending = Edition.objects.create(
        week_start=MONDAY - timedelta(weeks=1), cutoff_at=FRIDAY, state=EditionState.SENDING
    )
    assert next_edition() == sending


@time_machine.travel(FRIDAY, tick=False)
@pytest.mark.parametrize("state", [EditionState.SENT, EditionState.ABORTED])
def test_a_week_that_is_over_already_is_passed_over(state: EditionState) -> None:
    Edition.objects.create(week_start=MONDAY, cutoff_at=FRIDAY, state=state)
    assert next_edition().week_start == MONDAY + timedelta(weeks=1)


def test_in_the_minute_before_the_tick_it_is_the_one_that_is_due() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC), tick=False):
        assert upcoming().week_start == MONDAY


@time_machine.travel(FRIDAY, tick=False)
@pytest.mark.parametrize("weekday", [5, 6, 0, 1, 2])
def test_whatever_the_day_the_coming_one_is_less_than_a_week_away(weekday: int) -> None:
    Company.objects.update(digest_weekday=weekday)
    cutoff_at = upcoming().cutoff_at
    assert cutoff_at.weekday() == weekday
    assert FRIDAY < cutoff_at <= FRIDAY + timedelta(weeks=1)


def test_what_the_desk_planned_is_what_the_tick_sends(
    teller: User, nominee: User, culture_lead: User, customers: CustomerGroup
) -> None:
    publish(teller, nominee, "One")
    two = publish(teller, nominee, "Two")
    edition = next_edition()
    move(edition, two, 1, by=culture_lead)
    shown = headlines(edition)
    # A copy that is late by the clock of the database, which nobody sets, is let go.
    with time_machine.travel(edition.cutoff_at + timedelta(seconds=30), tick=False):
        tick()
    edition.refresh_from_db()
    assert edition.state == EditionState.SENDING
    assert [story.headline for story in edition.picked()] == shown


@time_machine.travel(FRIDAY, tick=False)
def test_a_planned_edition_shows_what_would_be_picked_now(teller: User, nominee: User) -> None:
    publish(teller, nominee, "One")
    [placed] = lineup(next_edition())
    assert (placed.story.headline, placed.position, placed.chosen_by) == ("One", 0, None)
    assert placed.reason


@time_machine.travel(FRIDAY, tick=False)
def test_an_edition_that_is_only_looked_at_has_a_lineup_too(teller: User, nominee: User) -> None:
    publish(teller, nominee, "One")
    assert headlines(upcoming()) == ["One"]


@time_machine.travel(FRIDAY, tick=False)
def test_private_and_hidden_stories_are_neither_shown_nor_spare(
    teller: User, nominee: User, culture_lead: User
) -> None:
    publish(teller, nominee, "Private", visibility=Visibility.PRIVATE)
    publish(teller, nominee, "Hidden").hide(by=culture_lead, note="A name")
    edition = next_edition()
    assert lineup(edition) == []
    assert spare(edition, []) == []


@time_machine.travel(FRIDAY, tick=False)
def test_an_added_story_says_who_chose_it(teller: User, nominee: User, culture_lead: User) -> None:
    edition = next_edition()
    for number in range(7):
        publish(teller, nominee, f"Story {number}")
    [left] = spare(edition, refs_of(lineup(edition)))
    add(edition, left, by=culture_lead)
    last = lineup(edition)[-1]
    assert (last.story, last.chosen_by) == (left, culture_lead)
    assert last.reason == "Chosen by Cora Lindqvist"


@time_machine.travel(FRIDAY, tick=False)
def test_after_the_freeze_only_what_everybody_may_read_is_shown(
    edition: Edition, story: Story, culture_lead: User
) -> None:
    story.hide(by=culture_lead, note="A name")
    assert lineup(edition) == []


@time_machine.travel(FRIDAY, tick=False)
def test_spare_are_the_stories_of_its_weeks_that_are_not_shown_newest_first(
    teller: User, nominee: User
) -> None:
    edition = next_edition()
    old = publish(teller, nominee, "Long ago")
    Story.objects.filter(pk=old.pk).update(published_at=FRIDAY - timedelta(weeks=6))
    for number in range(9):
        with time_machine.travel(FRIDAY - timedelta(hours=9 - number), tick=False):
            publish(teller, nominee, f"Story {number}")
    shown = lineup(edition)
    left = [story.headline for story in spare(edition, refs_of(shown))]
    taken = {placed.story.headline for placed in shown}
    assert left == [f"Story {n}" for n in range(8, -1, -1) if f"Story {n}" not in taken]


@time_machine.travel(FRIDAY, tick=False)
def test_spare_stories_are_found_by_their_words(teller: User, nominee: User) -> None:
    edition = next_edition()
    publish(teller, nominee, "A kayak school kept its season")
    publish(teller, nominee, "A baker got her oven back")
    assert [story.headline for story in spare(edition, [], "oven")] == ["A baker got her oven back"]


@time_machine.travel(FRIDAY, tick=False)
def test_no_more_than_a_page_of_spare_stories_is_read(teller: User, nominee: User) -> None:
    for number in range(SPARE_MOST + 3):
        publish(teller, nominee, f"Story {number}")
    assert len(spare(next_edition(), [])) == SPARE_MOST


@time_machine.travel(FRIDAY, tick=False)
def test_what_another_edition_tells_is_not_spare(edition: Edition) -> None:
    Edition.objects.update(state=EditionState.SENT)
    assert spare(next_edition(), []) == []


@time_machine.travel(FRIDAY, tick=False)
def test_what_was_taken_out_can_be_added_again(
    teller: User, nominee: User, culture_lead: User
) -> None:
    edition, story = next_edition(), publish(teller, nominee, "One")
    take_out(edition, story, by=culture_lead)
    assert spare(edition, refs_of(lineup(edition))) == [story]


@time_machine.travel(FRIDAY, tick=False)
def test_more_stories_cost_no_more_queries(teller: User, nominee: User) -> None:
    edition = next_edition()
    for number in range(8):
        publish(teller, nominee, f"One more {number}")
    few = queries_of(edition)
    for number in range(12):
        publish(teller, nominee, f"Story {number}")
    assert queries_of(edition) == few


def queries_of(edition: Edition) -> int:
    with CaptureQueriesContext(connection) as queries:
        spare(edition, refs_of(lineup(edition)))
    return len(queries)
