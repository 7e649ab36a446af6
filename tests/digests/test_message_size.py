"""However much people wrote, a copy is short to read and light to send."""

from collections.abc import Callable
from itertools import cycle, islice

import pytest

from accounts.models import Company, Department, User
from stories.digests.models import Edition
from stories.digests.sending import send_now
from stories.models import CustomerGroup
from stories.models.limits import HEADLINE_MAX, LINE_MAX, PUBLISHED_MAX
from tests.digests.copies import parsed, reader, shared_parts
from tests.digests.mailserver import text_of
from tests.factories import DepartmentFactory, GroupFactory, UserFactory, tell_story

STORIES = 6
NOMINEES = 5
WORDS_MAX = 250
BYTES_MAX, BYTES_AIM = 90_000, 30_000
# Adlam has four octets a letter and runs from the right; so has the rarest Chinese, without spaces.
SCRIPTS = {
    "plain words": "She rang at seven in the morning and moved all of them. ",
    "words of one letter": "a ",
    "one endless word": "x",
    "four octets a letter": "𞤢𞤣𞤤𞤥𞤦𞤧𞤨𞤩𞤪𞤫𞤬 ",
    "four octets, no spaces": "𠀀𠀁𠀂",
    "three octets": "हिन्दी में लिखा गया एक वाक्य। ",
    "signs that HTML escapes": "\"'<>& ",
    "pictures": "👩‍👩‍👧‍👦",
}

type Fill = Callable[[int], str]


@pytest.fixture(params=list(SCRIPTS.values()), ids=list(SCRIPTS))
def fill(request: pytest.FixtureRequest) -> Fill:
    """As many letters of a script as may be, never ending with a space."""
    return lambda most: "".join(islice(cycle(request.param), most)).rstrip() or "x"


@pytest.fixture
def fullest(company: Company, fill: Fill) -> Edition:
    """Every text as long as it may be, every list full, every department somebody's."""
    Company.objects.update(name=fill(80), vision=fill(200))
    groups = [GroupFactory(name=f"{n}{fill(59)}") for n in range(STORIES)]
    departments = [DepartmentFactory(name=f"{n}{fill(79)}") for n in range(STORIES)]
    for group in groups:
        group.served_by.set(departments)
    people = [
        UserFactory(name=fill(120), department=department)
        for department in departments
        for _each in range(NOMINEES)
    ]
    teller = UserFactory(name=fill(120))
    for number, group in enumerate(groups):
        tell_story(
            teller,
            *people[number * NOMINEES : (number + 1) * NOMINEES],
            customer_group=group,
            headline=f"{number}{fill(HEADLINE_MAX - 1)}",
            what_they_did=fill(PUBLISHED_MAX["what_they_did"]),
            difference=fill(PUBLISHED_MAX["difference"]),
            customer_words=fill(PUBLISHED_MAX["customer_words"]),
            customer_role=fill(LINE_MAX),
            customer_name=fill(LINE_MAX),
            customer_agreed=True,
            words_source="email",
        )
    edition = send_now()
    edition.note, edition.own_subject = fill(500), fill(120)
    return edition


def copies(edition: Edition) -> list[bytes]:
    """For somebody in each story, in each department, and for an outsider."""
    shared = shared_parts(edition)
    readers = [
        *(reader(person=user.pk, name=user.name) for user in User.objects.all()),
        *(reader(department=department.pk) for department in Department.objects.all()),
        reader(department=DepartmentFactory().pk),
    ]
    serving = DepartmentFactory()
    for group in CustomerGroup.objects.all():
        group.served_by.add(serving)
    readers.append(reader(department=serving.pk))
    return [shared.copy_for(one) for one in readers]


def words(content: bytes) -> list[str]:
    return [word for word in text_of(parsed(content)).split() if "://" not in word]


def test_the_fullest_edition_has_at_most_250_words_and_90_kb(fullest: Edition) -> None:
    made = copies(fullest)
    assert max(len(words(content)) for content in made) <= WORDS_MAX
    assert max(map(len, made)) <= BYTES_MAX


def test_the_fullest_edition_still_tells_every_story(fullest: Edition) -> None:
    text = text_of(parsed(shared_parts(fullest).copy_for(reader())))
    stories = fullest.picked()
    assert len(stories) == STORIES
    for story in stories:
        assert f"\n{story.headline[:4]}" in text
        assert story.get_absolute_url() in text


@pytest.fixture
def ordinary(
    company: Company, teller: User, suppliers: CustomerGroup, customers: CustomerGroup
) -> Edition:
    """Nine stories, each as people write them when they write much."""
    for number in range(9):
        tell_story(
            teller,
            UserFactory(name=f"Priya{number} Desai", department=DepartmentFactory()),
            headline=f"{number} kayak schools kept their season because somebody read the forecast",
            what_they_did=f"Of {number} schools none had seen it. She rang all of them herself. "
            * 40,
            customer_words="It was the best thing that happened to us. " * 20,
            customer_group=suppliers if number % 2 else customers,
        )
    return send_now()


def test_an_ordinary_edition_is_lighter_than_30_kb(ordinary: Edition) -> None:
    assert max(map(len, copies(ordinary))) < BYTES_AIM


def test_an_ordinary_edition_reads_in_two_minutes(ordinary: Edition) -> None:
    for content in copies(ordinary):
        assert 150 <= len(words(content)) <= WORDS_MAX


def test_an_ordinary_edition_says_how_many_there_are(ordinary: Edition) -> None:
    message = parsed(shared_parts(ordinary).copy_for(reader()))
    assert message["Subject"].endswith(" + 8")
    assert "Read all 9 stories" in text_of(message)


def test_lines_of_the_plain_part_are_short_and_links_alone(ordinary: Edition) -> None:
    for line in text_of(parsed(shared_parts(ordinary).copy_for(reader()))).splitlines():
        assert len(line) <= 72 or "://" in line
        assert "://" not in line or line.startswith("http")


def test_what_is_cut_ends_with_a_sentence_or_says_that_it_goes_on(ordinary: Edition) -> None:
    text = text_of(parsed(shared_parts(ordinary).copy_for(reader())))
    parts = [" ".join(part.split()) for part in text.split("\r\n\r\n")]
    [told] = [part for part in parts if part.startswith("Of ")]
    assert told.endswith(("herself.", "it.", " …"))
    [quoted] = [part for part in parts if part.startswith("“")]
    assert quoted.endswith(("us.”", " …”"))
