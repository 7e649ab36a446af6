"""import_people FILE [--dry-run]: bring people, departments and managers up to date from a list."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.changes import Snapshot, change, snapshot
from accounts.importing import Line, Plan, UnreadableError, read
from accounts.models import Department, History, User
from accounts.signals import people_renamed

FIELDS = ("name", "email", "employee_id", "department", "manager", "time_zone")
BATCH = 500


class Command(BaseCommand):
    help = (
        "Add and update people from a CSV file with the columns name, email, department, manager "
        "(the manager's email) and, if you like, employee_id and time_zone. A bad line is "
        "reported and changes nothing; people who are not in the file are left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8, the columns named on top")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            lines, bad = read(file.read_bytes())
        except (OSError, UnreadableError) as error:
            raise CommandError(f"{file}: {error}") from error
        with transaction.atomic():
            plan = Plan.make(lines, User.objects.select_related("department", "manager"))
            added, changed = carry_out(plan)
            transaction.set_rollback(dry_run)
        bad = sorted(bad + plan.bad)
        for line in bad:
            self.stderr.write(f"Line {line.number}: {line.reason}")
        unchanged = len(plan.lines) - added - changed
        summary = f"{added} added, {changed} changed, {unchanged} unchanged, {_bad(len(bad))}"
        self.stdout.write(summary + (" (dry run: nothing was kept)" if dry_run else ""))
        if bad:
            raise CommandError(f"{_bad(len(bad))} changed nothing. Mend the file and run it again.")


def _bad(count: int) -> str:
    return f"{count} bad line{'' if count == 1 else 's'}"


def carry_out(plan: Plan) -> tuple[int, int]:
    """Write the plan; how many people were added and how many changed."""
    departments = _departments(plan)
    before = {who: snapshot(plan.people[who], FIELDS) for who in plan.lines if who > 0}
    people = {who: plan.people.get(who) or _new_person() for who in plan.lines}
    for who, line in plan.lines.items():
        _copy(line, people[who], departments)
    # New people first, without managers, so that anybody can be a manager by then.
    added = [person for who, person in people.items() if who < 0]
    User.objects.bulk_create(added, batch_size=BATCH)
    everybody = plan.people | people
    for who in plan.lines:
        manager = plan.manager_of(who)
        people[who].manager = everybody[manager] if manager is not None else None
    rows = [row for who, person in people.items() if (row := _news(person, before.get(who, {})))]
    touched = {row.subject_id for row in rows}
    changed = [person for who, person in people.items() if who > 0 and person.pk in touched]
    User.objects.bulk_update(
        [person for person in added if person.manager], ["manager"], batch_size=BATCH
    )
    User.objects.bulk_update(changed, [*FIELDS, "search_text"], batch_size=BATCH)
    History.objects.bulk_create(rows, batch_size=BATCH)
    renamed = [people[who] for who, was in before.items() if was["name"] != people[who].name]
    people_renamed.send(User, people=renamed)
    return len(added), len(changed)


def _news(person: User, before: Snapshot) -> History | None:
    return change("import", person, actor=None, before=before, after=snapshot(person, FIELDS))


def _departments(plan: Plan) -> dict[str, Department]:
    """Every department by its name in lower case, those that the list brings included."""
    found = {department.name.lower(): department for department in Department.objects.all()}
    wanted = {
        line.department.lower(): line.department for line in plan.lines.values() if line.department
    }
    new = [Department(name=name) for key, name in wanted.items() if key not in found]
    Department.objects.bulk_create(new, batch_size=BATCH)
    return found | {department.name.lower(): department for department in new}


def _new_person() -> User:
    """Somebody who cannot sign in until they choose a password."""
    return User(password=make_password(None))


def _copy(line: Line, person: User, departments: dict[str, Department]) -> None:
    """Everything but the manager. An empty address or number says nothing, a zone that
    the person chose stays."""
    person.name = line.name
    person.email = line.email or person.email
    person.employee_id = line.employee_id or person.employee_id
    person.time_zone = person.time_zone or line.time_zone
    if line.department is not None:
        person.department = departments[line.department.lower()] if line.department else None
    person.search_text = person.folded()
