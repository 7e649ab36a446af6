"""`serve`: everything that Kudos needs on one machine, in one terminal."""

import http.client
import os
import socket
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from kudos.management.processes import StoppedError, Together

HOST = "127.0.0.1"
READY_SECONDS = 60


class Command(BaseCommand):
    help = (
        "Prepare the database and the static files, then run web, worker and beat together "
        "until Ctrl-C. It listens on this machine only, at the port of KUDOS_URL."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo company first")

    def handle(self, *, demo: bool, **options: Any) -> None:
        port = chosen_port()
        refuse_a_taken_port(port)
        self.prepare(demo=demo)
        try:
            with Together(programs(port)) as together:
                self.announce(together, port)
                together.watch()
        except StoppedError as error:
            raise CommandError(f"{error} The others were ended too.") from error
        self.stdout.write("Kudos has stopped.")

    def prepare(self, *, demo: bool) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if demo:
            call_command("demo", stdout=self.stdout)
        connections.close_all()

    def announce(self, together: Together, port: int) -> None:
        deadline = time.monotonic() + READY_SECONDS
        together.watch(until=lambda: answers(port) or time.monotonic() > deadline)
        if together.asked_to_stop:
            return
        if not answers(port):
            raise CommandError(f"The web server did not answer within {READY_SECONDS} seconds.")
        self.stdout.write(f"\nKudos is ready: {settings.KUDOS_URL}/\nCtrl-C stops it.\n")
        self.stdout.flush()


def chosen_port() -> int:
    """The port of KUDOS_URL, 8000 without one; raises CommandError when it is none."""
    try:
        return settings.PUBLIC.port or 8000
    except ValueError as error:
        raise CommandError("A port is a number from 1 to 65535.") from error


def refuse_a_taken_port(port: int) -> None:
    """Raise CommandError when the port cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Choose another one, for example: make run PORT={port + 1}"
            ) from error


def answers(port: int) -> bool:
    """Whether the web server and its database answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def programs(port: int) -> dict[str, list[str]]:
    """The three programs by name, each as the words of its command."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--app", "kudos"]
    schedule = settings.KUDOS_HOME / "beat-schedule"
    return {
        "web server": [
            *python, "gunicorn", "kudos.wsgi", "--bind", f"{HOST}:{port}",
            "--worker-class", "gthread", "--threads", "4",
            "--log-level", "warning", "--no-control-socket",
        ],
        # One process is enough beside SQLite, which has one writer at a time.
        "worker": [
            *celery, "worker", "--pool", "solo", "--loglevel", "warning",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ],
        # Without a pid file, since one that outlives a crash bars the next start. Two beats at
        # once are harmless.
        "beat": [
            *celery, "beat", "--schedule", os.fspath(schedule), "--pidfile", "",
            "--loglevel", "warning",
        ],
    }  # fmt: skip
