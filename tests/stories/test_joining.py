"""The composer asks whether a deed is told already, and leads to the story that tells it."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import CustomerGroup, State, Story
from tests.factories import tell_story
from tests.stories.composing import autosave, fields, join, publish
from tests.stories.told_twice import FERRY, KAYAK, REWORDED

pytestmark = pytest.mark.django_db

ASKED = "This reads much like yours."
BESIDE = "If it is the same deed, add your voice to the story."


@pytest.fixture
def told(teller: User, nominee: User, suppliers: CustomerGroup, company: Company) -> Story:
    return tell_story(teller, nominee, headline="After the flood", what_they_did=KAYAK)


def published_by(person: User) -> list[str]:
    return [story.what_they_did for story in Story.objects.told_by(person).published()]


def html(response: Any) -> str:
    return str(response.content.decode())


def test_the_same_deed_is_asked_about_before_it_is_published(
    told: Story, nominee: User, stranger: User, as_stranger: Client
) -> None:
    response = publish(as_stranger, nominee, headline="The jetty", what_they_did=REWORDED)
    assert response.status_code == 422
    assert ASKED in html(response)
    assert f'name="join" value="{told.ref}"' in html(response)
    assert REWORDED in html(response)
    assert published_by(stranger) == []
    assert Story.objects.told_by(stranger).get().what_they_did == REWORDED


def test_another_deed_is_told_all_the_same(
    told: Story, nominee: User, stranger: User, as_stranger: Client
) -> None:
    publish(as_stranger, nominee, what_they_did=REWORDED, publish="anyway")
    assert published_by(stranger) == [REWORDED]


def test_a_deed_that_reads_otherwise_is_not_asked_about(
    told: Story, nominee: User, stranger: User, as_stranger: Client
) -> None:
    publish(as_stranger, nominee, headline="The last ferry", what_they_did=FERRY, difference="")
    assert published_by(stranger) == [FERRY]


def test_what_is_private_gives_itself_away_to_nobody(
    told: Story, teller: User, nominee: User, stranger: User, as_stranger: Client
) -> None:
    told.keep_private(by=teller)
    assert told.ref not in html(autosave(as_stranger, nominee, what_they_did=KAYAK))
    publish(as_stranger, nominee, what_they_did=KAYAK)
    assert published_by(stranger) == [KAYAK]


def test_joining_brings_what_was_typed_along(
    told: Story, nominee: User, stranger: User, as_stranger: Client
) -> None:
    response = join(as_stranger, told, nominee, what_they_did=REWORDED, difference="All flew.")
    draft = Story.objects.told_by(stranger).get()
    assert response["Location"] == f"/stories/{told.ref}/voice/?draft={draft.ref}"
    form = as_stranger.get(response["Location"])
    assert form.context["form"]["text"].value() == f"{REWORDED}\n\nAll flew."
    sent = {"text": REWORDED, "key": form.context["key"]}
    as_stranger.post(f"/stories/{told.ref}/voice/", sent)
    assert [voice.text for voice in told.voices.all()] == [REWORDED]
    assert Story.objects.get(pk=draft.pk).state == State.WITHDRAWN


def test_joining_with_nothing_typed_opens_an_empty_form(told: Story, as_stranger: Client) -> None:
    nothing = dict.fromkeys(("headline", "what_they_did", "difference", "customer_group"), "")
    response = join(as_stranger, told, moment="customer_love", **nothing)
    assert response["Location"] == f"/stories/{told.ref}/voice/"


@pytest.mark.parametrize("gone", ["hidden", "forged"])
def test_a_story_that_cannot_be_joined_leaves_what_was_typed(
    gone: str, told: Story, nominee: User, culture_lead: User, as_stranger: Client
) -> None:
    if gone == "hidden":
        told.hide(by=culture_lead, note="Names a customer")
    else:
        told.ref = "../../etc"
    response = join(as_stranger, told, nominee, what_they_did=REWORDED)
    assert response.status_code == 422
    assert "takes no voice any more" in html(response)
    assert REWORDED in html(response)


def test_the_teller_does_not_join_their_own_story(
    told: Story, nominee: User, as_teller: Client
) -> None:
    assert join(as_teller, told, nominee).status_code == 422


def test_similar_stories_show_up_while_typing(
    told: Story, nominee: User, as_stranger: Client
) -> None:
    page = html(autosave(as_stranger, nominee, what_they_did=REWORDED, similar_shown=""))
    assert BESIDE in page
    assert '<p id="similar-said" hx-swap-oob="innerHTML">A colleague told a story like this' in page


def test_what_is_shown_already_is_not_sent_again(
    told: Story, nominee: User, as_stranger: Client
) -> None:
    page = html(autosave(as_stranger, nominee, what_they_did=REWORDED, similar_shown=told.ref))
    assert "similar-said" not in page
    assert BESIDE not in page


def test_what_is_similar_no_longer_goes(told: Story, nominee: User, as_stranger: Client) -> None:
    page = html(autosave(as_stranger, nominee, what_they_did=FERRY, similar_shown=told.ref))
    assert 'name="similar_shown" value=""' in page
    assert BESIDE not in page


def test_before_a_nominee_is_picked_nothing_shows(told: Story, as_stranger: Client) -> None:
    assert BESIDE not in html(autosave(as_stranger, what_they_did=REWORDED))


def test_a_draft_opens_with_what_is_similar(
    told: Story, nominee: User, stranger: User, as_stranger: Client
) -> None:
    as_stranger.post("/stories/new/", fields(nominee, what_they_did=REWORDED, save="yes"))
    draft = Story.objects.told_by(stranger).get()
    assert BESIDE in html(as_stranger.get("/stories/new/", {"draft": draft.ref}))
