"""Voices under a story: what a reader sees, and who is invited to add one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from stories.models import Story, Voice
from stories.voices import PAGE_SIZE
from tests.factories import UserFactory
from tests.stories.voiced import WORDS, page

pytestmark = pytest.mark.django_db


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
