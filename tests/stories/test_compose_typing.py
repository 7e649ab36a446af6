"""A story is saved while it is typed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from stories.models.choices import State
from tests.stories.composing import HTMX, KEY, autosave, fields, photo_file, publish, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def test_typing_saves_a_draft(as_teller: Client) -> None:
    response = autosave(as_teller, headline="A kayak")
    assert "Saved a moment ago" in response.content.decode()
    assert Story.objects.get().headline == "A kayak"


def test_opening_the_page_saves_nothing(as_teller: Client) -> None:
    empty = {"key": KEY, "moment": "customer_love", "visibility": "company"}
    response = as_teller.post(reverse("compose_draft"), empty, headers=HTMX)
    assert (Story.objects.count(), "Saved" in response.content.decode()) == (0, False)


def test_typing_goes_on_in_the_same_draft(as_teller: Client, nominee: User) -> None:
    autosave(as_teller, headline="A kay")
    autosave(as_teller, nominee, headline="A kayak")
    assert (Story.objects.get().headline, Story.objects.get().nominees) == ("A kayak", [nominee])


def test_what_is_not_right_yet_is_named_and_the_rest_is_saved(as_teller: Client) -> None:
    page = autosave(
        as_teller, headline="a" * 201, photo_alt="\x07", difference="Nobody lost a trip"
    ).content.decode()
    assert "Saved, but for: In one line, what happened?, What does the photo show?" in page
    assert (Story.objects.get().headline, Story.objects.get().difference) == (
        "",
        "Nobody lost a trip",
    )


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("headline", 200),
        ("customer_role", 200),
        ("what_they_did", 20_000),
        ("difference", 20_000),
        ("customer_words", 20_000),
    ],
)
@pytest.mark.parametrize("send", [autosave, save, publish])
def test_a_draft_keeps_what_is_too_long_to_publish(
    as_teller: Client, nominee: User, name: str, letters: int, send: Any
) -> None:
    send(as_teller, nominee, **{name: "a" * letters})
    assert getattr(Story.objects.get(state=State.DRAFT), name) == "a" * letters


def test_a_customers_name_waits_for_their_consent(as_teller: Client) -> None:
    page = autosave(as_teller, customer_name="Mara Quell").content.decode()
    assert "Saved a moment ago. We keep the name once you tick that they agreed." in page
    assert Story.objects.get().customer_name == ""


def test_the_coach_and_the_card_follow_what_is_typed(as_teller: Client, nominee: User) -> None:
    page = autosave(as_teller, nominee, customer_words="I was dreading the form").content.decode()
    assert 'id="coach"' in page
    assert "It has the customer&#x27;s words" in page
    assert f'id="story-{Story.objects.get().ref}"' in page


def test_a_photo_is_kept_as_soon_as_it_is_chosen(as_teller: Client) -> None:
    page = autosave(as_teller, photo=photo_file()).content.decode()
    assert Story.objects.get().photo_url in page
    assert 'id="photo" hx-swap-oob="true"' in page


def test_a_refused_photo_is_named_until_another_is_chosen(as_teller: Client) -> None:
    refused = autosave(as_teller, photo=SimpleUploadedFile("a.jpg", b"words")).content.decode()
    assert "Saved, but for: Photo" in refused
    assert 'name="photo_refused" value="yes"' in refused
    later = autosave(as_teller, photo_refused="yes").content.decode()
    assert "Saved, but for: Photo" in later
    mended = autosave(as_teller, photo_refused="yes", photo=photo_file()).content.decode()
    assert "Saved a moment ago" in mended
    assert "photo_refused" not in mended


def test_publishing_says_once_that_a_photo_was_refused(as_teller: Client, nominee: User) -> None:
    page = publish(as_teller, nominee, photo_refused="yes").content.decode()
    assert "The photo was not taken over. Choose another one, or go on without." in page
    assert 'name="photo_refused"' not in page
    assert Story.objects.get().state == State.DRAFT


def test_a_photo_can_be_taken_away(as_teller: Client) -> None:
    autosave(as_teller, photo=photo_file())
    autosave(as_teller, photo_off="on")
    assert Story.objects.get().photo.name == ""


def test_a_late_save_does_not_touch_a_published_story(as_teller: Client, nominee: User) -> None:
    publish(as_teller, nominee)
    page = autosave(as_teller, nominee, headline="Too late").content.decode()
    assert Story.objects.get().headline == "A kayak school kept its season"
    assert "What you change here is not kept." in page


def test_a_save_with_a_forged_key_makes_nothing(as_teller: Client) -> None:
    assert autosave(as_teller, key="forged").status_code == 200
    assert not Story.objects.exists()


def test_a_save_that_comes_back_after_sign_in_opens_the_composer(as_teller: Client) -> None:
    response = as_teller.post(reverse("compose_draft"), fields(headline="A kayak"))
    assert 'value="A kayak"' in response.content.decode()
    assert Story.objects.get().headline == "A kayak"


def test_a_draft_of_somebody_signed_out_is_refused_where_it_stands(client: Client) -> None:
    assert autosave(client, headline="A kayak").status_code == 401
    assert not Story.objects.exists()
