"""A teller changes what they proposed in the moment in which a reviewer decides about it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from accounts.models import Company, History, User
from stories.models import Story
from stories.models.deeds import DecidedError, last_decisive
from stories.models.telling import fingerprint
from stories.models.writing import OvertakenError
from tests.factories import telling
from tests.stories.reviewed import review_first

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer: nobody comes between"
    ),
]

READ, LATER = "Forty-one trips were saved", "Something that no reviewer has read"


def test_nothing_is_published_that_the_reviewer_has_not_read(
    company: Company, story: Story, manager: User
) -> None:
    review_first()
    story.edit(telling(nominees=story.nominees, headline=READ), by=story.teller)
    form = fingerprint(story.as_opened_by(story.teller))
    newest = last_decisive(story)
    assert newest is not None
    barrier = Barrier(2)

    def propose() -> str:
        row, said = Story.objects.get(pk=story.pk), telling(nominees=story.nominees, headline=LATER)
        barrier.wait()
        try:
            row.edit(said, by=story.teller, seen=form)
        except OvertakenError:
            return "told"
        finally:
            connections.close_all()
        return "done"

    def publish() -> str:
        row = Story.objects.get(pk=story.pk)
        barrier.wait()
        try:
            row.publish_edit(by=manager, seen=newest.pk)
        except DecidedError:
            return "told"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = [future.result(30) for future in [pool.submit(propose), pool.submit(publish)]]

    # Where the reviewer was faster, the teller's next words wait for them in their turn.
    assert answers in (["done", "told"], ["done", "done"], ["told", "done"])
    assert Story.objects.get(pk=story.pk).headline != LATER
    published = History.objects.about(story).filter(verb="publish edit").count()
    assert published == (answers[1] == "done")
