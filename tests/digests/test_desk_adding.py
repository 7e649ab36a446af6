"""Which stories a culture lead can add, and which not."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from stories.digests.desk.adding import KEPT_OUT_MOST, kept_out
from stories.digests.desk.arranging import STORIES_MOST, add, take_out
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.lineup import lineup, refs_of, spare
from stories.digests.models import Edition, EditionState, Pick
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


def in_another(story: Story, **fields: Any) -> Edition:
    """The edition of two weeks before, which this story is in."""
    cutoff_at = FRIDAY.replace(day=2)
    other = Edition.objects.create(week_start=cutoff_at.date(), cutoff_at=cutoff_at, **fields)
    other.picks.create(story=story, position=0)
    return other


@pytest.mark.parametrize("state", [EditionState.SENDING, EditionState.SENT, EditionState.ABORTED])
def test_a_story_that_an_edition_told_is_refused_with_which_one(
    planned: Edition, culture_lead: User, state: EditionState
) -> None:
    story = one_to_spare(planned)
    in_another(story, state=state, eligible=5)
    said = "^The edition of the week of 2 November 2026 told this story already: none is told twice"
    with pytest.raises(DeskError, match=said):
        add(planned, story, by=culture_lead)
    assert Pick.objects.get().edition != planned


def test_a_story_that_another_edition_is_to_tell_is_refused_with_which_one(
    planned: Edition, culture_lead: User
) -> None:
    story = one_to_spare(planned)
    in_another(story)
    with pytest.raises(DeskError, match="^The edition of the week of 2 November 2026 tells this"):
        add(planned, story, by=culture_lead)


def test_a_story_of_older_weeks_is_refused_with_how_far_the_edition_reaches(
    planned: Edition, culture_lead: User
) -> None:
    story = one_to_spare(planned)
    Story.objects.filter(pk=story.pk).update(published_at=FRIDAY.replace(month=10, day=1))
    said = "^This story is too old: this edition reaches back to 26 October.$"
    with pytest.raises(DeskError, match=said):
        add(planned, story, by=culture_lead)


def test_a_story_told_after_the_freeze_is_refused_in_words(
    frozen: Edition, culture_lead: User, teller: User, nominee: User
) -> None:
    with time_machine.travel(FRIDAY + timedelta(hours=1), tick=False):
        story = publish(teller, nominee, "Told since")
    with pytest.raises(DeskError, match="came after the stories were fixed: the next edition"):
        add(frozen, story, by=culture_lead)


def test_who_looks_for_a_story_that_cannot_be_added_reads_why(
    planned: Edition, culture_lead: User, teller: User, nominee: User
) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        old, told, spared = (publish(teller, nominee, f"Ferry {name}") for name in "abc")
        Story.objects.filter(pk=old.pk).update(published_at=FRIDAY.replace(month=10, day=1))
        in_another(told, state=EditionState.SENT, eligible=5)
        assert {story.headline: why for story, why in kept_out(planned, [], "ferry")} == {
            "Ferry b": "The edition of the week of 2 November 2026 told this story already: none "
            "is told twice.",
            "Ferry a": "This story is too old: this edition reaches back to 2 November.",
        }
        assert spare(planned, [], "ferry") == [spared]


def test_what_is_shown_or_not_for_everybody_is_not_among_them(
    planned: Edition, culture_lead: User, teller: User, nominee: User
) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        told, hidden, private = (publish(teller, nominee, f"Ferry {name}") for name in "abc")
        add(planned, told, by=culture_lead)
        Story.objects.filter(pk=private.pk).update(visibility=Visibility.PRIVATE)
        hidden.hide(by=culture_lead, note="A name")
        Story.objects.exclude(pk=told.pk).update(published_at=FRIDAY.replace(year=2025))
        assert kept_out(planned, [told.ref], "ferry") == []
        [other] = kept_out(planned, [], "ferry")
        assert other == (told, "This story is in the edition already.")


def test_five_of_them_are_enough(planned: Edition) -> None:
    Story.objects.update(published_at=FRIDAY.replace(year=2025))
    assert len(kept_out(planned, [], "story")) == KEPT_OUT_MOST


def test_they_are_asked_for_as_often_for_five_as_for_one(planned: Edition) -> None:
    def queries_of(stories: int) -> int:
        for story in Story.objects.filter(pick=None)[:stories]:
            Edition.objects.create(
                week_start=FRIDAY.date() - timedelta(weeks=10 + story.pk), cutoff_at=FRIDAY
            ).picks.create(story=story, position=0)
        with CaptureQueriesContext(connection) as seen:
            assert kept_out(planned, [], "story")
        return len(seen)

    assert queries_of(1) == queries_of(4)
