"""Databases of a run, on the server that the tests use, and gone with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.engines import DATABASE_URL
from tests.faults.processes import ROOT, BrokenError

# What a killed worker had committed must be there; whether the machine's disk has it is not the
# question. The row that stops PostgreSQL itself has a cluster that waits for the disk.
HASTY = "options=-c%20synchronous_commit%3Doff"


@contextmanager
def database(name: str, *, like: str = "template1") -> Iterator[str]:
    """A database of that name, made after `like`: its address. Dropped at the end."""
    with psycopg.connect(DATABASE_URL, autocommit=True, connect_timeout=5) as server:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(make.format(sql.Identifier(name), sql.Identifier(like)))
    try:
        yield urlsplit(DATABASE_URL)._replace(path=f"/{name}", query=HASTY).geturl()
    finally:
        with psycopg.connect(DATABASE_URL, autocommit=True, connect_timeout=5) as server:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            server.execute(drop.format(sql.Identifier(name)))


@contextmanager
def template() -> Iterator[str]:
    """The name of a database that has every table and no row, to be copied for each run."""
    name = f"kudos_faults_{os.getpid()}"
    with database(name) as url:
        migrate({"DATABASE_URL": url})
        yield name


def migrate(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--no-input"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BrokenError(f"migrate: {done.stderr.strip()}")
