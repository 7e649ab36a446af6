"""What tests about people share."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.conftest import signed_in
from tests.factories import UserFactory

PASSWORD = "seven kayaks on the quay"


@pytest.fixture
def ana(db: None) -> User:
    """Somebody with a mailbox and a password."""
    person = UserFactory(name="Ana Lima", email="ana.lima@company.example")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def driver(db: None) -> User:
    """Somebody with an employee number and a password, without a mailbox."""
    person = UserFactory(name="Driss Amrani", email=None, employee_id="D-0417")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def writing(ana: User) -> Client:
    """Ana's browser: she opened a page, and then her session ended."""
    client = signed_in(ana)
    client.get("/preferences/")
    del client.cookies["sessionid"]
    return client


@dataclass
class Result:
    """What `import_people` printed, and whether it failed."""

    said: str
    complained: str
    failed: bool


type Run = Callable[..., Result]


@pytest.fixture
def people_from(tmp_path: Path) -> Run:
    def run(*lines: str, encoding: str = "utf-8", **options: bool) -> Result:
        file = tmp_path / "people.csv"
        file.write_bytes("\n".join(lines).encode(encoding))
        said, complained, failed = StringIO(), StringIO(), False
        try:
            call_command("import_people", str(file), stdout=said, stderr=complained, **options)
        except CommandError as error:
            failed = True
            complained.write(str(error))
        return Result(said.getvalue(), complained.getvalue(), failed)

    return run


def page_of(person: User) -> str:
    """The address of somebody's page in the admin."""
    return f"/admin/accounts/user/{person.pk}/change/"


def answers(person: User, **changed: object) -> dict[str, object]:
    """The form of somebody's page as it is, but for what is changed; None leaves a box unticked."""
    told = {
        "name": person.name,
        "email": person.email or "",
        "employee_id": person.employee_id or "",
        "department": person.department_id or "",
        "manager": person.manager_id or "",
        "time_zone": person.time_zone,
        "is_active": "on" if person.is_active else None,
        "is_culture_lead": "on" if person.is_culture_lead else None,
    } | changed
    return {name: value for name, value in told.items() if value is not None}


def changed(client: Client, person: User, **answer: object) -> User:
    """Somebody after this browser has sent the form of their page with these changes."""
    client.post(page_of(person), answers(person, **answer))
    return User.objects.get(pk=person.pk)
