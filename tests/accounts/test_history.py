"""History is written once, whoever writes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.models import History, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(teller: User) -> History:
    return History.objects.record("change", teller, actor=teller, note="As it was")


def test_the_database_refuses_to_rewrite_a_row(row: History) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE accounts_history SET note = 'Otherwise' WHERE id = %s", [row.pk])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="Django empties SQLite row by row")
def test_the_database_refuses_to_delete_a_row(row: History) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM accounts_history WHERE id = %s", [row.pk])


def test_code_that_saves_a_row_again_fails(row: History) -> None:
    row.note = "Otherwise"
    with pytest.raises(PermissionDenied):
        row.save()


def test_code_that_updates_rows_fails(row: History) -> None:
    with pytest.raises(PermissionDenied):
        History.objects.update(note="Otherwise")


def test_code_that_deletes_a_row_fails(row: History) -> None:
    with pytest.raises(PermissionDenied):
        row.delete()


def test_code_that_deletes_rows_fails(row: History) -> None:
    with pytest.raises(PermissionDenied):
        History.objects.all().delete()


def test_rows_about_somebody_come_in_order(row: History, teller: User, nominee: User) -> None:
    History.objects.record("change", nominee, actor=None)
    later = History.objects.record("import", teller, actor=None)
    assert list(History.objects.about(teller)) == [row, later]
