"""`serve` as a person starts it: one command, three programs, one Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.core.management.base import CommandError
from django.db import connection
from pytest_django import Settings

from kudos.management.commands.serve import answers, chosen_port, refuse_a_taken_port

only_once = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="serve is tried with what it stands on, SQLite"
)
SETTINGS = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DIGEST_EMAIL_URL", "TRUSTED_PROXIES"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`serve` on a home of its own, up to the line that gives its address."""
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    environment |= {"KUDOS_HOME": str(tmp_path), "KUDOS_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Kudos is ready"):
                break
        yield process
        process.terminate()


def child_of(pid: int, words: str) -> int:
    """The process that `pid` started with these words in its command."""
    listing = subprocess.run(
        ["ps", "-ww", "-eo", "pid,ppid,args"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    found = re.search(rf"^ *(\d+) +{pid} .*{words}", listing, re.MULTILINE)
    assert found, listing
    return int(found[1])


@only_once
def test_the_address_that_it_prints_shows_the_sign_in_page(
    served: subprocess.Popen[str], port: int
) -> None:
    with urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        assert answer.status == 200


@only_once
def test_ctrl_c_ends_all_three(served: subprocess.Popen[str], port: int) -> None:
    served.send_signal(signal.SIGINT)
    said, _ = served.communicate(timeout=30)
    assert (served.returncode, said.splitlines()[-1]) == (0, "Kudos has stopped.")
    refuse_a_taken_port(port)


@only_once
def test_when_one_dies_the_others_are_ended_and_it_says_so(
    served: subprocess.Popen[str], port: int
) -> None:
    os.kill(child_of(served.pid, "celery .* worker"), signal.SIGKILL)
    said, _ = served.communicate(timeout=30)
    assert served.returncode == 1
    assert "The worker stopped (signal 9). The others were ended too." in said
    refuse_a_taken_port(port)


def test_a_taken_port_is_refused_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"make run PORT={port + 1}"):
            refuse_a_taken_port(port)


def test_a_port_that_is_none_is_refused(settings: Settings) -> None:
    settings.PUBLIC = urlsplit("http://127.0.0.1:70000")
    with pytest.raises(CommandError, match="from 1 to 65535"):
        chosen_port()


def test_nobody_answers_on_a_free_port(port: int) -> None:
    assert not answers(port)
