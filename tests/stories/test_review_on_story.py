"""Deciding where a reviewer reads the story: on its own page."""

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import Story
from tests.conftest import signed_in
from tests.factories import UserFactory
from tests.stories.reviewed import decide, waiting_story


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


@pytest.fixture
def leads(company: Company) -> list[User]:
    """More than are shown at once."""
    return [UserFactory(name=f"Lead {number}", is_culture_lead=True) for number in range(25)]


def test_it_is_handed_over_there(waiting: Story, as_manager: Client, culture_lead: User) -> None:
    page = as_manager.get(waiting.get_absolute_url()).text
    assert "Who should decide?" in page
    assert f'value="{culture_lead.ref}"' in page
    response = decide(
        as_manager, waiting, "handing-over", tab="", to=culture_lead.ref, note="You know them."
    )
    assert response.url == waiting.get_absolute_url()
    waiting.refresh_from_db()
    assert waiting.handed_to == culture_lead


def test_a_form_without_a_reviewer_comes_back_with_its_note(
    waiting: Story, as_manager: Client
) -> None:
    response = decide(as_manager, waiting, "handing-over", tab="", note="You know them.")
    assert response.status_code == 422
    assert "Choose who should decide." in response.text
    assert "You know them." in response.text


def test_a_reviewer_is_looked_for_there(
    waiting: Story, as_manager: Client, leads: list[User]
) -> None:
    url = waiting.get_absolute_url()
    assert "Look for a reviewer" in as_manager.get(url).text
    page = as_manager.get(url, {"find": "Lead 24"}).text
    assert f'value="{leads[24].ref}"' in page
    assert f'value="{leads[3].ref}"' not in page


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger"])
def test_nobody_else_is_asked_whom(
    who: str, waiting: Story, culture_lead: User, request: pytest.FixtureRequest
) -> None:
    waiting.publish(by=culture_lead)
    client = signed_in(request.getfixturevalue(who))
    assert "Who should decide?" not in client.get(waiting.get_absolute_url()).text


def test_the_keys_of_that_page_are_told_there(waiting: Story, as_manager: Client) -> None:
    page = as_manager.get(waiting.get_absolute_url()).text
    assert "Hand over: another reviewer decides" in page
    assert "Hide, with a note" not in page
    assert "Hand over: another reviewer decides" not in as_manager.get("/").text
