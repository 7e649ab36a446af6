"""A form that is behind: somebody else changed the story since it was opened."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, History, User
from stories.models import CustomerGroup, Story
from tests.factories import UserFactory
from tests.stories.composing import photo_file
from tests.stories.editing import change, headline, seen_by

pytestmark = pytest.mark.django_db

TEXTS = {
    "what_they_did": "Rang the school at seven and moved forty-one bookings.",
    "difference": "Nobody lost a trip, and the owner could tie down her boats.",
    "moment": "customer_love",
}


@pytest.fixture(autouse=True)
def there_is_a_company(company: Company) -> None:
    """The form asks it for its moments."""


def save(client: Client, story: Story, seen: str, **said: Any) -> Any:
    """The form sent as it was opened, but for what is said here."""
    return change(client, story, **({"headline": story.headline, "seen": seen} | TEXTS | said))


def edits(story: Story) -> int:
    return History.objects.about(story).filter(verb="edit").count()


def field(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*?(?:value="([^"]*)"|>\s*([^<]*))', page)[0]  # type: ignore[index]


def test_the_second_of_two_is_told_and_keeps_what_they_wrote(
    story: Story, as_teller: Client, as_culture_lead: Client
) -> None:
    seen = seen_by(as_culture_lead, story)
    save(as_teller, story, seen_by(as_teller, story), headline="The teller’s line")
    response = save(as_culture_lead, story, seen, headline="The reviewer’s line")
    page = response.content.decode()
    assert (response.status_code, headline(story)) == (409, "The teller’s line")
    assert "Ana Lima</bdi></a> changed this story while you were writing." in page
    assert "The reviewer’s line" in field(page, "headline")
    assert "The teller’s line" in re.sub(r"<[^>]+>|\[\w+ ?\w*: |\]", "", page)
    assert "You changed this too" in page
    assert edits(story) == 1


def test_saving_once_more_puts_theirs_in_its_place_and_history_keeps_both(
    story: Story, as_teller: Client, as_culture_lead: Client
) -> None:
    seen = seen_by(as_culture_lead, story)
    save(as_teller, story, seen_by(as_teller, story), headline="The teller’s line")
    page = save(as_culture_lead, story, seen, headline="The reviewer’s line").content.decode()
    again = re.search(r'name="seen" value="(\w+)"', page)
    assert again
    save(as_culture_lead, story, again[1], headline="The reviewer’s line")
    assert headline(story) == "The reviewer’s line"
    assert edits(story) == 2


def test_where_the_second_changed_nothing_the_form_has_the_new_text(
    story: Story,
    as_teller: Client,
    as_culture_lead: Client,
    suppliers: CustomerGroup,
    customers: CustomerGroup,
) -> None:
    seen, opened = seen_by(as_culture_lead, story), story.nominees
    helper = UserFactory(name="Li")
    save(
        as_teller,
        story,
        seen,
        what_they_did="Rang them\r\nat six.",
        customer_group=customers.pk,
        helping_hands=[helper.ref],
        customer_name="Grace",
        customer_agreed="on",
        customer_words="Thank you.",
    )
    sent = {"headline": "Mine alone", "customer_group": suppliers.pk}
    page = change(as_culture_lead, story, *opened, **(TEXTS | sent), seen=seen).content.decode()
    assert "Rang them\nat six." in page
    assert f'name="helping_hands" value="{helper.ref}"' in page
    assert re.search(rf'name="customer_group" value="{customers.pk}" checked', page)
    assert 'value="Mine alone"' in page
    assert 'value="Grace"' in page
    assert "Thank you." in page
    assert "You changed this too" not in page


def test_a_name_taken_out_meanwhile_does_not_come_back(
    story: Story, as_teller: Client, as_culture_lead: Client
) -> None:
    agreed = {"customer_name": "Grace Okafor", "customer_agreed": "on"}
    save(as_teller, story, seen_by(as_teller, story), **agreed)
    seen = seen_by(as_culture_lead, story)
    save(as_teller, story, seen)
    page = save(as_culture_lead, story, seen, headline="Mended", **agreed).content.decode()
    assert "Okafor" not in page


def test_one_who_is_behind_only_themselves_is_told_without_a_name(
    story: Story, as_teller: Client
) -> None:
    seen = seen_by(as_teller, story)
    save(as_teller, story, seen, headline="In one window")
    page = save(as_teller, story, seen, headline="In another").content.decode()
    assert "This story was changed while you were writing." in page
    assert headline(story) == "In one window"


def test_a_form_of_an_unknown_past_is_told_too(story: Story, as_teller: Client) -> None:
    response = save(as_teller, story, "0123456789abcdef", headline="From long ago")
    assert (response.status_code, headline(story)) == (409, "A kayak school kept its season")
    assert "Read the story in a new window" in response.content.decode()
    assert 'value="From long ago"' in response.content.decode()


def test_a_double_click_saves_once(story: Story, as_teller: Client) -> None:
    seen = seen_by(as_teller, story)
    answers = [save(as_teller, story, seen, headline="Once") for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert edits(story) == 1


def test_a_double_click_with_a_photo_tells_nobody_off(story: Story, as_teller: Client) -> None:
    seen = seen_by(as_teller, story)
    clicks = [save(as_teller, story, seen, headline="Once", photo=photo_file()) for _ in range(2)]
    assert [answer.status_code for answer in clicks] == [302, 302]


def test_a_photo_sent_with_a_form_that_is_behind_is_asked_for_again(
    story: Story, as_teller: Client, as_culture_lead: Client
) -> None:
    seen = seen_by(as_culture_lead, story)
    save(as_teller, story, seen, headline="The teller’s line")
    response = save(as_culture_lead, story, seen, headline="Mine", photo=photo_file())
    assert response.status_code == 409
    assert "Choose the photo again" in response.content.decode()


def test_saving_without_a_change_is_no_edit(
    story: Story, as_teller: Client, as_stranger: Client
) -> None:
    save(as_teller, story, seen_by(as_teller, story))
    assert edits(story) == 0
    assert ">edited<" not in as_stranger.get(story.get_absolute_url()).content.decode()


def test_hiding_and_showing_again_makes_no_form_stale(
    story: Story, as_teller: Client, culture_lead: User
) -> None:
    seen = seen_by(as_teller, story)
    story.hide(by=culture_lead, note="Wait.")
    story.unhide(by=culture_lead)
    assert save(as_teller, story, seen, headline="Mended").status_code == 302


def test_a_form_with_an_error_is_still_behind_once_it_is_mended(
    story: Story, as_teller: Client, as_culture_lead: Client
) -> None:
    seen = seen_by(as_culture_lead, story)
    save(as_teller, story, seen, headline="The teller’s line")
    page = save(as_culture_lead, story, seen, headline="").content.decode()
    assert f'name="seen" value="{seen}"' in page
