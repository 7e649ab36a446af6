"""What tests of the desk share: a Friday, stories of that week, and what an edition tells."""

from datetime import UTC, datetime
from typing import Any

from accounts.models import History, User
from stories.digests.desk.arranging import word
from stories.digests.desk.lineup import lineup, refs_of, spare
from stories.digests.desk.words import Words
from stories.digests.models import Delivery, Edition, EditionState
from stories.models import Story
from tests.factories import tell_story

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def publish(teller: User, nominee: User, headline: str, **said: Any) -> Story:
    """A story with words of its own: no two are taken for tellings of one deed."""
    own = {"headline": headline, "what_they_did": headline, "difference": ""}
    return tell_story(teller, nominee, **(own | said))


def headlines(edition: Edition) -> list[str]:
    return [placed.story.headline for placed in lineup(edition)]


def done_to(edition: Edition) -> list[str]:
    """The verbs that history has of this edition, oldest first."""
    return [row.verb for row in History.objects.about(edition)]


def write(edition: Edition, *, subject: str, note: str, by: User) -> None:
    """Give it these words, with nobody else at the form."""
    edition.refresh_from_db()
    word(edition, subject=subject, note=note, by=by, shown=Words.of(edition))


def one_to_spare(edition: Edition) -> Story:
    return spare(edition, refs_of(lineup(edition)))[0]


def in_state(edition: Edition, state: EditionState) -> Edition:
    Edition.objects.filter(pk=edition.pk).update(state=state)
    edition.refresh_from_db()
    return edition


def become(copy: Delivery, state: str, **fields: object) -> None:
    """The copy as it is once it has ended like this, unless the fields say otherwise."""
    settled: dict[str, object] = {"state": state, "next_attempt_at": None}
    Delivery.objects.filter(pk=copy.pk).update(**(settled | fields))
