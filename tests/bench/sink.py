"""The mail server of the benchmarks: postfix's smtp-sink, which takes everything and keeps nothing.

It is written in C and answers several thousand messages a second, so that it is not what is
measured; whatever answers less would make every ratio look better than it is.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

PROGRAM = shutil.which("smtp-sink") or shutil.which("smtp-sink", path="/usr/sbin")
BACKLOG = "1000"
SECONDS_TO_START = 10


class MissingError(Exception):
    """Something that the benchmarks need is not on this machine."""


@contextmanager
def sink() -> Iterator[int]:
    """A running sink: its port."""
    if PROGRAM is None:
        raise MissingError("The benchmarks send to postfix's smtp-sink: install postfix.")
    port = free_port()
    # It refuses to run as root.
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    running = subprocess.Popen([PROGRAM, *user, f"127.0.0.1:{port}", BACKLOG])
    try:
        wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(10)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
