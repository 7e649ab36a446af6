"""Redis, a PostgreSQL cluster and the mail server of one run: started, broken and ended here."""

import json
import os
import shutil
import signal
import smtplib
import subprocess
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.ledger import Ledger
from tests.faults.processes import BrokenError, find, kill, listens, python, start, wait_for
from tests.faults.smtp import Mode


class Redis:
    """Keeps nothing: whatever it held is gone when it comes back."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.start()

    def start(self) -> None:
        program = [find("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1"]
        memory = ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = start([*program, *memory], log=self.folder / "redis.log")
        wait_for(lambda: listens(self.port), "Redis answers")

    def kill(self) -> None:
        kill(self.process)


class MailServer:
    """The server of smtp.py, and its ledger, which outlives it."""

    def __init__(self, folder: Path, port: int, mode: Mode) -> None:
        self.folder, self.port = folder, port
        self.mode = mode
        self.ledger = Ledger(folder / "ledger")
        self.start()

    def start(self) -> None:
        mode = json.dumps(asdict(replace(self.mode, hang=0, drop=0)))
        command = python("tests.faults.smtp", str(self.port), self.ledger.path, mode)
        self.process = start(command, log=self.folder / "smtp.log")
        wait_for(lambda: listens(self.port), "the mail server answers")

    def behave(self, **changes: Any) -> None:
        """Change the mode from now on; returns once the server has it."""
        self.mode = replace(self.mode, **changes)
        with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as line:
            code, _text = line.docmd("XMODE", json.dumps(changes))
        if code != 250:
            raise BrokenError(f"The mail server did not take its mode: {code}.")

    def kill(self) -> None:
        kill(self.process)


class Cluster:
    """A PostgreSQL cluster of its own, because the machine's must not be stopped.

    It syncs to disk and commits synchronously, as a company's does.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.log, self.port = folder / "postgres.log", port
        # PostgreSQL refuses to run as root.
        self.owner = "postgres" if os.geteuid() == 0 else None
        self.data = folder / "cluster"
        self.data.mkdir()
        if self.owner:
            # On its way there it has to pass the run's own folder.
            folder.chmod(0o711)
            shutil.chown(self.data, self.owner, self.owner)
        words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        made = self.run("initdb", *words)
        if made.wait():
            raise BrokenError(f"There is no cluster: {self.log.read_text()}")
        self.start()

    def run(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        command = [find(program), "-D", str(self.data), *words]
        return start(command, log=self.log, cwd=self.data, user=self.owner)

    def start(self) -> None:
        sockets = ["-c", f"unix_socket_directories={self.data}", "-c", "listen_addresses=127.0.0.1"]
        self.process = self.run("postgres", "-p", str(self.port), *sockets)
        wait_for(self.answers, "PostgreSQL answers", seconds=60)

    def answers(self) -> bool:
        try:
            psycopg.connect(f"postgres://postgres@127.0.0.1:{self.port}/postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def stop_at_once(self) -> None:
        """PostgreSQL's "immediate": as in a crash, no checkpoint and no goodbye."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
