"""The cast: everybody whom a test may ask what they can see or do."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client, TransactionTestCase
from django.utils import translation
from pytest_django import Settings

from accounts.models import Company, Delegation, Department, User
from accounts.models.delegation import today
from stories.models import CustomerGroup, Story
from tests.emptying import empty
from tests.factories import DepartmentFactory, GroupFactory, UserFactory, tell_story

WEEK = timedelta(days=7)


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """After each test that commits, as pytest-django has Django do it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty())
        yield


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Templates name their static files without a manifest that collectstatic would write."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def own_uploads(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Uploads of a test go to a folder of its own, which is there once it has any: making and
    removing thousands of empty ones takes a while."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "uploads" / uuid4().hex


@pytest.fixture(autouse=True)
def own_cache(settings: Settings) -> None:
    """What one test had counted or limited must not reach the next."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture(autouse=True)
def own_language(settings: Settings) -> None:
    """A request in German leaves German behind, until the next request comes."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def fast_passwords(settings: Settings) -> None:
    """Hashing a password well takes longer than a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(pk=1, name="Larkfield", vision="A day they still talk about.")


@pytest.fixture
def product(db: None) -> Department:
    return DepartmentFactory(name="Product")


@pytest.fixture
def care(db: None) -> Department:
    return DepartmentFactory(name="Customer Care")


@pytest.fixture
def suppliers(db: None) -> CustomerGroup:
    return GroupFactory(name="Suppliers", hue="amber")


@pytest.fixture
def customers(db: None) -> CustomerGroup:
    return GroupFactory(name="Customers", hue="coral")


@pytest.fixture
def culture_lead(db: None) -> User:
    return UserFactory(name="Cora Lindqvist", email="cora@company.example", is_culture_lead=True)


@pytest.fixture
def manager(product: Department) -> User:
    """Manages the nominee, and so reviews the feed."""
    return UserFactory(name="Maya Rao", email="maya@company.example", department=product)


@pytest.fixture
def director(manager: User) -> User:
    """Manages the manager, and so reviews all that the manager does."""
    head = UserFactory(name="Dana Osei", email="dana@company.example")
    manager.manager = head
    manager.save()
    return head


@pytest.fixture
def delegate(nominee: User, manager: User) -> User:
    """Reviews in the manager's place from today on for a week."""
    colleague = UserFactory(name="Dele Adeyemi", email="dele@company.example")
    Delegation.objects.hand_over(manager, colleague, first=today(), last=today() + WEEK)
    return colleague


@pytest.fixture
def other_manager(care: Department) -> User:
    """Manages somebody, but nobody whom the stories here celebrate."""
    boss = UserFactory(name="Otto Brandt", email="otto@company.example", department=care)
    UserFactory(name="Rui Costa", email="rui@company.example", department=care, manager=boss)
    return boss


@pytest.fixture
def teller(care: Department) -> User:
    return UserFactory(name="Ana Lima", email="ana@company.example", department=care)


@pytest.fixture
def nominee(product: Department, manager: User) -> User:
    return UserFactory(
        name="Priya Desai", email="priya@company.example", department=product, manager=manager
    )


@pytest.fixture
def stranger(db: None) -> User:
    return UserFactory(name="Sam Stone", email="sam@company.example")


@pytest.fixture
def leaver(db: None) -> User:
    return UserFactory(name="Lea Vogel", email="lea@company.example", is_active=False)


@pytest.fixture
def story(teller: User, nominee: User, suppliers: CustomerGroup) -> Story:
    """A published company story by the teller that celebrates the nominee."""
    return tell_story(teller, nominee, customer_group=suppliers)


@pytest.fixture
def as_teller(teller: User) -> Client:
    return signed_in(teller)


@pytest.fixture
def as_nominee(nominee: User) -> Client:
    return signed_in(nominee)


@pytest.fixture
def as_manager(manager: User) -> Client:
    return signed_in(manager)


@pytest.fixture
def as_other_manager(other_manager: User) -> Client:
    return signed_in(other_manager)


@pytest.fixture
def as_culture_lead(culture_lead: User) -> Client:
    return signed_in(culture_lead)


@pytest.fixture
def as_stranger(stranger: User) -> Client:
    return signed_in(stranger)


def signed_in(person: User) -> Client:
    """A browser of its own for this person."""
    client = Client()
    client.force_login(person)
    return client
