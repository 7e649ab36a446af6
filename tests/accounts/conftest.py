"""What tests about people share."""

import pytest

from accounts.models import User
from tests.factories import UserFactory

PASSWORD = "seven kayaks on the quay"


@pytest.fixture(autouse=True)
def own_cache(settings: object) -> None:
    """Rate limits count in a cache, which one test must not leave to the next."""
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }


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
