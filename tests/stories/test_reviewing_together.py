"""Many reviewers decide about one story in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from accounts.models import Company, History, User
from stories.models import State, Story
from stories.models.deeds import DecidedError, last_decisive
from tests.factories import UserFactory, tell_story
from tests.stories.reviewed import review_first

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer: nobody comes between"
    ),
]

REVIEWERS = 20
VERBS: list[Callable[[Story, User, int], None]] = [
    lambda story, by, seen: story.publish(by=by, seen=seen),
    lambda story, by, seen: story.send_back(by=by, note="Say what changed.", seen=seen),
]


def test_one_of_twenty_decides_and_nineteen_hear_who(
    company: Company, teller: User, nominee: User
) -> None:
    review_first()
    leads = [UserFactory(is_culture_lead=True) for _number in range(REVIEWERS)]
    story = tell_story(teller, nominee)
    assert story.state == State.WAITING
    submitted = last_decisive(story)
    assert submitted is not None
    barrier = Barrier(REVIEWERS)

    def decide(number: int) -> User | None:
        """Who was faster, or None for whoever was the one."""
        barrier.wait(30)
        try:
            row = Story.objects.get(pk=story.pk)
            VERBS[number % 2](row, leads[number], submitted.pk)
        except DecidedError as error:
            return error.deed.actor
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(REVIEWERS) as pool:
        answers = list(pool.map(decide, range(REVIEWERS), timeout=60))

    deed = History.objects.about(story).exclude(verb="submit").get()
    assert answers.count(None) == 1
    assert answers.count(deed.actor) == REVIEWERS - 1
    assert leads[answers.index(None)] == deed.actor
    story.refresh_from_db()
    assert story.state in {State.PUBLISHED, State.RETURNED}
