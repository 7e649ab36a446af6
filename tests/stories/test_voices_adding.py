"""Adding a voice: by the form, by a second click, from a draft."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from stories.models import State, Story, Voice
from stories.models.limits import VOICE_MAX
from tests.conftest import signed_in
from tests.factories import draft_story, tell_story
from tests.stories.voiced import WORDS, post, words

pytestmark = pytest.mark.django_db

ACTIONS = ["voice", "voice/editing", "voice/withdrawal"]


# --- Adding ------------------------------------------------------------------------------------


def test_a_voice_is_added(story: Story, as_stranger: Client) -> None:
    response = post(as_stranger, story)
    assert response["Location"] == f"{story.get_absolute_url()}#voices"
    assert words(story) == [WORDS]


def test_the_form_shows_the_story(story: Story, as_stranger: Client) -> None:
    response = as_stranger.get(f"/stories/{story.ref}/voice/")
    assert response.status_code == 200
    assert story.headline in response.content.decode()


def test_a_second_click_adds_nothing(story: Story, as_stranger: Client) -> None:
    key = str(uuid4())
    first, second = (post(as_stranger, story, key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert words(story) == [WORDS]


def test_a_second_voice_is_refused_and_given_back(
    voice: Voice, story: Story, as_stranger: Client
) -> None:
    response = post(as_stranger, story, text="And she wrote to every guest.")
    assert response.status_code == 403
    assert "You have added your voice to this story already." in response.content.decode()
    assert "And she wrote to every guest." in response.content.decode()
    assert words(story) == [WORDS]


@pytest.mark.parametrize("key", ["", "no key"])
def test_a_forged_key_does_no_harm(key: str, story: Story, as_stranger: Client) -> None:
    post(as_stranger, story, key=key)
    assert words(story) == [WORDS]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Say what you saw."),
        (" \n ", "Say what you saw."),
        ("a" * (VOICE_MAX + 1), "Keep this to 2000 letters; it has 2001."),
        ("stop\x07", "invisible control characters"),
    ],
)
def test_bad_input_is_kept_and_explained(
    text: str, sentence: str, story: Story, as_stranger: Client
) -> None:
    key = str(uuid4())
    response = post(as_stranger, story, text=text, key=key)
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert text in html
    assert key in html
    assert words(story) == []


@pytest.mark.parametrize(("who", "why"), [("teller", "You told"), ("nominee", "is about you")])
def test_who_may_not_is_told_why(
    who: str, why: str, story: Story, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(f"as_{who}")
    for response in (client.get(f"/stories/{story.ref}/voice/"), post(client, story)):
        assert response.status_code == 403
        assert why in response.content.decode()
    assert words(story) == []


def test_a_hidden_story_takes_no_voice(
    story: Story, culture_lead: User, as_culture_lead: Client
) -> None:
    story.hide(by=culture_lead, note="Names a customer")
    response = post(as_culture_lead, story)
    assert response.status_code == 403
    assert "Voices are for published stories." in response.content.decode()


def test_a_leaver_adds_nothing(leaver: User, story: Story) -> None:
    post(signed_in(leaver), story)
    assert words(story) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_invisible_has_no_voices(
    action: str, teller: User, nominee: User, as_stranger: Client
) -> None:
    story = tell_story(teller, nominee, visibility="private")
    assert post(as_stranger, story, action).status_code == 404
    assert as_stranger.get(f"/stories/{story.ref}/{action}/").status_code in {404, 405}
    assert words(story) == []


def test_reading_takes_nothing_back(voice: Voice, story: Story, as_stranger: Client) -> None:
    assert as_stranger.get(f"/stories/{story.ref}/voice/withdrawal/").status_code == 405


# --- From a draft ------------------------------------------------------------------------------


def test_the_form_opens_with_what_a_draft_says(
    story: Story, stranger: User, nominee: User, as_stranger: Client
) -> None:
    draft = draft_story(stranger, nominee, what_they_did="I saw it.", difference="All flew.")
    response = as_stranger.get(f"/stories/{story.ref}/voice/", {"draft": draft.ref})
    assert response.context["form"]["text"].value() == "I saw it.\n\nAll flew."
    post(as_stranger, story, key=response.context["key"])
    assert Story.objects.get(pk=draft.pk).state == State.WITHDRAWN


def test_the_draft_of_somebody_else_stays_theirs(
    story: Story, manager: User, nominee: User, as_stranger: Client
) -> None:
    draft = draft_story(manager, nominee, what_they_did="A secret")
    response = as_stranger.get(f"/stories/{story.ref}/voice/", {"draft": draft.ref})
    assert "A secret" not in response.content.decode()
    assert response.context["key"] != draft.key
