"""Voices that are hidden: by somebody named, or by a reviewer with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import History, Publicity, User
from stories.models import Story, Voice
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, telling, wants
from tests.stories.hiding import is_heard, post
from tests.stories.reading import page
from tests.stories.reviewed import REVIEWERS
from tests.stories.voiced import WORDS

pytestmark = pytest.mark.django_db

NOTE = "It names the customer."


@pytest.fixture
def helper(db: None) -> User:
    return UserFactory(name="Hana Ito")


@pytest.fixture
def story(teller: User, nominee: User, helper: User) -> Story:
    return tell_story(teller, nominee, helping_hands=[helper])


def last(story: Story) -> History:
    row = History.objects.about(story).last()
    assert row is not None
    return row


# --- Who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("publicity", Publicity.values)
@pytest.mark.parametrize("who", ["nominee", "helper"])
def test_whoever_is_named_hides_a_voice_whatever_they_wish_for_stories(
    who: str, publicity: str, voice: Voice, story: Story, request: pytest.FixtureRequest
) -> None:
    person = wants(request.getfixturevalue(who), Publicity(publicity))
    voice.hide(by=person)
    assert not is_heard(story)
    row = last(story)
    assert (row.verb, row.actor, row.before) == ("hide voice", person, {"voice": WORDS})
    voice.unhide(by=person)
    assert is_heard(story)
    assert last(story).verb == "unhide voice"


@pytest.mark.parametrize("who", REVIEWERS)
def test_reviewers_hide_a_voice_with_a_reason(
    who: str, voice: Voice, story: Story, request: pytest.FixtureRequest, culture_lead: User
) -> None:
    voice.hide(by=request.getfixturevalue(who), note=NOTE)
    assert not is_heard(story)
    assert last(story).note == NOTE
    voice.unhide(by=culture_lead)
    assert is_heard(story)


@pytest.mark.parametrize("who", ["teller", "stranger", "other_manager", "leaver"])
def test_nobody_else_hides_a_voice(
    who: str, voice: Voice, story: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        voice.hide(by=request.getfixturevalue(who))
    assert is_heard(story)
    assert last(story).verb == "add voice"


@pytest.mark.parametrize("who", ["teller", "stranger", "other_manager", "helper", *REVIEWERS])
def test_nobody_shows_what_somebody_named_does_not_want(
    who: str, voice: Voice, story: Story, nominee: User, request: pytest.FixtureRequest
) -> None:
    voice.hide(by=nominee)
    with pytest.raises(PermissionDenied):
        voice.unhide(by=request.getfixturevalue(who))
    assert not is_heard(story)


@pytest.mark.parametrize("who", ["teller", "stranger", "other_manager", "nominee", "helper"])
def test_what_a_reviewer_hid_a_reviewer_shows(
    who: str, voice: Voice, story: Story, manager: User, request: pytest.FixtureRequest
) -> None:
    voice.hide(by=manager, note=NOTE)
    with pytest.raises(PermissionDenied):
        voice.unhide(by=request.getfixturevalue(who))
    assert not is_heard(story)


def test_a_helping_hand_decides_nothing_about_a_private_story(
    teller: User, nominee: User, helper: User, manager: User, culture_lead: User
) -> None:
    story = tell_story(teller, nominee, helping_hands=[helper], visibility="private")
    voice = story.add_voice(WORDS, by=manager)
    for person in (helper, culture_lead):
        with pytest.raises(PermissionDenied):
            voice.hide(by=person)
    voice.hide(by=nominee)
    assert not is_heard(story)


def test_somebody_not_named_any_more_leaves_it_to_reviewers(
    voice: Voice, story: Story, teller: User, nominee: User, helper: User, manager: User
) -> None:
    voice.hide(by=helper)
    story.edit(telling(nominees=[nominee]), by=teller)
    with pytest.raises(PermissionDenied):
        voice.unhide(by=helper)
    voice.unhide(by=manager)
    assert is_heard(story)


# --- The pages ---------------------------------------------------------------------------------


def test_somebody_named_does_without_it_by_one_button(
    voice: Voice, story: Story, nominee: User
) -> None:
    assert "Not this one" in page(nominee, story)
    for _ in range(2):
        response = post(nominee, story, "hiding")
        assert response["Location"] == f"{story.get_absolute_url()}#voices"
    html = page(nominee, story)
    assert "1 hidden voice" in html
    for _ in range(2):
        assert post(nominee, story, "unhiding").status_code == 302
    assert is_heard(story)
    assert History.objects.about(story).filter(verb__endswith="hide voice").count() == 2


def test_a_reviewer_says_why(voice: Voice, story: Story, manager: User) -> None:
    assert f"/voices/{voice.teller.ref}/hiding/" in page(manager, story)
    assert post(manager, story, "hiding").status_code == 422
    assert is_heard(story)
    assert post(manager, story, "hiding", note=NOTE).status_code == 302
    assert NOTE in page(manager, story)
    assert post(manager, story, "unhiding").status_code == 302
    assert is_heard(story)


@pytest.mark.parametrize("who", ["teller", "stranger", "other_manager"])
def test_nobody_else_is_offered_it(
    who: str, voice: Voice, story: Story, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    html = page(person, story)
    assert "Not this one" not in html
    assert "/hiding/" not in html
    for action in ("hiding", "unhiding"):
        response = post(person, story, action, note=NOTE)
        assert response.status_code == 403
        assert b"Voices are" in response.content or b"A voice is shown" in response.content
    assert is_heard(story)


@pytest.mark.parametrize("who", ["nominee", "manager", "stranger", "teller"])
def test_hidden_voices_cost_the_same_however_many(
    who: str, story: Story, nominee: User, manager: User, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    client = signed_in(person)

    def queries(count: int) -> int:
        for _ in range(count):
            story.add_voice(WORDS, by=UserFactory()).hide(by=nominee)
            story.add_voice(WORDS, by=UserFactory()).hide(by=manager, note=NOTE)
            story.add_voice(WORDS, by=UserFactory())
        client.get(story.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(story.get_absolute_url()).status_code == 200
        return len(captured)

    assert queries(1) == queries(4)
