"""An edition that was sent at once, while its copies are still to be made."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from stories.digests.desk import departing
from stories.digests.desk.arranging import add, move, suggest_afresh, take_out, word
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.planning import next_edition
from stories.digests.desk.timeline import why
from stories.digests.desk.words import Words
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, EditionState
from stories.digests.tasks import depart_edition
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import states
from tests.digests.desk import done_to, headlines, publish
from tests.digests.desk_pages import (
    agree,
    ask,
    make_copies,
    of,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOTHING = Words("", "")


def test_the_request_makes_no_copy_and_asks_as_often_for_many_readers_as_for_few(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    def queries_of_sending() -> int:
        Edition.objects.all().delete()
        edition = next_edition()
        agreed = departing.departure(edition).agreed
        with CaptureQueriesContext(connection) as seen:
            departing.send_now(edition, agreed=agreed, by=culture_lead)
        return len(seen)

    queries_of_sending()
    few = queries_of_sending()
    UserFactory.create_batch(30)
    assert queries_of_sending() == few
    assert not Delivery.objects.exists()


def test_a_worker_is_woken_for_it(
    as_culture_lead: Client,
    three: list[Story],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    woken: list[Any] = []
    monkeypatch.setattr(depart_edition, "apply_async", lambda words, *a, **k: woken.append(words))
    seen = ask(as_culture_lead)
    with django_capture_on_commit_callbacks(execute=True):
        agree(as_culture_lead, seen)
    assert woken == [(Edition.objects.get().pk,)]


def test_what_was_seen_leaves_whatever_is_told_before_a_worker_comes(
    leaving: Edition, teller: User, nominee: User, server: Any
) -> None:
    shown = headlines(leaving)
    publish(teller, nominee, "Told since")
    make_copies(leaving)
    assert headlines(leaving) == shown
    drain(leaving)
    assert set(states(leaving).values()) == {"sent"}
    assert len(server.taken) == leaving.deliveries.count() == leaving.eligible


def test_a_story_hidden_before_a_worker_comes_is_in_no_copy(
    leaving: Edition, culture_lead: User
) -> None:
    [first, *others] = headlines(leaving)
    of(first).hide(by=culture_lead, note="A name.")
    make_copies(leaving)
    assert headlines(leaving) == others


def test_the_tick_makes_the_copies_where_no_worker_was_woken(leaving: Edition) -> None:
    tick()
    leaving.refresh_from_db()
    assert leaving.state == EditionState.SENDING
    assert Delivery.objects.due().count() == leaving.eligible


@pytest.mark.parametrize(
    "rounds",
    [
        [make_copies, make_copies],
        [make_copies, lambda _edition: tick()],
        [lambda _edition: tick(), make_copies],
    ],
)
def test_a_worker_and_the_tick_make_each_copy_once(
    leaving: Edition, rounds: list[Callable[[Edition], None]]
) -> None:
    for go_round in rounds:
        go_round(leaving)
    leaving.refresh_from_db()
    assert leaving.deliveries.count() == leaving.eligible
    assert done_to(leaving) == ["send now"]


@pytest.mark.parametrize("verb", ["move", "add", "afresh", "fix", "word"])
def test_what_was_agreed_to_is_not_changed_any_more(
    leaving: Edition, culture_lead: User, teller: User, nominee: User, verb: str
) -> None:
    story = publish(teller, nominee, "Told since") if verb == "add" else leaving.picked()[-1]
    deeds: dict[str, Callable[[], None]] = {
        "move": lambda: move(leaving, story, 0, by=culture_lead),
        "add": lambda: add(leaving, story, by=culture_lead),
        "afresh": lambda: suggest_afresh(leaving, by=culture_lead),
        "fix": lambda: freeze_now(leaving, by=culture_lead),
        "word": lambda: word(leaving, subject="Ours", note="", by=culture_lead, shown=NOTHING),
    }
    with pytest.raises(DeskError, match="on its way already"):
        deeds[verb]()
    assert done_to(leaving) == ["send now"]


def test_a_story_can_still_be_taken_out(leaving: Edition, culture_lead: User) -> None:
    [first, *others] = leaving.picked()
    take_out(leaving, first, by=culture_lead)
    make_copies(leaving)
    assert headlines(leaving) == [story.headline for story in others]


def test_where_all_its_stories_have_gone_it_is_given_up(
    leaving: Edition, culture_lead: User
) -> None:
    for story in leaving.picked():
        story.hide(by=culture_lead, note="A name.")
    make_copies(leaving)
    assert leaving.state == EditionState.ABORTED
    assert not leaving.deliveries.exists()


def test_why_did_i_not_get_it_says_so(leaving: Edition, stranger: User) -> None:
    assert why(stranger, leaving) == (
        "No copy is made yet: the edition was sent at once, and they are being made."
    )
