"""The mail server refuses for now, is killed, never answers, and drops the line instead of
answering. `missing` is counted after what nobody knows of went again, `extra` before that."""

import time

from stories.digests.models import Delivery, DeliveryState
from tests.faults.ledger import Copy, Ledger
from tests.faults.rows.kill import moments
from tests.faults.stage import Stage

LATER_SHARE = 0.1
KILLS = SILENCES = 2
AWAY_SECONDS = (0.5, 2.0)


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    stage.mail.behave(later=LATER_SHARE)
    unknown = watch_for_unknown(stage)
    stage.staff()
    steps = [kill] * KILLS + [be_silent] * SILENCES
    stage.random.shuffle(steps)
    for share, step in zip(moments(stage, len(steps)), steps, strict=True):
        stage.until_share(share * (1 - LATER_SHARE))
        stage.until_none_is_resent()
        step(stage)
    stage.until_settled()
    found = stage.settle()
    found.extra = before_resending(stage.mail.ledger.copies, stage.mail.ledger.answered)
    found.add("not answered, and yet never uncertain", unanswered(stage.mail.ledger) - unknown)
    return 0


def kill(stage: Stage) -> None:
    stage.mail.kill()
    time.sleep(stage.random.uniform(*AWAY_SECONDS))
    stage.mail.start()


def be_silent(stage: Stage) -> None:
    """Never answer the next message, and drop the line after taking another."""
    wanted = len(unanswered(stage.mail.ledger.read())) + 2
    stage.mail.behave(hang=1, drop=1)
    stage.until(
        lambda: len(unanswered(stage.mail.ledger.read())) == wanted, "the mail server fell silent"
    )


def watch_for_unknown(stage: Stage) -> set[str]:
    """The addresses whose copies were `uncertain` at some time, growing while the run goes on."""
    seen: set[str] = set()
    rows = Delivery.objects.filter(state=DeliveryState.UNCERTAIN)
    stage.watch = lambda: seen.update(rows.all().values_list("address", flat=True))
    return seen


def before_resending(copies: list[Copy], answered: set[str]) -> int:
    """How many copies followed one that the server had answered: no reason to send another."""
    extra, last = 0, dict[str, str]()
    for copy in copies:
        extra += last.get(copy.message_id) in answered
        last[copy.message_id] = copy.key
    return extra


def unanswered(ledger: Ledger) -> set[str]:
    """To whom the copies were that the server chose not to answer."""
    dropped = {copy.to for copy in ledger.copies if copy.dropped}
    return dropped | ledger.events.get("hung", set())
