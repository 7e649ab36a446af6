"""Telling a story: from the form to the feed."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Company, Publicity, User
from stories.models import CustomerGroup, Story
from stories.models.choices import State, Visibility
from tests.conftest import signed_in
from tests.factories import ValueFactory
from tests.stories.composing import HTMX, fields, open_composer, photo_file, publish

pytestmark = pytest.mark.django_db

COMPOSE = "/stories/new/"


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def test_a_story_is_published_as_it_was_told(
    as_teller: Client, nominee: User, manager: User, suppliers: CustomerGroup
) -> None:
    value = ValueFactory()
    response = publish(
        as_teller,
        nominee,
        helping_hands=[manager.ref],
        values=[value.pk],
        customer_words="I was only dreading the form.",
        words_source="call",
        customer_role="the owner",
        customer_name="Mara Quell",
        customer_agreed="on",
        photo=photo_file(),
        photo_alt="A boat",
    )
    story = Story.objects.get()
    assert response.url == f"{story.get_absolute_url()}?told=1"
    assert (story.state, story.moment, story.customer_group) == ("published", "wow", suppliers)
    assert (story.nominees, story.helping_hands) == ([nominee], [manager])
    assert list(story.values.all()) == [value]
    assert (story.customer_name, story.photo_alt) == ("Mara Quell", "A boat")


def test_somebody_who_wants_to_be_asked_is_asked(as_teller: Client, nominee: User) -> None:
    User.objects.filter(pk=nominee.pk).update(publicity=Publicity.ASK_FIRST)
    publish(as_teller, nominee)
    assert Story.objects.get().state == State.ASKING


def test_a_private_story_stays_private(as_teller: Client, nominee: User) -> None:
    publish(as_teller, nominee, visibility="private")
    assert Story.objects.get().visibility == Visibility.PRIVATE


def test_sending_the_form_twice_makes_one_story(as_teller: Client, nominee: User) -> None:
    first, second = publish(as_teller, nominee), publish(as_teller, nominee)
    assert (Story.objects.count(), second.url) == (1, first.url)


def test_the_second_time_changes_nothing(as_teller: Client, nominee: User) -> None:
    publish(as_teller, nominee)
    publish(as_teller, nominee, headline="Something else")
    assert Story.objects.get().headline == "A kayak school kept its season"


def test_the_same_key_of_somebody_else_is_a_story_of_their_own(
    as_teller: Client, as_stranger: Client, nominee: User
) -> None:
    publish(as_teller, nominee)
    publish(as_stranger, nominee)
    assert Story.objects.values("teller").distinct().count() == 2


def test_htmx_is_sent_to_the_story(as_teller: Client, nominee: User) -> None:
    response = as_teller.post(COMPOSE, fields(nominee, publish="yes"), headers=HTMX)
    assert response.headers["HX-Redirect"].endswith("?told=1")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_double_click_makes_one_story(teller: User, nominee: User) -> None:
    clients, start = [signed_in(teller) for _ in range(4)], Barrier(4)
    places: list[str] = []

    def click(client: Client) -> None:
        start.wait()
        places.append(publish(client, nominee).url)
        connection.close()

    clicks = [Thread(target=click, args=[client]) for client in clients]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert (Story.objects.count(), len(places), len(set(places))) == (1, 4, 1)


def test_what_may_stay_empty_is_called_optional(as_teller: Client) -> None:
    ValueFactory()
    page = open_composer(as_teller).content.decode()
    questions = ("difference did it make?", "our values does it show?", "Is there a photo?")
    marked = [f"{question} <small>optional</small>" in page for question in questions]
    assert marked == [True, True, True]
    assert "What did they do?</label>" in page
