"""What culture leads change in an edition, in which states, and what it leaves behind."""

from collections.abc import Callable

import pytest
import time_machine

from accounts.models import Company, History, User
from stories.digests.desk.arranging import (
    add,
    arrange,
    move,
    suggest_afresh,
    take_out,
)
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.lineup import lineup
from stories.digests.models import Edition, EditionState
from stories.digests.picking import MOST
from stories.digests.rendering import rendering_for
from stories.models import Story
from tests.digests.desk import FRIDAY, done_to, headlines, in_state, one_to_spare, write

pytestmark = pytest.mark.django_db

PLANNED, FROZEN, SENDING = EditionState.PLANNED, EditionState.FROZEN, EditionState.SENDING
OVER = (EditionState.SENT, EditionState.ABORTED)

type Verb = Callable[[Edition, Story, Story, User], None]

VERBS: dict[str, Verb] = {
    "move story": lambda edition, shown, _other, by: move(edition, shown, 1, by=by),
    "arrange stories": lambda edition, shown, _other, by: arrange(
        edition, [one.story.ref for one in reversed(lineup(edition))], by=by
    ),
    "take story out": lambda edition, shown, _other, by: take_out(edition, shown, by=by),
    "add story": lambda edition, _shown, other, by: add(edition, other, by=by),
    "word": lambda edition, _shown, _other, by: write(edition, subject="Hi", note="", by=by),
}
ALLOWED = [
    *((verb, state) for verb in VERBS for state in (PLANNED, FROZEN)),
    ("take story out", SENDING),
]
FORBIDDEN = [
    *((verb, state) for verb in VERBS for state in OVER),
    *((verb, SENDING) for verb in VERBS if verb != "take story out"),
]


@pytest.mark.parametrize(("verb", "state"), ALLOWED)
def test_a_verb_leaves_one_row_of_history(
    planned: Edition, culture_lead: User, verb: str, state: EditionState
) -> None:
    if state != PLANNED:
        with time_machine.travel(FRIDAY, tick=False):
            freeze_now(planned, by=culture_lead)
    in_state(planned, state)
    shown, other = lineup(planned)[0].story, one_to_spare(planned)
    before = len(done_to(planned))
    VERBS[verb](planned, shown, other, culture_lead)
    assert done_to(planned)[before:] == [verb]
    assert History.objects.about(planned).last().actor == culture_lead


@pytest.mark.parametrize(("verb", "state"), FORBIDDEN)
def test_a_verb_that_comes_too_late_says_so_and_changes_nothing(
    frozen: Edition, culture_lead: User, verb: str, state: EditionState
) -> None:
    shown, other = lineup(frozen)[0].story, one_to_spare(frozen)
    in_state(frozen, state)
    before = headlines(frozen), done_to(frozen)
    with pytest.raises(DeskError):
        VERBS[verb](frozen, shown, other, culture_lead)
    frozen.refresh_from_db()
    assert (headlines(frozen), done_to(frozen), frozen.own_subject) == (*before, "")


def test_moving_keeps_what_is_shown(planned: Edition, culture_lead: User) -> None:
    before = headlines(planned)
    move(planned, lineup(planned)[4].story, 0, by=culture_lead)
    assert headlines(planned) == [before[4], *before[:4], *before[5:]]


def test_a_moved_story_keeps_its_reason(planned: Edition, culture_lead: User) -> None:
    reasons = {one.story: one.reason for one in lineup(planned)}
    move(planned, lineup(planned)[4].story, 0, by=culture_lead)
    assert {one.story: one.reason for one in lineup(planned)} == reasons


def test_stored_reasons_speak_the_company_s_language(planned: Edition, culture_lead: User) -> None:
    Company.objects.update(language="de")
    move(planned, lineup(planned)[1].story, 0, by=culture_lead)
    first = planned.picks.get(position=0)
    assert not first.reason.startswith(("First", "The newest", "It ", "Nothing", "A department"))


@pytest.mark.parametrize(("to", "place"), [(-3, 0), (2, 2), (99, 5)])
def test_beyond_the_ends_is_the_nearest_end(
    planned: Edition, culture_lead: User, to: int, place: int
) -> None:
    story = lineup(planned)[1].story
    move(planned, story, to, by=culture_lead)
    assert lineup(planned)[place].story == story


def test_moving_to_where_it_stands_leaves_no_trace(planned: Edition, culture_lead: User) -> None:
    move(planned, lineup(planned)[2].story, 2, by=culture_lead)
    assert done_to(planned) == []
    assert not planned.picks.exists()


def test_a_story_that_a_second_lead_took_out_can_not_be_moved(
    planned: Edition, culture_lead: User
) -> None:
    story = lineup(planned)[0].story
    take_out(planned, story, by=culture_lead)
    with pytest.raises(DeskError, match="not in the edition any more"):
        move(planned, story, 3, by=culture_lead)


