"""Writing a story: its draft, its edits, and what history keeps of them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import History, Publicity, User
from stories.models import State, Story, Visibility
from tests.factories import tell_story, telling, wants


def test_the_teller_keeps_a_published_story_private_and_nobody_widens_it(
    story: Story, teller: User
) -> None:
    story.keep_private(by=teller)
    assert story.visibility == Visibility.PRIVATE
    story.edit(telling(nominees=story.nominees, visibility=Visibility.COMPANY), by=teller)
    assert story.visibility == Visibility.PRIVATE


def test_the_teller_edits_for_a_day_and_history_keeps_both_texts(
    story: Story, teller: User, nominee: User
) -> None:
    old = story.headline
    story.edit(telling(nominees=[nominee], headline="A better line"), by=teller)
    row = History.objects.about(story).get(verb="edit")
    assert row.before["headline"] == old
    assert row.after["headline"] == "A better line"
    assert story.edited_at is not None


def test_after_a_day_the_teller_edits_no_more_but_a_reviewer_may(
    story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        with pytest.raises(PermissionDenied):
            story.edit(telling(nominees=[nominee]), by=teller)
        story.edit(telling(nominees=[nominee], headline="Mended"), by=culture_lead)
    assert story.headline == "Mended"


def test_an_edit_that_names_somebody_new_asks_them(
    story: Story, teller: User, nominee: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    story.edit(telling(nominees=[nominee, stranger]), by=teller)
    assert story.state == State.ASKING
    assert not Story.objects.on_feed().filter(pk=story.pk).exists()


def test_an_edit_that_names_somebody_who_wants_privacy_narrows_it(
    story: Story, teller: User, nominee: User, stranger: User
) -> None:
    wants(stranger, Publicity.PRIVATE_ONLY)
    story.edit(telling(nominees=[nominee], helping_hands=[stranger]), by=teller)
    assert (story.state, story.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


def test_an_edit_does_not_ask_again_who_agreed(teller: User, nominee: User) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee)
    story.agree(by=nominee)
    story.edit(telling(nominees=[nominee], headline="A better line"), by=teller)
    assert story.state == State.PUBLISHED


@pytest.mark.parametrize("who", ["teller", "leaver"])
def test_the_teller_and_leavers_are_celebrated_by_no_verb(
    who: str, story: Story, teller: User, nominee: User, request: pytest.FixtureRequest
) -> None:
    nobody = request.getfixturevalue(who)
    with pytest.raises(ValidationError):
        tell_story(teller, nobody)
    with pytest.raises(ValidationError):
        story.edit(telling(nominees=[nominee, nobody]), by=teller)
    story.refresh_from_db()
    assert story.nominees == [nominee]


def test_somebody_who_left_since_stays_in_an_edited_story(
    story: Story, teller: User, nominee: User
) -> None:
    nominee.is_active = False
    nominee.save()
    story.edit(telling(nominees=[nominee], headline="A better line"), by=teller)
    assert story.nominees == [nominee]


def test_a_reviewers_edit_narrows_nothing(story: Story, nominee: User, culture_lead: User) -> None:
    story.edit(telling(nominees=[nominee], visibility=Visibility.PRIVATE), by=culture_lead)
    assert story.visibility == Visibility.COMPANY


def test_a_late_autosave_touches_nothing_once_submitted(
    story: Story, teller: User, nominee: User
) -> None:
    headline = story.headline
    assert story.keep(telling(nominees=[nominee], headline="Too late"), by=teller) is False
    story.refresh_from_db()
    assert story.headline == headline


def test_the_same_form_finds_the_same_story(story: Story, teller: User, stranger: User) -> None:
    assert Story.objects.for_key(teller, story.key) == story
    assert Story.objects.for_key(stranger, story.key) != story
