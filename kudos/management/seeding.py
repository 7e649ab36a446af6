"""A synthetic company of any size: the same seed gives the same rows, inserted in bulk."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import batched
from random import Random

from django.contrib.auth.hashers import make_password
from django.db.models import Model
from django.utils import timezone

from accounts.models import Company, Department, User
from stories.models import Cheer, CheerKind, CustomerGroup, Named, Role, State, Story, Value
from stories.models.customer_group import Hue

BATCH = 2_000
SPAN = timedelta(days=365)
REPORTS_EACH = 9
FIRST_NAMES = [
    "Ada",
    "Bo",
    "Chidi",
    "Dana",
    "Elif",
    "Femi",
    "Gil",
    "Hana",
    "Ines",
    "Jun",
    "Kofi",
    "Lena",
    "Mei",
    "Nils",
    "Olga",
    "Pia",
]
LAST_NAMES = [
    "Aydin",
    "Berg",
    "Costa",
    "Diaz",
    "Eze",
    "Falk",
    "Garg",
    "Haas",
    "Ito",
    "Jung",
    "Kaya",
    "Lund",
    "Mora",
    "Nagy",
    "Okoro",
]
DEPARTMENTS = [
    "Care",
    "Product",
    "Finance",
    "Sales",
    "Press",
    "Engineering",
    "Logistics",
    "Workplace",
    "Legal",
]
GROUPS = ["Customers", "Suppliers", "Journalists", "Employees", "Partners"]
VALUES = ["Honest", "Early", "Together", "Careful", "Curious", "Brave"]
DEEDS = [
    "rang",
    "mended",
    "wrote",
    "found",
    "moved",
    "checked",
    "drove",
    "waited",
    "asked",
    "rebuilt",
]
THINGS = [
    "invoice",
    "van",
    "booking",
    "letter",
    "order",
    "contract",
    "refund",
    "article",
    "kiln",
    "ticket",
]
OUTCOMES = ["kept the season", "opened on time", "paid in a day", "stayed with us", "smiled"]


def seed(*, people: int, stories: int, number: int) -> None:
    """Insert a company of `people` with `stories` spread over the last year.

    Stories are made and forgotten batch by batch: memory holds the people and one batch.
    """
    random = Random(number)  # noqa: S311  nothing here is a secret
    Company.objects.get_or_create(pk=1, defaults={"name": "Seedling"})
    staff = _people(random, people)
    groups, values = _groups(), _values()
    for batch in batched(_stories(random, stories, staff, groups), BATCH):
        told = Story.objects.bulk_create(batch)
        _insert(Story.values.through, _valued(random, told, values))
        _insert(Named, _named(random, told, staff))
        _insert(Cheer, _cheers(random, told, staff))


def _insert[M: Model](model: type[M], rows: Iterable[M]) -> list[M]:
    inserted: list[M] = []
    for batch in batched(rows, BATCH):
        inserted += model._default_manager.bulk_create(batch)
    return inserted


def _listed[M: Model](names: list[str], make: Callable[[int, str], M]) -> list[M]:
    return [make(position, name) for position, name in enumerate(names)]


def _people(random: Random, count: int) -> list[User]:
    departments = _insert(Department, (Department(name=name) for name in DEPARTMENTS))
    nobody_signs_in = make_password(None)

    def rows() -> Iterator[User]:
        for index in range(count):
            name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
            person = User(
                ref=f"p{random.getrandbits(60):015x}",
                email=f"{name.replace(' ', '.').lower()}.{index}@seed.example",
                name=name,
                department=random.choice(departments),
                password=nobody_signs_in,
            )
            person.search_text = person.folded()
            yield person

    staff = _insert(User, rows())
    for index, person in enumerate(staff[1:], start=1):
        person.manager = staff[(index - 1) // REPORTS_EACH]
    User.objects.bulk_update(staff[1:], ["manager"], batch_size=BATCH)
    return staff


def _groups() -> list[CustomerGroup]:
    return _insert(
        CustomerGroup,
        _listed(GROUPS, lambda at, name: CustomerGroup(name=name, position=at, hue=Hue.values[at])),
    )


def _values() -> list[Value]:
    return _insert(Value, _listed(VALUES, lambda at, name: Value(name=name, position=at)))


def _stories(
    random: Random, count: int, staff: list[User], groups: list[CustomerGroup]
) -> Iterator[Story]:
    now = timezone.now()
    for index in range(count):
        deed, thing, outcome = map(random.choice, (DEEDS, THINGS, OUTCOMES))
        yield Story(
            ref=f"s{random.getrandbits(60):015x}",
            teller=random.choice(staff),
            state=State.PUBLISHED,
            customer_group=random.choice(groups),
            headline=f"They {deed} about the {thing} and the customer {outcome}",
            what_they_did=f"Before anybody asked, they {deed} about the {thing}. " * 5,
            difference=f"The customer {outcome}.",
            published_at=now - SPAN * (index + 1) / (count + 1),
        )


def _valued(random: Random, told: list[Story], values: list[Value]) -> Iterator[Model]:
    link = Story.values.through
    for story in told:
        yield link(story_id=story.pk, value_id=random.choice(values).pk)


def _named(random: Random, told: list[Story], staff: list[User]) -> Iterator[Named]:
    for story in told:
        others = random.sample(staff, min(len(staff), random.choice((2, 2, 2, 3, 4))))
        chosen = [person for person in others if person.pk != story.teller_id]
        for position, person in enumerate(chosen):
            role = Role.HELPER if position == 2 else Role.NOMINEE
            yield Named(story=story, person=person, role=role, position=position)


def _cheers(random: Random, told: list[Story], staff: list[User]) -> Iterator[Cheer]:
    for story in told:
        for person in random.sample(staff, min(len(staff), random.randrange(4))):
            yield Cheer(story=story, person=person, kind=random.choice(CheerKind.values))
