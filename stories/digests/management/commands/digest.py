"""The weekly digest by hand: look at a copy, send this week's now, see how it stands, take back
what could not be delivered."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.db.models import Count
from django.utils import timezone
from django.utils.timesince import timesince

from accounts.models import User
from stories.digests.bounces import take_report
from stories.digests.models import DeliveryState, Edition, Heartbeat
from stories.digests.preview import preview
from stories.digests.reports import LARGEST, NoReportError
from stories.digests.sending import NothingToSendError, send_now

SHOWN = 4


class Command(BaseCommand):
    help = "preview --for EMAIL prints a copy; send --now sends; bounces takes back; status counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        one = verbs.add_parser("preview", help="print one person's copy as a mail file")
        one.add_argument("--for", dest="email", required=True, metavar="EMAIL")
        send = verbs.add_parser("send", help="make this week's edition and let it leave at once")
        send.add_argument("--now", action="store_true", required=True)
        bounces = verbs.add_parser("bounces", help="note what a returned mail reports")
        bounces.add_argument("file", nargs="?", help="the mail; without one, standard input")
        verbs.add_parser("status", help="the latest editions and their copies by state")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        match verb:
            case "preview":
                self.preview(options["email"])
            case "send":
                self.send()
            case "bounces":
                self.bounces(options["file"])
            case "status":
                self.status()

    def preview(self, email: str) -> None:
        person = User.objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {email}.")
        self.stdout.write(preview(person).decode("ascii"), ending="")

    def send(self) -> None:
        try:
            edition = send_now()
        except NothingToSendError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The edition of {edition} is on its way to {edition.deliveries.count()} people."
        )

    def bounces(self, file: str | None) -> None:
        try:
            said = take_report(read_mail(file))
        except (NoReportError, OSError) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(
                "The database does not answer; keep the mail and try again.",
                returncode=os.EX_TEMPFAIL,
            ) from error
        self.stdout.write(said)

    def status(self) -> None:
        self.stdout.write(heartbeat())
        for edition in Edition.objects.all()[:SHOWN]:
            held = ", paused" if edition.paused_at else ""
            self.stdout.write(f"{edition}: {edition.get_state_display()}{held}")
            rows = edition.deliveries.order_by().values("state").annotate(count=Count("pk"))
            counts = {row["state"]: row["count"] for row in rows}
            for state in DeliveryState:
                if counts.get(state):
                    self.stdout.write(f"  {state.value}: {counts[state]}")


def read_mail(file: str | None) -> bytes:
    """At most one byte more than the largest report, however much there is."""
    if file is None:
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(file).open("rb") as opened:
        return opened.read(LARGEST + 1)


def heartbeat() -> str:
    """When the ticker last went round, as a sentence."""
    last = Heartbeat.objects.first()
    if last is None:
        return "The ticker has never run: start Celery's beat and a worker."
    if last.at > timezone.now():
        return "The ticker ran just now."
    return f"The ticker last ran {timesince(last.at)} ago."
