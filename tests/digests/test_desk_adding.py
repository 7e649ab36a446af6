"""Which stories a culture lead can add, and which not."""

import pytest
import time_machine

from accounts.models import User
from stories.digests.desk.arranging import STORIES_MOST, add, take_out
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.lineup import lineup, refs_of, spare
from stories.digests.models import Edition, EditionState
from stories.models import Story, Visibility
from tests.digests.desk import FRIDAY, headlines, one_to_spare, publish

pytestmark = pytest.mark.django_db


def test_adding_keeps_what_is_shown_and_puts_it_last(planned: Edition, culture_lead: User) -> None:
    before, story = headlines(planned), one_to_spare(planned)
    add(planned, story, by=culture_lead)
    assert headlines(planned) == [*before, story.headline]


def test_what_was_taken_out_by_mistake_is_told_after_all(
    planned: Edition, culture_lead: User
) -> None:
    story = lineup(planned)[0].story
    take_out(planned, story, by=culture_lead)
    add(planned, story, by=culture_lead)
    with time_machine.travel(FRIDAY, tick=False):
        freeze_now(planned, by=culture_lead)
    assert story in planned.picked()


def test_there_is_room_for_eight(
    planned: Edition, culture_lead: User, teller: User, nominee: User
) -> None:
    while spare(planned, refs_of(lineup(planned))):
        add(planned, one_to_spare(planned), by=culture_lead)
    with time_machine.travel(FRIDAY, tick=False):
        ninth = publish(teller, nominee, "One too many")
    with pytest.raises(DeskError, match="room for 8 stories"):
        add(planned, ninth, by=culture_lead)
    assert len(lineup(planned)) == STORIES_MOST


def test_a_story_is_added_once(planned: Edition, culture_lead: User) -> None:
    with pytest.raises(DeskError, match="in the edition already"):
        add(planned, lineup(planned)[0].story, by=culture_lead)


def test_a_private_story_can_not_be_added(
    planned: Edition, culture_lead: User, teller: User, nominee: User
) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        story = publish(teller, nominee, "A secret", visibility=Visibility.PRIVATE)
    with pytest.raises(DeskError, match="not on the feed") as refused:
        add(planned, story, by=culture_lead)
    assert "secret" not in str(refused.value)


def test_a_hidden_story_can_not_be_added(planned: Edition, culture_lead: User) -> None:
    story = one_to_spare(planned)
    story.hide(by=culture_lead, note="A name")
    with pytest.raises(DeskError, match="not on the feed"):
        add(planned, story, by=culture_lead)


def test_a_story_of_another_edition_can_not_be_added(planned: Edition, culture_lead: User) -> None:
    story = one_to_spare(planned)
    other = Edition.objects.create(
        week_start="2026-11-02", cutoff_at=FRIDAY, state=EditionState.ABORTED
    )
    other.picks.create(story=story, position=0)
    with pytest.raises(DeskError, match="Another edition"):
        add(planned, story, by=culture_lead)


def test_a_story_of_other_weeks_can_not_be_added(planned: Edition, culture_lead: User) -> None:
    story = one_to_spare(planned)
    Story.objects.filter(pk=story.pk).update(published_at=FRIDAY.replace(year=2025))
    with pytest.raises(DeskError, match="not of the weeks"):
        add(planned, story, by=culture_lead)
