"""One line serves batch after batch, as long as the server lets it."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Company
from accounts.models.company import QuietWeek
from kudos.lib.mail import EmlBackend
from stories.digests.drain import BATCH, drain
from stories.digests.models import Edition, Relay
from stories.digests.timing import Timing
from stories.digests.transports import Envelope, KeptLine, smtp
from stories.digests.transports.smtp import SmtpLine
from stories.models import Story
from tests.digests.conftest import more_readers, states
from tests.digests.mailserver import MailServer


def test_a_shift_needs_one_line(edition: Edition, server: MailServer) -> None:
    more_readers(edition, BATCH)
    drain(edition)
    assert len(server.taken) == BATCH + 4
    assert server.lines == 1


@pytest.mark.parametrize(
    "enough", ["421 4.7.0 Too many in this session", "452 4.5.3 Too many in this session", ""]
)
def test_a_server_may_take_so_many_messages_over_a_line(
    edition: Edition, either: MailServer, enough: str
) -> None:
    either.messages_a_line, either.enough = 3, enough
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


def test_a_server_that_takes_nothing_now_is_asked_again_later(
    edition: Edition, either: MailServer
) -> None:
    either.messages_a_line, either.enough = 0, "451 4.3.0 Not now"
    drain(edition)
    assert set(states(edition).values()) == {"retry"}
    assert either.lines == 1


def test_a_line_that_is_slow_to_open_again_takes_nothing(
    edition: Edition, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease of the copy whose turn it is would end before its reply."""
    server.messages_a_line, server.enough = 3, ""
    monkeypatch.setattr(smtp, "TIMING", Timing(reply=timedelta(seconds=1)))
    reopen = SmtpLine.open

    def open_slowly(line: SmtpLine) -> None:
        if server.lines:
            time.sleep(1.1)
        reopen(line)

    monkeypatch.setattr(SmtpLine, "open", open_slowly)
    drain(edition)
    assert sorted(states(edition).values()) == ["retry", "sent", "sent", "sent"]
    assert Relay.current().failures == 1


def test_what_goes_wrong_over_a_line_ends_it(server: MailServer) -> None:
    with KeptLine() as kept:
        with pytest.raises(ZeroDivisionError), kept.in_use():
            raise ZeroDivisionError
        with kept.in_use() as opened:
            envelope = Envelope("kudos@company.example", "sam@company.example")
            opened.send(envelope, lambda: b"Subject: x\r\n")
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
