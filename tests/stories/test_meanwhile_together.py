"""Two people save their changes of one story in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from accounts.models import History, User
from stories.models import Story
from stories.models.telling import fingerprint, snapshot
from stories.models.writing import OvertakenError
from tests.factories import telling

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer: nobody comes between"
    ),
]


def test_one_of_them_is_saved_and_the_other_told(story: Story, culture_lead: User) -> None:
    seen = fingerprint(snapshot(story))
    people = [story.teller, culture_lead]
    barrier = Barrier(len(people))

    def save(person: User) -> str:
        mine = telling(nominees=story.nominees, headline=f"{person.name} wrote this")
        row = Story.objects.get(pk=story.pk)
        barrier.wait()
        try:
            row.edit(mine, by=person, seen=seen)
        except OvertakenError:
            return "told"
        finally:
            connections.close_all()
        return "saved"

    with ThreadPoolExecutor(len(people)) as pool:
        answers = [future.result(30) for future in [pool.submit(save, who) for who in people]]

    assert sorted(answers) == ["saved", "told"]
    assert History.objects.about(story).filter(verb="edit").count() == 1
