"""Two at the desk at once, and the desk while stories change and copies leave."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection, connections, transaction

from accounts.models import Company, History, User
from stories.digests.desk.arranging import STORIES_MOST, add, arrange, move, take_out
from stories.digests.desk.departing import departure
from stories.digests.desk.departing import send_now as send_from_desk
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition
from stories.digests.desk.resending import resend
from stories.digests.freeze import freeze
from stories.digests.models import Edition, EditionState
from stories.digests.models.claiming import take
from stories.digests.rendering import rendering_for
from stories.digests.sending import send_now
from stories.digests.tasks import depart_edition
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.desk import FRIDAY, done_to, headlines, in_state, one_to_spare

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8
on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer: nobody else comes between"
)


def together(*deeds: Callable[[], object]) -> list[object]:
    """Do these at the same moment, each in a thread with a connection of its own; what each
    returned, or how it was refused."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return deed()
        except DeskError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, d) for d in deeds]]


def refused(results: list[object]) -> list[DeskError]:
    return [result for result in results if isinstance(result, DeskError)]


def again(edition: Edition) -> Edition:
    """The same row, as another worker or another browser reads it."""
    return Edition.objects.get(pk=edition.pk)


def test_two_who_look_at_once_plan_one_edition(company: Company, stranger: User) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        first, second = together(next_edition, next_edition)
    assert first == second
    assert Edition.objects.count() == 1


def test_two_leads_who_add_the_same_story_add_it_once(planned: Edition, culture_lead: User) -> None:
    story = one_to_spare(planned)

    def both() -> None:
        add(again(planned), story, by=culture_lead)

    [late] = refused(together(both, both))
    assert headlines(planned).count(story.headline) == 1
    assert done_to(planned) == ["add story"]
    assert str(late)


def test_two_leads_who_move_two_stories_both_see_it_done(
    planned: Edition, culture_lead: User
) -> None:
    first, second = lineup(planned)[4].story, lineup(planned)[5].story
    results = together(
        lambda: move(again(planned), first, 0, by=culture_lead),
        lambda: move(again(planned), second, 0, by=culture_lead),
    )
    assert refused(results) == []
    assert {one.story for one in lineup(planned)[:2]} == {first, second}
    assert [row.position for row in planned.picks.order_by("position")] == list(range(6))


def test_of_two_leads_one_of_whom_takes_out_what_the_other_moves_none_is_stuck(
    planned: Edition, culture_lead: User
) -> None:
    story = lineup(planned)[3].story
    together(
        lambda: move(again(planned), story, 0, by=culture_lead),
        lambda: take_out(again(planned), story, by=culture_lead),
    )
    assert story.headline not in headlines(planned)


def test_fixing_twice_at_once_fixes_once(planned: Edition, culture_lead: User) -> None:
    def both() -> None:
        freeze_now(again(planned), by=culture_lead)

    with time_machine.travel(FRIDAY, tick=False):
        results = together(both, both)
    assert len(refused(results)) == 1
    assert done_to(planned) == ["freeze"]


def test_two_clicks_that_send_it_at_once_send_it_once(planned: Edition, culture_lead: User) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        agreed = departure(planned).agreed

        def click() -> None:
            send_from_desk(again(planned), agreed=agreed, by=culture_lead)

        [late] = refused(together(click, click))
    assert str(late) == "This edition is on its way already."
    assert done_to(planned) == ["send now"]
    assert again(planned).is_departing


def test_workers_and_the_tick_at_once_make_each_copy_once(
    company: Company, story: Story, stranger: User, culture_lead: User
) -> None:
    edition = next_edition()
    send_from_desk(edition, agreed=departure(edition).agreed, by=culture_lead)

    def work() -> None:
        depart_edition(edition.pk)

    assert together(work, tick, work) == [None] * 3
    edition.refresh_from_db()
    assert edition.state == EditionState.SENDING
    assert edition.deliveries.count() == edition.eligible == 5


