"""Everything that a culture lead can do to an edition, while its copies leave: sent at once with
two clicks, paused and let go on, given up and sent after all, and sent again by two at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from django.db import connections

from accounts.models import Company, History, User
from accounts.models.company import Resends
from stories.digests.desk.departing import departure
from stories.digests.desk.departing import send_now as send_from_desk
from stories.digests.desk.errors import DeskError
from stories.digests.desk.planning import next_edition
from stories.digests.desk.resending import resend
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from stories.digests.sending import send_now
from tests.faults.processes import BrokenError
from tests.faults.rows.leave import database_time
from tests.faults.stage import Stage

PAUSES = (0.1, 0.25, 0.4)
GIVEN_UP, SILENT, RESENT = 0.5, 0.6, 0.8
# Copies that the mail server takes no notice of.
SILENCES = 2
HELD_SECONDS = 2

UNKNOWN = Delivery.objects.filter(state=DeliveryState.UNCERTAIN, next_attempt_at=None)


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    # What nobody knows of waits for the desk.
    Company.objects.update(digest_resends=Resends.NEVER)
    lead = User.objects.get(is_culture_lead=True)
    send_with_two_clicks(lead)
    stage.staff()
    held = [hold(stage, share, lead) for share in PAUSES]
    give_up_and_send_after_all(stage, lead)
    stage.until_share(SILENT)
    stage.mail.behave(hang=SILENCES)
    stage.until_share(RESENT)
    stage.until(lambda: UNKNOWN.count() == SILENCES, "nobody knows of those copies")
    resend_with_two_clicks(lead)
    stage.until_settled()
    found = stage.settle()
    for since, until in held:
        late = Delivery.objects.filter(started_at__gt=since, started_at__lt=until)
        found.add("fenced while it was paused", late.values_list("address", flat=True))
    found.add("nobody knows of it still", UNKNOWN.values_list("address", flat=True))
    return 0


def send_with_two_clicks(lead: User) -> None:
    edition = next_edition()
    agreed = departure(edition).agreed
    done = together(lambda: send_from_desk(next_edition(), agreed=agreed, by=lead))
    if done != 1 or not Edition.objects.get().is_departing:
        raise BrokenError("Of two clicks not exactly one sent it.")


def hold(stage: Stage, share: float, lead: User) -> tuple[datetime, datetime]:
    """Pause it for a while; returns from when to when."""
    stage.until_share(share)
    Edition.objects.get().pause(by=lead, note="")
    since = database_time()
    time.sleep(HELD_SECONDS)
    until = database_time()
    Edition.objects.get().resume(by=lead)
    return since, until


def give_up_and_send_after_all(stage: Stage, lead: User) -> None:
    stage.until_share(GIVEN_UP)
    edition = Edition.objects.get()
    edition.abort(by=lead, note="The wrong week.")
    reached = stage.mail.ledger.read().reached
    send_now()
    edition.refresh_from_db()
    if edition.state != EditionState.SENDING or reached >= stage.recipients:
        raise BrokenError("It was over before it was given up, so that this run shows nothing.")


def resend_with_two_clicks(lead: User) -> None:
    def click() -> None:
        if not resend(Edition.objects.get(), "uncertain", by=lead):
            raise DeskError

    if together(click) != 1 or not History.objects.filter(verb="resend uncertain").exists():
        raise BrokenError("Of two clicks not exactly one sent the copies again.")


def together(deed: Callable[[], None]) -> int:
    """Do it twice at the same moment; returns how often it was not refused."""
    barrier = Barrier(2)

    def once(_number: int) -> bool:
        barrier.wait()
        try:
            deed()
        except DeskError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(once, range(2)))
