"""Taking copies on: each by one worker, with what is said of its reader."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import Company, User
from stories.digests.addressees import reader_of, ways_out
from stories.digests.models import Delivery, DeliveryState, Edition, UnsubscribeToken
from stories.digests.models.claiming import take
from tests.digests.conftest import more_readers


@pytest.fixture
def due(edition: Edition) -> Edition:
    more_readers(edition, 3)
    return edition


def test_nobody_s_copy_is_taken_twice(due: Edition) -> None:
    rows = due.deliveries.count()
    first = take(due, most=2)
    rest = take(due)
    assert len(first) == 2
    assert len(first + rest) == len({copy.pk for copy in first + rest}) == rows
    assert take(due) == []
    assert {row.state for row in due.deliveries.all()} == {DeliveryState.SENDING}


def test_what_is_taken_is_as_the_row_has_it(due: Edition) -> None:
    taken = take(due)
    assert len(taken) == due.deliveries.count()
    for copy in taken:
        row = Delivery.objects.get(pk=copy.pk)
        copy.lease_until = row.lease_until
        assert [getattr(copy, field.attname) for field in Delivery._meta.concrete_fields] == [
            getattr(row, field.attname) for field in Delivery._meta.concrete_fields
        ]


def test_the_reader_comes_along(
    due: Edition, company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    UnsubscribeToken.objects.of(User.objects.values_list("pk", flat=True))
    User.objects.filter(deliveries__edition=due).update(language="de")
    taken = take(due)
    assert len(taken) == due.deliveries.count()
    with django_assert_num_queries(0):
        out = ways_out(copy.person for copy in taken)
        readers = [reader_of(copy, out[copy.person_id]) for copy in taken]
        assert {copy.person.reads(company) for copy in taken} == {"de"}
    for reader in readers:
        person = User.objects.get(pk=reader.person)
        assert (reader.name, reader.department) == (person.name, person.department_id)
        assert reader.unsubscribe_url.endswith(f"/{person.unsubscribe_token.token}/")


def test_those_who_have_no_way_out_yet_get_it_at_once(due: Edition) -> None:
    UnsubscribeToken.objects.all().delete()
    taken = take(due)
    assert len(taken) > 1
    with CaptureQueriesContext(connection) as asked:
        out = ways_out(copy.person for copy in taken)
    assert len([query for query in asked if query["sql"].startswith("SELECT")]) == 2
    for copy in taken:
        token = UnsubscribeToken.objects.get(person=copy.person_id).token
        assert out[copy.person_id].endswith(f"/{token}/")


def test_taking_nothing_writes_nothing(due: Edition) -> None:
    take(due)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert take(due) == []
    assert not [query["sql"] for query in asked if "digest_take" in query["sql"]]
    assert not [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
