"""A process dies between its commit and the wake-up of a worker: the tick finds its copies."""

import signal
import subprocess
import sys
import time

from stories.digests.models import Delivery, DeliveryState
from tests.faults.processes import BrokenError
from tests.faults.stage import Stage

SEND_AND_DIE = """
import tests.faults.app
import os, signal
import django
django.setup()
from django.db import transaction
from stories.digests.sending import send_now
with transaction.atomic():
    # First of the callbacks after the commit: it dies before it wakes anybody.
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    send_now()
"""
QUIET_SECONDS = 2


def play(stage: Stage) -> int:
    stage.open()
    stage.staff(beats=0)
    stage.until(lambda: bool(stage.crew.senders), "the workers are up")
    died = subprocess.run([sys.executable, "-c", SEND_AND_DIE], check=False)
    if died.returncode != -signal.SIGKILL:
        raise BrokenError(f"The process ended with {died.returncode} instead of being killed.")
    time.sleep(QUIET_SECONDS)
    if stage.mail.ledger.read().copies:
        raise BrokenError("A worker was woken, so that this run shows nothing.")
    if Delivery.objects.filter(state=DeliveryState.PENDING).count() != stage.recipients:
        raise BrokenError("What was committed is not what should be sent.")
    stage.crew.add_beat()
    stage.until_settled()
    stage.settle()
    return 0
