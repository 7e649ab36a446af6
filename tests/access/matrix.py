"""The matrix: the tables beside this file, read.

A new role is one more name in ROLES, a fixture of that name, and one more column in the tables.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from re import split

ROLES = (
    "signed_out",
    "stranger",
    "teller",
    "nominee",
    "manager",
    "delegate",
    "other_manager",
    "culture_lead",
    "leaver",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
# In the column of methods: all that no row of the same route names.
ELSE = "else"
# In place of a status: sent away to sign in.
SIGN_IN = "in"


@dataclass(frozen=True)
class Entry:
    """One row for one route: what each role is answered to each of these methods."""

    route: str
    about: str
    methods: tuple[str, ...]
    answers: dict[str, str]


def entries() -> list[Entry]:
    """All rows of all tables."""
    folder = Path(__file__).parent
    return [entry for path in sorted(folder.glob("*.md")) for entry in _read(path)]


def _read(path: Path) -> Iterator[Entry]:
    rows = [_cells(line) for line in path.read_text().splitlines() if line.startswith("|")]
    named: dict[str, set[str]] = defaultdict(set)
    for routes, _about, methods, *_answers in rows:
        for route in _expanded(routes):
            named[route] |= set(methods.split())
    for routes, about, methods, *answers in rows:
        if routes == "route":
            assert tuple(answers) == ROLES, f"{path.name} has other columns: {answers}"
        elif set(routes) != {"-"}:
            for route in _expanded(routes):
                rest = tuple(method for method in METHODS if method not in named[route])
                of_row = rest if methods == ELSE else tuple(methods.split())
                yield Entry(route, about, of_row, dict(zip(ROLES, answers, strict=True)))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _expanded(routes: str) -> list[str]:
    """`desk_{pause,resume}` is two routes, as in a shell."""
    pieces = split(r"\{([^}]*)\}", routes)
    choices = [piece.split(",") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return ["".join(chosen) for chosen in product(*choices)]
