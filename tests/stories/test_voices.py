"""The pages of voices: what a reader sees, and the addresses that change it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from stories.models import State, Story, Voice
from stories.models.limits import VOICE_MAX
from stories.voices import PAGE_SIZE
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story

pytestmark = pytest.mark.django_db

WORDS = "I heard her ring all forty-one of them."
ACTIONS = ["voice", "voice/editing", "voice/withdrawal"]


def post(client: Client, story: Story, action: str = "voice", **data: Any) -> Any:
    sent = {"text": WORDS, "key": str(uuid4())} | data
    return client.post(f"/stories/{story.ref}/{action}/", sent)


def page(client: Client, story: Story, **query: str) -> str:
    response = client.get(story.get_absolute_url(), query)
    assert response.status_code == 200
    return str(response.content.decode())


def words(story: Story) -> list[str]:
    return [voice.text for voice in story.voices.heard()]


@pytest.fixture
def voice(story: Story, stranger: User) -> Voice:
    return story.add_voice(WORDS, by=stranger)


# --- Reading -----------------------------------------------------------------------------------


def test_a_voice_stands_under_the_story_with_its_name(
    voice: Voice, story: Story, as_nominee: Client
) -> None:
    html = page(as_nominee, story)
    assert "1 more voice" in html
    assert WORDS in html
    assert f'<a href="/people/{voice.teller.ref}/"><bdi>Sam Stone</bdi></a>' in html


def test_a_voice_is_text_and_no_markup(story: Story, stranger: User, as_nominee: Client) -> None:
    story.add_voice("<script>alert(1)</script>", by=stranger)
    assert "<script>alert(1)" not in page(as_nominee, story)


def test_whoever_may_is_invited(story: Story, as_stranger: Client) -> None:
    html = page(as_stranger, story)
    assert "Did you see it too?" in html
    assert "Add your voice" in html


@pytest.mark.parametrize("who", ["teller", "nominee"])
def test_nobody_else_is_invited(who: str, story: Story, request: pytest.FixtureRequest) -> None:
    assert "Add your voice" not in page(request.getfixturevalue(f"as_{who}"), story)


def test_only_its_teller_can_change_a_voice(
    voice: Voice, story: Story, as_stranger: Client, as_culture_lead: Client
) -> None:
    own, others = page(as_stranger, story), page(as_culture_lead, story)
    for offer in ("Change your words", "Take your voice back"):
        assert offer in own
        assert offer not in others
    assert "Add your voice" not in own


def test_the_card_counts_voices(
    voice: Voice, story: Story, manager: User, as_nominee: Client
) -> None:
    assert "1 more voice<" in as_nominee.get("/").content.decode()
    story.add_voice("So did I.", by=manager)
    assert "2 more voices<" in as_nominee.get("/").content.decode()


def test_older_voices_are_a_page_of_their_own(story: Story, as_nominee: Client) -> None:
    now = timezone.now()
    for number in range(PAGE_SIZE + 1):
        voice = story.add_voice(f"Voice {number}.", by=UserFactory())
        Voice.objects.filter(pk=voice.pk).update(created_at=now - timedelta(minutes=number))
    first = as_nominee.get(story.get_absolute_url()).context["voices"]
    second = as_nominee.get(story.get_absolute_url(), {"voices": first.after}).context["voices"]
    assert [voice.text for voice in first.shown + second.shown] == [
        f"Voice {number}." for number in range(PAGE_SIZE + 1)
    ]
    assert second.after == ""


def test_ones_own_voice_comes_first_and_once(
    voice: Voice, story: Story, manager: User, as_stranger: Client
) -> None:
    story.add_voice("So did I.", by=manager)
    shown = as_stranger.get(story.get_absolute_url()).context["voices"].shown
    assert [one.text for one in shown] == [WORDS, "So did I."]


def test_a_forged_cursor_is_not_found(story: Story, as_stranger: Client) -> None:
    assert as_stranger.get(story.get_absolute_url(), {"voices": "x"}).status_code == 404


@pytest.mark.parametrize("address", ["/", "story"])
def test_any_number_of_voices_costs_the_same(
    address: str, story: Story, as_stranger: Client
) -> None:
    address = story.get_absolute_url() if address == "story" else address

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_stranger.get(address).status_code == 200
        return len(captured)

    story.add_voice(WORDS, by=UserFactory())
    queries()
    few = queries()
    for _ in range(5):
        story.add_voice(WORDS, by=UserFactory())
    assert queries() == few


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


# --- Changing and taking back ------------------------------------------------------------------


def test_ones_own_words_are_changed(voice: Voice, story: Story, as_stranger: Client) -> None:
    form = as_stranger.get(f"/stories/{story.ref}/voice/editing/")
    assert WORDS in form.content.decode()
    response = post(as_stranger, story, "voice/editing", text="I heard her.")
    assert response["Location"] == f"{story.get_absolute_url()}#voices"
    assert words(story) == ["I heard her."]
    assert "edited" in page(as_stranger, story)


def test_a_change_to_nothing_is_refused(voice: Voice, story: Story, as_stranger: Client) -> None:
    assert post(as_stranger, story, "voice/editing", text="").status_code == 422
    assert words(story) == [WORDS]


def test_after_a_day_the_new_words_are_given_back(
    voice: Voice, story: Story, as_stranger: Client
) -> None:
    Voice.objects.update(created_at=timezone.now() - timedelta(hours=24))
    response = post(as_stranger, story, "voice/editing", text="Later words.")
    assert response.status_code == 403
    assert "Later words." in response.content.decode()
    assert "Change your words" not in page(as_stranger, story)
    assert "Take your voice back" in page(as_stranger, story)


@pytest.mark.parametrize("who", ["teller", "nominee", "manager", "culture_lead", "other_manager"])
def test_nobody_else_changes_a_voice(
    who: str, voice: Voice, story: Story, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(f"as_{who}")
    assert post(client, story, "voice/editing", text="No.").status_code == 404
    post(client, story, "voice/withdrawal")
    assert words(story) == [WORDS]


def test_a_voice_is_taken_back_once(voice: Voice, story: Story, as_stranger: Client) -> None:
    for _ in range(2):
        response = post(as_stranger, story, "voice/withdrawal")
        assert response["Location"] == f"{story.get_absolute_url()}#voices"
    assert words(story) == []
    assert len(list(get_messages(response.wsgi_request))) == 1


def test_what_was_written_signed_out_is_kept(story: Story, as_stranger: Client) -> None:
    as_stranger.get("/")
    del as_stranger.cookies["sessionid"]
    assert post(as_stranger, story).status_code == 302
    assert words(story) == []
    assert WORDS in str(as_stranger.session["kept_post"]["fields"])
