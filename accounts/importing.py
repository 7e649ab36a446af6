"""Reading a list of staff and planning what it changes; nothing here touches the database.

A bad line is reported and changes nothing; the good ones go in. Lines come in any order: a manager
may stand below the people who report to them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.core.exceptions import ValidationError

from accounts.models import Department, User
from kudos.lib.text import one_line

# What a column may be called, in any case, with spaces, dashes or underscores between words.
COLUMNS = {
    "name": "name",
    "email": "email",
    "email address": "email",
    "e mail": "email",
    "department": "department",
    "manager": "manager",
    "managers email": "manager",
    "manager email": "manager",
    "employee id": "employee_id",
    "employee number": "employee_id",
    "time zone": "time_zone",
}
DELIMITERS = ",;\t"
CHECKED = ("name", "email", "employee_id", "time_zone")


class UnreadableError(Exception):
    """The file as a whole cannot be read; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list. An empty text is an empty cell; None a column that is not there."""

    number: int
    name: str
    email: str
    employee_id: str
    department: str | None
    manager: str | None
    time_zone: str


@dataclass(frozen=True, slots=True, order=True)
class BadLine:
    number: int
    reason: str


def read(data: bytes) -> tuple[list[Line], list[BadLine]]:
    """The lines of a CSV file in UTF-8, separated by commas, semicolons or tabs, and the bad ones.

    Raises UnreadableError when it is something else, or lacks a column that it needs.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("This is not UTF-8. Save the list as “CSV UTF-8”.") from error
    good, bad = [], []
    try:
        for number, cells in _rows(text):
            line = _line(number, cells)
            if reason := _complaint(line, cells):
                bad.append(BadLine(number, reason))
            else:
                good.append(line)
    except csv.Error as error:
        raise UnreadableError(f"This is not a CSV file that we can read: {error}.") from error
    return good, bad


def _rows(text: str) -> Iterator[tuple[int, dict[str | None, str]]]:
    """Each row that is not empty, with the number of its first line; None holds cells too many."""
    heading = text.partition("\n")[0]
    rows = csv.reader(
        StringIO(text, newline=""), delimiter=max(DELIMITERS, key=heading.count), strict=True
    )
    names = [_column(cell) for cell in next(rows, [])]
    if "name" not in names or not {"email", "employee_id"} & set(names):
        raise UnreadableError(
            "The first line must name the columns: name, and email or employee_id; "
            "then department, manager and time_zone as you like."
        )
    start = rows.line_num + 1
    for row in rows:
        if any(cell.strip() for cell in row):
            cells: dict[str | None, str] = {None: "".join(row[len(names) :]).strip()}
            for place, name in enumerate(names):
                if name:
                    cells[name] = one_line(row[place]) if place < len(row) else ""
            yield start, cells
        start = rows.line_num + 1


def _column(heading: str) -> str:
    words = heading.lower().replace("'", "").replace("’", "")
    return COLUMNS.get(one_line(words.replace("_", " ").replace("-", " ")), "")


def _line(number: int, cells: dict[str | None, str]) -> Line:
    manager = cells.get("manager")
    return Line(
        number=number,
        name=cells["name"],
        email=cells.get("email", "").lower(),
        employee_id=cells.get("employee_id", ""),
        department=cells.get("department"),
        manager=manager.lower() if manager is not None else None,
        time_zone=cells.get("time_zone", ""),
    )


def _complaint(line: Line, cells: dict[str | None, str]) -> str:
    """What is wrong with the line by itself, or ""."""
    if cells[None]:
        return "There are more cells than columns. Is a comma missing its quotes?"
    if not (line.email or line.employee_id):
        return "An email address or an employee number is missing."
    person = User(**{name: getattr(line, name) or None for name in ("email", "employee_id")})
    person.name, person.time_zone = line.name, line.time_zone
    others = {column.name for column in User._meta.fields} - set(CHECKED)
    try:
        person.clean_fields(exclude=others)
        if line.department:
            Department(name=line.department).clean_fields(exclude={"id"})
    except ValidationError as error:
        column, messages = next(iter(error.message_dict.items()))
        return f"{column}: {messages[0]}"
    return ""


@dataclass
class Plan:
    """Which line is about whom. A person is their key, or minus the line's number while new."""

    people: dict[int, User]
    lines: dict[int, Line] = field(default_factory=dict)
    bad: list[BadLine] = field(default_factory=list)
    by_address: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)

    @classmethod
    def make(cls, lines: Iterable[Line], people: Iterable[User]) -> Plan:
        plan = cls({person.pk: person for person in people})
        plan.by_address = {person.email: pk for pk, person in plan.people.items() if person.email}
        plan.by_number = {
            person.employee_id: pk for pk, person in plan.people.items() if person.employee_id
        }
        for line in lines:
            plan.add(line)
        while wrong := plan.unknown_managers() or plan.circles():
            for who, reason in wrong.items():
                plan.bad.append(BadLine(plan.lines.pop(who).number, reason))
        plan.bad.sort()
        return plan

    def add(self, line: Line) -> None:
        """Match the line by address or number with somebody known, or somebody new."""
        found = {self.by_address.get(line.email), self.by_number.get(line.employee_id)} - {None}
        who = next(iter(found), None) or -line.number
        if len(found) > 1:
            self.complain(line, "The address and the employee number belong to two people.")
        elif who in self.lines:
            first = self.lines[who].number
            self.complain(line, f"This person stands on line {first} already.")
        else:
            self.lines[who] = line
            if line.email:
                self.by_address[line.email] = who
            if line.employee_id:
                self.by_number[line.employee_id] = who

    def complain(self, line: Line, reason: str) -> None:
        self.bad.append(BadLine(line.number, reason))

    def is_there(self, who: int | None) -> bool:
        """Whether somebody will be at the company once the lines are in."""
        return who is not None and (who in self.people or who in self.lines)

    def unknown_managers(self) -> dict[int, str]:
        return {
            who: f"Nobody has the manager’s address {line.manager}."
            for who, line in self.lines.items()
            if line.manager and not self.is_there(self.by_address.get(line.manager))
        }

    def manager_of(self, who: int) -> int | None:
        """Their manager once the lines are in."""
        line = self.lines.get(who)
        if line and line.manager is not None:
            return self.by_address.get(line.manager) if line.manager else None
        return self.people[who].manager_id if who in self.people else None

    def circles(self) -> dict[int, str]:
        """The lines that together make somebody their own manager. Each person is walked past
        once: from everybody upwards, stopping at whoever was seen on an earlier walk."""
        walked: dict[int, int] = {}
        wrong: dict[int, str] = {}
        for start in self.lines:
            at: int | None = start
            while at is not None and at not in walked:
                walked[at] = start
                at = self.manager_of(at)
            if at is not None and walked[at] == start:
                for who in self.round(at):
                    if who in self.lines and self.lines[who].manager:
                        wrong[who] = "This would make them their own manager, directly or not."
        return wrong

    def round(self, start: int) -> Iterator[int]:
        at = self.manager_of(start)
        yield start
        while at is not None and at != start:
            yield at
            at = self.manager_of(at)
