"""Past editions in the browser: what their reader may see today, nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from stories.digests.contents import Contents
from stories.digests.desk.arranging import take_out
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.lineup import lineup
from stories.digests.models import Edition, EditionState, Pick
from stories.models import Story
from tests.digests.desk import FRIDAY, in_state
from tests.factories import tell_story

ARCHIVE = reverse("digest:archive")
HEADLINE = "A kayak school kept its season"


@pytest.fixture
def past(edition: Edition) -> Edition:
    Edition.objects.update(state=EditionState.SENT)
    edition.refresh_from_db()
    return edition


def test_the_archive_lists_what_went_out(past: Edition, as_stranger: Client) -> None:
    response = as_stranger.get(ARCHIVE)
    assert HEADLINE in response.text
    assert past.get_absolute_url() in response.text


def test_an_edition_tells_its_stories(past: Edition, as_stranger: Client) -> None:
    response = as_stranger.get(past.get_absolute_url())
    assert response.status_code == 200
    assert HEADLINE in response.text


def test_an_edition_has_the_other_stories_of_its_days_too(
    past: Edition, teller: User, nominee: User, as_stranger: Client
) -> None:
    other = tell_story(teller, nominee, headline="Told, but not picked")
    Story.objects.filter(pk=other.pk).update(published_at=past.cutoff_at - timedelta(hours=1))
    assert "Told, but not picked" in as_stranger.get(past.get_absolute_url()).text


def test_more_of_them_stand_on_the_next_page(
    past: Edition, teller: User, nominee: User, as_stranger: Client
) -> None:
    for number in range(25):
        tell_story(teller, nominee, headline=f"Number {number:02}")
    Story.objects.filter(pick=None).update(published_at=past.cutoff_at - timedelta(hours=1))
    first = as_stranger.get(past.get_absolute_url())
    second = as_stranger.get(f"{past.get_absolute_url()}?after={first.context['next']}")
    numbers = {f"Number {number:02}" for number in range(25)}
    on_first = {number for number in numbers if number in first.text}
    on_second = {number for number in numbers if number in second.text}
    assert (len(on_first), on_first | on_second, on_first & on_second) == (20, numbers, set())
    assert HEADLINE not in second.text


def withdraw(story: Story, lead: User) -> None:
    story.withdraw(by=story.teller)


def hide(story: Story, lead: User) -> None:
    story.hide(by=lead, note="Names a customer.")


def keep_private(story: Story, lead: User) -> None:
    story.keep_private(by=story.teller)


@pytest.mark.parametrize("change", [withdraw, hide, keep_private])
@pytest.mark.parametrize("reader", ["as_stranger", "as_culture_lead", "as_teller", "as_manager"])
def test_a_story_taken_away_later_is_gone_from_the_archive(
    past: Edition,
    story: Story,
    culture_lead: User,
    change: Callable[[Story, User], None],
    reader: str,
    request: pytest.FixtureRequest,
) -> None:
    client: Client = request.getfixturevalue(reader)
    change(story, culture_lead)
    for url in (ARCHIVE, past.get_absolute_url()):
        response = client.get(url)
        assert response.status_code == 200
        assert HEADLINE not in response.text


def test_a_story_taken_out_on_the_way_is_no_part_of_it_any_more(
    edition: Edition, story: Story, culture_lead: User, as_stranger: Client
) -> None:
    take_out(edition, story, by=culture_lead)
    page = as_stranger.get(edition.get_absolute_url())
    assert list(page.context["picks"]) == []
    assert list(page.context["more"]) == []
    assert HEADLINE in as_stranger.get("/").text


def read_all(edition: Edition, client: Client) -> tuple[int, int]:
    """How many stories the mail promises, and how many its link shows."""
    page = client.get(edition.get_absolute_url())
    return (
        Contents(edition, edition.picked()).total,
        len(page.context["picks"]) + len(page.context["more"]),
    )


@pytest.mark.parametrize("is_sending", [False, True])
def test_the_mail_counts_what_its_link_shows(
    planned: Edition, culture_lead: User, as_stranger: Client, is_sending: bool
) -> None:
    """Of eight stories six are told; one is taken out before the copies leave, or on the way."""
    with time_machine.travel(FRIDAY, tick=False):
        first = lineup(planned)[0].story
        if not is_sending:
            take_out(planned, first, by=culture_lead)
        freeze_now(planned, by=culture_lead)
        in_state(planned, EditionState.SENDING)
        if is_sending:
            take_out(planned, first, by=culture_lead)
            planned.refresh_from_db()
        assert read_all(planned, as_stranger) == (7, 7)


def test_what_another_edition_tells_is_neither_counted_nor_shown(
    past: Edition, teller: User, nominee: User, as_stranger: Client
) -> None:
    """A story whose transaction ended just after this edition froze goes into the next."""
    late = tell_story(teller, nominee)
    Story.objects.filter(pk=late.pk).update(published_at=past.cutoff_at)
    following = Edition.objects.create(
        week_start=past.week_start + timedelta(weeks=1), cutoff_at=past.cutoff_at
    )
    Pick.objects.create(edition=following, story=late, position=0)
    assert read_all(past, as_stranger) == (1, 1)


def test_a_story_taken_out_on_the_way_gives_the_archive_no_headline(
    edition: Edition, story: Story, culture_lead: User, as_stranger: Client
) -> None:
    take_out(edition, story, by=culture_lead)
    [entry] = as_stranger.get(ARCHIVE).context["entries"]
    assert entry.headline == ""


@pytest.mark.parametrize("state", [EditionState.PLANNED, EditionState.FROZEN, EditionState.ABORTED])
def test_an_edition_that_did_not_go_out_is_not_there(
    past: Edition, as_stranger: Client, state: EditionState
) -> None:
    Edition.objects.update(state=state)
    assert past.get_absolute_url() not in as_stranger.get(ARCHIVE).text
    assert as_stranger.get(past.get_absolute_url()).status_code == 404


def test_the_archive_is_for_those_who_work_here(past: Edition, client: Client) -> None:
    for url in (ARCHIVE, past.get_absolute_url()):
        assert client.get(url).status_code == 302


def test_an_empty_archive_says_what_would_be_here(company: object, as_stranger: Client) -> None:
    assert "No edition yet" in as_stranger.get(ARCHIVE).text


@pytest.mark.parametrize("address", ["2026-13-45", "2026-11-17", "nonsense"])
def test_a_day_without_an_edition_is_not_found(
    past: Edition, as_stranger: Client, address: str
) -> None:
    assert as_stranger.get(f"/digest/{address}/").status_code == 404


def test_a_forged_cursor_is_not_found(past: Edition, as_stranger: Client) -> None:
    for url in (ARCHIVE, past.get_absolute_url()):
        assert as_stranger.get(f"{url}?after=nonsense").status_code == 404


def earlier_editions(count: int, teller: User, nominee: User) -> None:
    for weeks in range(1, count + 1):
        day = timezone.now() - timedelta(weeks=weeks)
        edition = Edition.objects.create(
            week_start=day.date() - timedelta(days=day.weekday()),
            cutoff_at=day,
            covers_from=day - timedelta(weeks=1),
            state=EditionState.SENT,
        )
        story = tell_story(teller, nominee, headline=f"From week {weeks}")
        Pick.objects.create(edition=edition, story=story, position=0)


def test_older_editions_stand_on_the_next_page(
    past: Edition, teller: User, nominee: User, as_stranger: Client
) -> None:
    earlier_editions(30, teller, nominee)
    first = as_stranger.get(ARCHIVE)
    second = as_stranger.get(f"{ARCHIVE}?after={first.context['next']}")
    assert len(first.context["entries"]) == 26
    assert len(second.context["entries"]) == 5


def test_the_archive_asks_as_much_for_many_editions_as_for_few(
    past: Edition, teller: User, nominee: User, as_stranger: Client, queries: Callable[[str], int]
) -> None:
    earlier_editions(3, teller, nominee)
    few = queries(ARCHIVE)
    Pick.objects.exclude(edition=past).delete()
    Edition.objects.exclude(pk=past.pk).delete()
    earlier_editions(25, teller, nominee)
    assert queries(ARCHIVE) == few


def test_an_edition_asks_as_much_for_many_stories_as_for_few(
    past: Edition, teller: User, nominee: User, queries: Callable[[str], int]
) -> None:
    def tell(count: int) -> None:
        for _story in range(count):
            tell_story(teller, nominee)
        Story.objects.filter(pick=None).update(published_at=past.cutoff_at - timedelta(hours=1))

    tell(3)
    few = queries(past.get_absolute_url())
    tell(30)
    assert queries(past.get_absolute_url()) == few


@pytest.fixture
def queries(as_stranger: Client) -> Callable[[str], int]:
    """How many queries an address costs somebody signed in."""

    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_stranger.get(url).status_code == 200
        return len(captured)

    return count
