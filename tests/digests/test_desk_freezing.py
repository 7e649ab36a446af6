"""Fixing an edition ahead of its hour."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition, EditionState
from stories.digests.tick import tick
from tests.digests.desk import FRIDAY, done_to, headlines, in_state, publish

pytestmark = pytest.mark.django_db


def test_the_stories_are_fixed_as_they_are_shown(planned: Edition, culture_lead: User) -> None:
    shown = headlines(planned)
    with time_machine.travel(FRIDAY, tick=False):
        freeze_now(planned, by=culture_lead)
    assert planned.state == EditionState.FROZEN
    assert [story.headline for story in planned.picked()] == shown
    assert done_to(planned) == ["freeze"]


def test_what_is_published_later_goes_into_the_next(
    frozen: Edition, teller: User, nominee: User
) -> None:
    assert frozen.cutoff_at == FRIDAY
    with time_machine.travel(FRIDAY + timedelta(hours=1), tick=False):
        late = publish(teller, nominee, "Later")
    assert late not in frozen.covered()


def test_it_still_leaves_at_its_hour(frozen: Edition) -> None:
    with time_machine.travel(FRIDAY + timedelta(hours=1), tick=False):
        tick()
    frozen.refresh_from_db()
    assert frozen.state == EditionState.FROZEN


def test_a_week_without_stories_is_not_given_up_ahead_of_its_hour(
    company: Company, culture_lead: User
) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        edition = next_edition()
        with pytest.raises(DeskError, match="no story to tell yet"):
            freeze_now(edition, by=culture_lead)
    assert Edition.objects.get().state == EditionState.PLANNED
    assert done_to(edition) == []


def test_an_invitation_can_be_fixed(company: Company, culture_lead: User) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    with time_machine.travel(FRIDAY, tick=False):
        edition = next_edition()
        freeze_now(edition, by=culture_lead)
    assert edition.state == EditionState.FROZEN


def test_a_template_that_raises_leaves_it_planned(
    planned: Edition, culture_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise LookupError("no such block")

    monkeypatch.setattr("stories.digests.rendering.render", broken)
    with time_machine.travel(FRIDAY, tick=False), pytest.raises(DeskError, match="no such block"):
        freeze_now(planned, by=culture_lead)
    planned.refresh_from_db()
    assert planned.state == EditionState.PLANNED
    assert not planned.picks.exists()


@pytest.mark.parametrize("state", [state for state in EditionState if state != "planned"])
def test_one_that_is_past_it_is_not_fixed_again(
    planned: Edition, culture_lead: User, state: EditionState
) -> None:
    in_state(planned, state)
    with pytest.raises(DeskError):
        freeze_now(planned, by=culture_lead)
    assert done_to(planned) == []