def test_stories_are_put_into_the_order_that_was_dragged(
    planned: Edition, culture_lead: User
) -> None:
    refs = [one.story.ref for one in lineup(planned)]
    arrange(planned, [refs[5], refs[2]], by=culture_lead)
    assert [one.story.ref for one in lineup(planned)] == [
        refs[5],
        refs[2],
        *(refs[n] for n in (0, 1, 3, 4)),
    ]


def test_an_order_with_a_story_that_is_gone_is_refused(
    planned: Edition, culture_lead: User
) -> None:
    refs = [one.story.ref for one in lineup(planned)]
    take_out(planned, lineup(planned)[0].story, by=culture_lead)
    before = headlines(planned)
    with pytest.raises(DeskError, match="have changed meanwhile"):
        arrange(planned, refs[::-1], by=culture_lead)
    assert headlines(planned) == before


def test_before_the_freeze_the_next_best_takes_the_place(
    planned: Edition, culture_lead: User
) -> None:
    gone = lineup(planned)[0].story
    take_out(planned, gone, by=culture_lead)
    shown = headlines(planned)
    assert len(shown) == MOST
    assert gone.headline not in shown


def test_what_was_taken_out_stays_out_at_the_freeze(planned: Edition, culture_lead: User) -> None:
    gone = lineup(planned)[0].story
    take_out(planned, gone, by=culture_lead)
    with time_machine.travel(FRIDAY, tick=False):
        freeze_now(planned, by=culture_lead)
    assert gone not in planned.picked()


def test_after_the_freeze_nothing_takes_its_place(frozen: Edition, culture_lead: User) -> None:
    take_out(frozen, lineup(frozen)[0].story, by=culture_lead)
    assert len(headlines(frozen)) == MOST - 1


def test_a_story_taken_out_on_the_way_is_never_told_again(
    frozen: Edition, culture_lead: User
) -> None:
    story = lineup(frozen)[0].story
    take_out(in_state(frozen, SENDING), story, by=culture_lead)
    assert story.pick.edition == frozen
    assert story not in frozen.picked()


def test_taking_out_what_is_not_there_says_so(planned: Edition, culture_lead: User) -> None:
    with pytest.raises(DeskError, match="not in the edition any more"):
        take_out(planned, one_to_spare(planned), by=culture_lead)


def test_a_story_that_is_hidden_for_a_while_is_told_last(
    planned: Edition, culture_lead: User
) -> None:
    move(planned, lineup(planned)[1].story, 0, by=culture_lead)
    story = lineup(planned)[0].story
    story.hide(by=culture_lead, note="A name")
    move(planned, lineup(planned)[1].story, 0, by=culture_lead)
    assert story.headline not in headlines(planned)
    story.unhide(by=culture_lead)
    assert headlines(planned)[-1] == story.headline


def test_fresh_suggestions_forget_the_lead_s_own(planned: Edition, culture_lead: User) -> None:
    before = headlines(planned)
    take_out(planned, lineup(planned)[0].story, by=culture_lead)
    move(planned, lineup(planned)[1].story, 0, by=culture_lead)
    suggest_afresh(planned, by=culture_lead)
    assert headlines(planned) == before


def test_fresh_suggestions_of_fresh_ones_leave_no_trace(
    planned: Edition, culture_lead: User
) -> None:
    suggest_afresh(planned, by=culture_lead)
    assert done_to(planned) == []


@pytest.mark.parametrize("state", [FROZEN, SENDING, *OVER])
def test_nothing_is_suggested_once_the_stories_are_fixed(
    frozen: Edition, culture_lead: User, state: EditionState
) -> None:
    in_state(frozen, state)
    with pytest.raises(DeskError):
        suggest_afresh(frozen, by=culture_lead)


def test_the_lead_s_own_words_are_the_mail_s(frozen: Edition, culture_lead: User) -> None:
    write(frozen, subject="Boats, bread\nand brass", note="Thank you all. ", by=culture_lead)
    rendering = rendering_for(frozen, "en")
    assert rendering.subject == "Boats, bread and brass"
    assert "Thank you all." in "".join(rendering.layouts["text"]["plain"])


def test_words_that_are_as_they_were_leave_no_trace(planned: Edition, culture_lead: User) -> None:
    write(planned, subject="", note="  ", by=culture_lead)
    assert done_to(planned) == []


@pytest.mark.parametrize("verb", VERBS)
def test_what_changes_in_a_fixed_edition_outdates_what_was_rendered(
    frozen: Edition, culture_lead: User, verb: str
) -> None:
    rendered = rendering_for(frozen, "en")
    VERBS[verb](frozen, lineup(frozen)[0].story, one_to_spare(frozen), culture_lead)
    frozen.refresh_from_db()
    assert frozen.version == rendered.version + 1
    assert not frozen.renderings.exists()
