"""The mail server refuses for now, is killed, never answers, and drops the line instead of
answering. `missing` is counted after what nobody knows of went again, `extra` before that."""

import time

from stories.digests.models import Delivery, DeliveryState
from tests.faults.account import Account
from tests.faults.ledger import Copy, Ledger
from tests.faults.processes import BrokenError
from tests.faults.rows.kill import moments
from tests.faults.stage import Stage

LATER_SHARE = 0.1
KILLS = HANGS = DROPS = 2
AWAY_SECONDS = (0.5, 2.0)


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    stage.mail.behave(later=LATER_SHARE)
    unknown = watch_for_unknown(stage)
    stage.staff()
    steps = [kill] * KILLS + [hang] * HANGS + [drop] * DROPS
    stage.random.shuffle(steps)
    for share, step in zip(moments(stage, len(steps)), steps, strict=True):
        stage.until_share(share * (1 - LATER_SHARE))
        stage.until_none_is_resent()
        step(stage)
    stage.until_settled()
    found = stage.settle()
    found.extra = before_resending(stage.mail.ledger.copies, stage.mail.ledger.answered)
    check_unknown(stage.mail.ledger, found, unknown)
    return 0


def kill(stage: Stage) -> None:
    stage.mail.kill()
    time.sleep(stage.random.uniform(*AWAY_SECONDS))
    stage.mail.start()


def hang(stage: Stage) -> None:
    stage.mail.behave(hang=1)


def drop(stage: Stage) -> None:
    stage.mail.behave(drop=1)


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


def check_unknown(ledger: Ledger, found: Account, unknown: set[str]) -> None:
    hung = ledger.events.get("hung", set())
    dropped = {copy.to for copy in ledger.copies if copy.dropped}
    if len(hung) != HANGS or len(dropped) != DROPS:
        raise BrokenError(f"{len(hung)} messages hung and {len(dropped)} were dropped.")
    found.add("not answered, and yet never uncertain", (hung | dropped) - unknown)
