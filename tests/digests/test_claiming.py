"""Taking copies on: each by one worker, with what is said of its reader."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
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
    assert len({copy.pk for copy in first + rest}) == rows
    assert take(due) == []
    assert {row.state for row in due.deliveries.all()} == {DeliveryState.SENDING}


def test_what_is_taken_is_as_the_row_has_it(due: Edition) -> None:
    for copy in take(due):
        row = Delivery.objects.get(pk=copy.pk)
        copy.lease_until = row.lease_until
        assert [getattr(copy, field.attname) for field in Delivery._meta.concrete_fields] == [
            getattr(row, field.attname) for field in Delivery._meta.concrete_fields
        ]


def test_the_reader_comes_along(
    due: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    UnsubscribeToken.objects.of(User.objects.values_list("pk", flat=True))
    taken = take(due)
    with django_assert_num_queries(0):
        out = ways_out(copy.person for copy in taken)
        readers = [reader_of(copy, out[copy.person_id]) for copy in taken]
    for reader in readers:
        person = User.objects.get(pk=reader.person)
        assert (reader.name, reader.department) == (person.name, person.department_id)
        assert reader.unsubscribe_url.endswith(f"/{person.unsubscribe_token.token}/")


def test_one_who_has_no_way_out_yet_gets_it(due: Edition) -> None:
    UnsubscribeToken.objects.all().delete()
    [copy] = take(due, most=1)
    out = ways_out([copy.person])
    assert out[copy.person_id].endswith(f"/{UnsubscribeToken.objects.get().token}/")


def test_taking_nothing_writes_nothing(due: Edition) -> None:
    take(due)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert take(due) == []
    assert not [query["sql"] for query in asked if "digest_take" in query["sql"]]
    assert not [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
