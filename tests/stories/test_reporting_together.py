"""Readers who report one story in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from accounts.models import Company, History, User
from stories.models import State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer: nobody comes between"
    ),
]


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    barrier = Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(60) for future in [pool.submit(begin, work) for work in works]]


def sending(client: Client, story: Story, key: str) -> Callable[[], int]:
    said = {"reason": "Names a customer", "key": key}
    return lambda: int(client.post(f"/stories/{story.ref}/report/", said).status_code)


def test_clicks_of_one_person_are_one_report(company: Company, story: Story) -> None:
    reader, key = UserFactory(), str(uuid4())
    works = [sending(signed_in(reader), story, key) for _click in range(6)]
    assert set(at_once(works)) == {302}
    assert story.reports.count() == 1
    assert History.objects.about(story).filter(verb="report").count() == 1


def test_so_are_two_pages_of_one_person(company: Company, story: Story) -> None:
    reader = UserFactory()
    works = [sending(signed_in(reader), story, str(uuid4())) for _page in range(6)]
    assert set(at_once(works)) == {302}
    assert story.reports.count() == 1


def test_three_people_hide_it_once(company: Company, story: Story, culture_lead: User) -> None:
    people = [UserFactory() for _each in range(3)]
    works = [sending(signed_in(person), story, str(uuid4())) for person in people]
    assert set(at_once(works)) == {302}
    story.refresh_from_db()
    assert story.state == State.HIDDEN
    assert story.reports.open().count() == 3
    assert History.objects.about(story).filter(verb="hide").count() == 1


def test_more_than_it_takes_leave_none_half_done(company: Company, story: Story) -> None:
    """Who comes after it was hidden is told, and nothing of theirs is kept."""
    people = [UserFactory() for _each in range(6)]
    works = [sending(signed_in(person), story, str(uuid4())) for person in people]
    answers = at_once(works)
    assert set(answers) <= {302, 403, 404}
    assert answers.count(302) == story.reports.count() == 3
    assert History.objects.about(story).filter(verb="hide").count() == 1
