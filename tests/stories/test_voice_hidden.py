"""What the teller of a hidden voice sees of it, and may still do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from stories.models import Story, Voice
from stories.notices.models import Kind, Notice
from stories.notices.sending import send_due
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story
from tests.stories.hiding import is_heard
from tests.stories.reading import page
from tests.stories.voiced import WORDS

pytestmark = pytest.mark.django_db

NOTE = "It names the customer."


@pytest.fixture
def helper(db: None) -> User:
    return UserFactory(name="Hana Ito")


@pytest.fixture
def story(teller: User, nominee: User, helper: User) -> Story:
    return tell_story(teller, nominee, helping_hands=[helper])


def test_its_teller_sees_that_it_is_hidden_and_why(
    voice: Voice, story: Story, stranger: User, nominee: User, manager: User
) -> None:
    voice.hide(by=nominee)
    assert "Somebody whom the story names would rather do without your voice." in page(
        stranger, story
    )
    voice.unhide(by=nominee)
    voice.hide(by=manager, note=NOTE)
    html = page(stranger, story)
    assert "A reviewer hid your voice from readers:" in html
    assert NOTE in html
    assert WORDS in html


@pytest.mark.parametrize("who", ["teller", "other_manager", "helper"])
def test_nobody_else_meets_a_hidden_voice(
    who: str, voice: Voice, story: Story, nominee: User, request: pytest.FixtureRequest
) -> None:
    voice.hide(by=nominee)
    html = page(request.getfixturevalue(who), story)
    assert WORDS not in html
    assert "more voice" not in html


def test_a_hidden_voice_does_not_come_back_as_a_new_one(
    voice: Voice, story: Story, stranger: User, nominee: User
) -> None:
    voice.hide(by=nominee)
    voice.take_back(by=stranger)
    assert story.voices.get().text == ""
    with pytest.raises(PermissionDenied):
        story.add_voice(WORDS, by=stranger)
    for person in (stranger, nominee):
        assert WORDS not in page(person, story)
    response = signed_in(stranger).get(f"/stories/{story.ref}/voice/")
    assert response.status_code == 403
    assert "Your voice here is hidden from readers" in response.content.decode()
    with pytest.raises(PermissionDenied):
        voice.unhide(by=nominee)


def test_a_hidden_voice_is_not_told_of(voice: Voice, story: Story, nominee: User) -> None:
    voice.hide(by=nominee)
    Notice.objects.filter(kind=Kind.VOICED).update(next_attempt_at=story.created_at)
    send_due()
    assert Notice.objects.get(kind=Kind.VOICED).state == "lapsed"


def test_a_voice_under_a_story_out_of_reach_is_taken_back_from_ones_own_page(
    voice: Voice, story: Story, stranger: User, teller: User, as_stranger: Client
) -> None:
    address = f"/stories/{story.ref}/voice/withdrawal/"
    assert address not in as_stranger.get("/stories/mine/").content.decode()
    story.keep_private(by=teller)
    assert as_stranger.get(story.get_absolute_url()).status_code == 404
    html = as_stranger.get("/stories/mine/").content.decode()
    assert address in html
    assert WORDS in html
    assert story.headline not in html
    for _ in range(2):
        assert as_stranger.post(address)["Location"] == "/stories/mine/"
    assert not Voice.objects.exists()
    assert WORDS not in as_stranger.get("/stories/mine/").content.decode()


def test_nobody_takes_back_the_voice_of_another(
    voice: Voice, story: Story, as_manager: Client, as_teller: Client
) -> None:
    for client in (as_manager, as_teller):
        client.post(f"/stories/{story.ref}/voice/withdrawal/")
    assert is_heard(story)


def test_ones_own_page_costs_the_same_however_many_are_out_of_reach(
    teller: User, nominee: User, stranger: User, as_stranger: Client
) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            story = tell_story(teller, nominee)
            story.add_voice(WORDS, by=stranger)
            story.withdraw(by=teller)
        as_stranger.get("/stories/mine/")
        with CaptureQueriesContext(connection) as captured:
            assert as_stranger.get("/stories/mine/").status_code == 200
        return len(captured)

    assert queries(1) == queries(5)
