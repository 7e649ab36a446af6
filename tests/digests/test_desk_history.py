"""Which story a row of the desk's history is about, as its reader may see it today."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.digests.desk.arranging import arrange, move, take_out
from stories.digests.desk.history import Deed
from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition
from stories.models import Story
from tests.digests.desk_pages import of, queries, told, url
from tests.factories import tell_story

pytestmark = pytest.mark.django_db
HISTORY = "/digest/desk/history/"


def newest(client: Client) -> Deed:
    deed: Deed = client.get(HISTORY).context["deeds"][0]
    return deed


@pytest.mark.parametrize("verb", ["take_out", "add"])
def test_it_names_the_story_that_was_taken_out_or_added(
    as_culture_lead: Client, three: list[Story], verb: str
) -> None:
    story = of(told()[0])
    as_culture_lead.post(url("take_out", story.ref))
    as_culture_lead.post(url(verb, story.ref))
    assert newest(as_culture_lead).story == story
    assertContains(as_culture_lead.get(HISTORY), story.headline)
    assertContains(as_culture_lead.get(HISTORY), story.get_absolute_url())


def test_it_names_the_story_that_was_moved_and_its_places(
    as_culture_lead: Client, three: list[Story]
) -> None:
    story = of(told()[2])
    as_culture_lead.post(url("place", story.ref), {"up": "2"})
    assert newest(as_culture_lead).story == story
    assertContains(as_culture_lead.get(HISTORY), "from place 3 to place 2")


def test_it_names_the_story_that_was_dragged(as_culture_lead: Client, three: list[Story]) -> None:
    first, second, third = (of(headline) for headline in told())
    order = [third.ref, first.ref, second.ref]
    as_culture_lead.post(url("order"), {"story": order})
    deed = newest(as_culture_lead)
    assert (deed.story, deed.was, deed.became) == (third, 3, 1)


def test_where_all_were_put_elsewhere_it_names_none(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    edition = next_edition()
    backwards = [placed.story.ref for placed in lineup(edition)][::-1]
    arrange(edition, backwards, by=culture_lead)
    deed = newest(as_culture_lead)
    assert (deed.what, deed.story, deed.was) == ("Arranged the stories", None, None)


def withdraw(story: Story, lead: User) -> None:
    story.withdraw(by=story.teller)


def keep_private(story: Story, lead: User) -> None:
    story.keep_private(by=story.teller)


@pytest.mark.parametrize("change", [withdraw, keep_private])
def test_a_story_that_its_reader_may_not_see_is_not_named(
    as_culture_lead: Client,
    three: list[Story],
    culture_lead: User,
    change: Callable[[Story, User], None],
) -> None:
    edition, story = next_edition(), of(told()[0])
    move(edition, story, 1, by=culture_lead)
    take_out(edition, story, by=culture_lead)
    change(story, culture_lead)
    page = as_culture_lead.get(HISTORY)
    assertContains(page, "Took a story out")
    for hidden in (story.headline, story.ref, "from place"):
        assertNotContains(page, hidden)


def test_history_never_tells_a_story_that_is_private_by_now(
    as_culture_lead: Client, company: Company, story: Story, teller: User
) -> None:
    week = next_edition().week_start
    as_culture_lead.post(f"/digest/desk/{week}/stories/{story.ref}/removal/", follow=True)
    story.keep_private(by=teller)
    page = as_culture_lead.get(HISTORY)
    assertContains(page, "Took a story out")
    assertNotContains(page, story.headline)
    assertNotContains(page, story.ref)


def test_it_asks_as_often_for_many_stories_as_for_one(
    as_culture_lead: Client, three: list[Story], teller: User, nominee: User, culture_lead: User
) -> None:
    edition = next_edition()
    move(edition, of(told()[0]), 1, by=culture_lead)
    queries(as_culture_lead, HISTORY)
    few = queries(as_culture_lead, HISTORY)
    for number in range(4):
        tell_story(teller, nominee, headline=f"Story {number}")
    for placed in lineup(edition):
        take_out(edition, placed.story, by=culture_lead)
    assert queries(as_culture_lead, HISTORY) == few
