"""Voices: a colleague's own words under a story instead of a story of their own."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import History, User
from stories.models import SearchEntry, State, Story, Voice
from stories.signals import voice_added
from tests.factories import draft_story, tell_story, telling

pytestmark = pytest.mark.django_db

WORDS = "I was in the next room and heard her ring all forty-one of them."
ACTIVE = ["stranger", "manager", "other_manager", "culture_lead"]


def heard(story: Story) -> list[tuple[str, str]]:
    return [(voice.teller.name, voice.text) for voice in story.voices.heard()]


def verbs_of(story: Story) -> list[str]:
    return [row.verb for row in History.objects.about(story)]


@pytest.fixture
def voice(story: Story, stranger: User) -> Voice:
    return story.add_voice(WORDS, by=stranger)


@pytest.mark.parametrize("who", ACTIVE)
def test_whoever_reads_it_may_add_a_voice(
    who: str, story: Story, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    story.add_voice(WORDS, by=person)
    assert heard(story) == [(person.name, WORDS)]


@pytest.mark.parametrize("who", ["teller", "nominee", "leaver"])
def test_nobody_else_does(who: str, story: Story, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        story.add_voice(WORDS, by=request.getfixturevalue(who))
    assert heard(story) == []
    assert verbs_of(story) == ["submit"]


def test_a_helping_hand_does_not_celebrate_themselves_either(
    teller: User, nominee: User, stranger: User
) -> None:
    story = tell_story(teller, nominee, helping_hands=[stranger])
    with pytest.raises(PermissionDenied):
        story.add_voice(WORDS, by=stranger)


@pytest.mark.parametrize("who", ["stranger", "other_manager", "culture_lead"])
def test_a_private_story_has_the_voices_of_its_few_alone(
    who: str, teller: User, nominee: User, manager: User, request: pytest.FixtureRequest
) -> None:
    story = tell_story(teller, nominee, visibility="private")
    with pytest.raises(PermissionDenied):
        story.add_voice(WORDS, by=request.getfixturevalue(who))
    story.add_voice(WORDS, by=manager)
    assert heard(story) == [("Maya Rao", WORDS)]


def test_a_draft_has_no_voices(teller: User, nominee: User, stranger: User) -> None:
    with pytest.raises(PermissionDenied):
        draft_story(teller, nominee).add_voice(WORDS, by=stranger)


@pytest.mark.parametrize("end", ["hide", "withdraw"])
def test_a_story_that_is_read_no_more_takes_no_voice(
    end: str, story: Story, teller: User, culture_lead: User, stranger: User
) -> None:
    if end == "hide":
        story.hide(by=culture_lead, note="Names a customer")
    else:
        story.withdraw(by=teller)
    for person in (stranger, culture_lead):
        with pytest.raises(PermissionDenied):
            story.add_voice(WORDS, by=person)


def test_one_person_has_one_voice(voice: Voice, story: Story, stranger: User) -> None:
    with pytest.raises(PermissionDenied):
        story.add_voice("And another thing.", by=stranger)
    with pytest.raises(IntegrityError):
        Voice.objects.create(story=story, teller=stranger, text="And another thing.")


def test_a_voice_is_news_and_history(story: Story, stranger: User) -> None:
    news: list[dict[str, Any]] = []

    def listen(**kwargs: Any) -> None:
        news.append(kwargs)

    voice_added.connect(listen)
    try:
        voice = story.add_voice(WORDS, by=stranger)
    finally:
        voice_added.disconnect(listen)
    assert [(item["story"], item["by"], item["voice"]) for item in news] == [
        (story, stranger, voice)
    ]
    row = History.objects.about(story).last()
    assert (row.verb, row.actor, row.before, row.after) == (
        "add voice",
        stranger,
        {},
        {"voice": WORDS},
    )


def test_a_receiver_that_fails_undoes_the_voice(story: Story, stranger: User) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    voice_added.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            story.add_voice(WORDS, by=stranger)
    finally:
        voice_added.disconnect(fail)
    assert heard(story) == []
    assert verbs_of(story) == ["submit"]


def test_the_draft_of_the_same_form_is_withdrawn(
    story: Story, stranger: User, nominee: User
) -> None:
    draft, other = draft_story(stranger, nominee), draft_story(stranger, nominee)
    story.add_voice(WORDS, by=stranger, key=draft.key)
    states = dict(Story.objects.told_by(stranger).values_list("pk", "state"))
    assert states == {draft.pk: State.WITHDRAWN, other.pk: State.DRAFT}


def test_a_key_withdraws_nothing_of_somebody_else_and_nothing_published(
    story: Story, stranger: User, nominee: User, manager: User
) -> None:
    theirs = draft_story(manager, nominee)
    told = tell_story(stranger, nominee)
    story.add_voice(WORDS, by=stranger, key=theirs.key)
    tell_story(manager, nominee).add_voice(WORDS, by=stranger, key=told.key)
    assert Story.objects.get(pk=theirs.pk).state == State.DRAFT
    assert Story.objects.get(pk=told.pk).state == State.PUBLISHED


def test_somebody_whom_an_edit_names_is_heard_no_longer(
    voice: Voice, story: Story, teller: User, nominee: User, stranger: User
) -> None:
    story.edit(telling(nominees=[nominee, stranger]), by=teller)
    assert heard(story) == []


def test_a_leavers_voice_stays(voice: Voice, story: Story, stranger: User) -> None:
    stranger.is_active = False
    stranger.save()
    assert heard(story) == [("Sam Stone", WORDS)]


def test_what_is_said_is_not_searched(voice: Voice) -> None:
    entry = SearchEntry.objects.get()
    assert "next room" not in f"{entry.headline} {entry.words} {entry.body}"


def test_the_teller_of_a_voice_edits_it(voice: Voice, story: Story, stranger: User) -> None:
    voice.edit("I heard her ring them.", by=stranger)
    assert heard(story) == [("Sam Stone", "I heard her ring them.")]
    assert voice.edited_at is not None
    row = History.objects.about(story).last()
    assert (row.verb, row.before, row.after) == (
        "edit voice",
        {"voice": WORDS},
        {"voice": "I heard her ring them."},
    )


@pytest.mark.parametrize("who", ["teller", "nominee", "manager", "culture_lead", "other_manager"])
def test_nobody_else_touches_a_voice(
    who: str, voice: Voice, story: Story, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        voice.edit("No.", by=person)
    with pytest.raises(PermissionDenied):
        voice.take_back(by=person)
    assert heard(story) == [("Sam Stone", WORDS)]


def test_after_a_day_a_voice_stays_as_it_is_but_can_be_taken_back(
    voice: Voice, story: Story, stranger: User
) -> None:
    Voice.objects.update(created_at=timezone.now() - timedelta(hours=24))
    with pytest.raises(PermissionDenied):
        voice.edit("No.", by=stranger)
    voice.take_back(by=stranger)
    assert heard(story) == []


def test_a_voice_taken_back_leaves_history_and_room_for_another(
    voice: Voice, story: Story, stranger: User
) -> None:
    voice.take_back(by=stranger)
    row = History.objects.about(story).last()
    assert (row.verb, row.actor, row.before) == ("take voice back", stranger, {"voice": WORDS})
    story.add_voice("Once more.", by=stranger, key=uuid4())
    assert heard(story) == [("Sam Stone", "Once more.")]


def test_a_voice_of_a_hidden_story_is_not_edited(
    voice: Voice, story: Story, culture_lead: User, manager: User
) -> None:
    theirs = story.add_voice(WORDS, by=manager)
    story.hide(by=culture_lead, note="Names a customer")
    with pytest.raises(PermissionDenied):
        theirs.edit("No.", by=manager)


def test_a_leaver_takes_nothing_back(voice: Voice, stranger: User) -> None:
    stranger.is_active = False
    with pytest.raises(PermissionDenied):
        voice.take_back(by=stranger)