def test_sending_again_twice_at_once_sends_each_copy_once(
    company: Company, story: Story, stranger: User, culture_lead: User
) -> None:
    edition = send_now()
    edition.deliveries.update(state="uncertain", next_attempt_at=None, resends=1)
    in_state(edition, EditionState.SENT)

    def both() -> int:
        return resend(again(edition), "uncertain", by=culture_lead)

    assert set(together(both, both)) == {0, edition.deliveries.count()}
    assert set(edition.deliveries.values_list("resends", flat=True)) == {2}


@on_postgres
@pytest.mark.parametrize("verb", ["add", "move", "arrange", "take out"])
def test_the_desk_and_whoever_hides_a_story_never_wait_for_each_other(
    frozen: Edition, culture_lead: User, verb: str
) -> None:
    for _round in range(ROUNDS):
        shown = lineup(frozen)
        if verb == "add" and len(shown) == STORIES_MOST:
            break
        story = one_to_spare(frozen) if verb == "add" else shown[-1].story
        refs = [one.story.ref for one in reversed(shown)]

        def at_the_desk(story: Story = story, refs: list[str] = refs) -> None:
            match verb:
                case "add":
                    add(again(frozen), story, by=culture_lead)
                case "move":
                    move(again(frozen), story, 0, by=culture_lead)
                case "arrange":
                    arrange(again(frozen), refs, by=culture_lead)
                case "take out":
                    take_out(again(frozen), story, by=culture_lead)

        def hide(key: int = story.pk) -> None:
            Story.objects.get(pk=key).hide(by=culture_lead, note="A name")

        together(at_the_desk, hide, lambda: rendering_for(again(frozen), "en"))
        told = rendering_for(again(frozen), "en").layouts["text"]["plain"]
        assert story.headline not in "".join(told).splitlines()
        Story.objects.get(pk=story.pk).unhide(by=culture_lead)


@on_postgres
def test_a_story_that_is_being_changed_is_left_alone(frozen: Edition, culture_lead: User) -> None:
    story = one_to_spare(frozen)
    barrier = Barrier(2)

    def change() -> None:
        with transaction.atomic():
            Story.objects.select_for_update().get(pk=story.pk)
            barrier.wait(10)
            barrier.wait(10)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(change)
        barrier.wait(10)
        with pytest.raises(DeskError, match="Try again in a moment"):
            add(frozen, story, by=culture_lead)
        barrier.wait(10)
        changing.result(10)


def test_what_is_taken_out_on_the_way_is_in_no_copy_fenced_afterwards(
    company: Company, story: Story, stranger: User, culture_lead: User
) -> None:
    edition = send_now()
    [held, *_others] = take(edition)
    take_out(again(edition), story, by=culture_lead)
    assert not held.fence(edition.version)
    assert held.fence(edition.version + 1)
    told = rendering_for(again(edition), "en").layouts["text"]["plain"]
    assert story.headline not in "".join(told)
    assert History.objects.about(edition).last().verb == "take story out"


@on_postgres
@pytest.mark.parametrize("by_hand", [True, False])
def test_fixing_and_hiding_what_a_lead_put_in_never_wait_for_each_other(
    planned: Edition, culture_lead: User, by_hand: bool
) -> None:
    for _round in range(ROUNDS):
        story = lineup(planned)[-1].story
        move(again(planned), story, 0, by=culture_lead)

        def fix() -> None:
            if by_hand:
                freeze_now(again(planned), by=culture_lead)
            else:
                freeze(again(planned))

        def hide(key: int = story.pk) -> None:
            Story.objects.get(pk=key).hide(by=culture_lead, note="A name")

        with time_machine.travel(FRIDAY, tick=False):
            together(fix, hide)
            told = rendering_for(again(planned), "en").layouts["text"]["plain"]
        assert story.headline not in "".join(told).splitlines()
        Story.objects.get(pk=story.pk).unhide(by=culture_lead)
        in_state(planned, EditionState.PLANNED)
