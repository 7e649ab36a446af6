"""One line serves batch after batch, as long as the server lets it."""

from pathlib import Path
from typing import Any

import pytest

from accounts.models import Company
from accounts.models.company import QuietWeek
from kudos.lib.mail import EmlBackend
from stories.digests.drain import BATCH, drain
from stories.digests.models import Edition, Relay
from stories.digests.transports import KeptLine
from stories.models import Story
from tests.digests.conftest import more_readers, states
from tests.digests.mailserver import MailServer


@pytest.fixture(params=[False, True], ids=["step by step", "at once"])
def either(server: MailServer, request: pytest.FixtureRequest) -> MailServer:
    server.pipelines = request.param
    return server


def test_a_shift_needs_one_line(edition: Edition, server: MailServer) -> None:
    more_readers(edition, BATCH)
    drain(edition)
    assert len(server.taken) == BATCH + 4
    assert server.lines == 1


@pytest.mark.parametrize("says_why", [True, False])
def test_a_server_may_end_a_line_after_so_many_messages(
    edition: Edition, either: MailServer, says_why: bool
) -> None:
    either.messages_a_line, either.says_why = 3, says_why
    drain(edition)
    assert set(states(edition).values()) == {"sent"}
    assert len(either.addresses) == len(set(either.addresses)) == 4
    assert either.lines == 2
    assert Relay.current().failures == 0
    assert not Relay.current().is_open


def test_a_server_that_ends_every_line_at_once_is_out_of_reach(
    edition: Edition, either: MailServer
) -> None:
    either.messages_a_line = 0
    drain(edition)
    assert either.taken == []
    assert Relay.current().is_open


def test_what_goes_wrong_over_a_line_ends_it(server: MailServer) -> None:
    with KeptLine() as kept:
        with pytest.raises(ZeroDivisionError), kept.in_use():
            raise ZeroDivisionError
        with kept.in_use() as opened:
            opened.send("kudos@company.example", "sam@company.example", lambda: b"Subject: x\r\n")
    assert server.lines == 2
    assert len(server.taken) == 1


def test_a_copy_that_was_made_ahead_leaves_only_as_the_edition_now_is(
    edition: Edition, story: Story, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its story goes while the first copy is on its way and the second is made already."""
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    write = EmlBackend.write

    def write_and_hide(backend: EmlBackend, content: bytes) -> Any:
        path = write(backend, content)
        if story.is_published:
            story.withdraw(by=story.teller)
        return path

    monkeypatch.setattr(EmlBackend, "write", write_and_hide)
    drain(edition)
    copies = [path.read_text() for path in folder.glob("*.eml")]
    assert len(copies) == 4
    assert sum("A kayak school kept its season" in copy for copy in copies) == 1
