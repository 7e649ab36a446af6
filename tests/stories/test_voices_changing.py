"""Changing a voice and taking it back, which its teller alone can."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from stories.models import Story, Voice
from tests.stories.voiced import WORDS, page, post, words

pytestmark = pytest.mark.django_db


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
