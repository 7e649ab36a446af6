"""An edition given up, before it leaves and in the middle."""

from accounts.models import History, User
from stories.digests.archive import told
from stories.digests.db.ahead import Ahead
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition
from stories.digests.models.claiming import take
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import states
from tests.digests.mailserver import MailServer

SAM = "sam@company.example"


def give_up(edition: Edition, lead: User) -> bool:
    return edition.abort(by=lead, note="A customer asked us to wait.")


def test_nothing_leaves_any_more(edition: Edition, server: MailServer, culture_lead: User) -> None:
    assert give_up(edition, culture_lead)
    drain(edition)
    assert server.taken == []
    assert set(states(edition).values()) == {"cancelled"}


def test_what_a_worker_holds_is_cancelled_at_once_and_passes_no_fence(
    edition: Edition, culture_lead: User
) -> None:
    [held, *_others] = take(edition, most=1)
    give_up(edition, culture_lead)
    assert set(states(edition).values()) == {"cancelled"}
    assert not held.fence(edition.version)
    held.put_back()
    tick()
    assert set(states(edition).values()) == {"cancelled"}
    assert not Delivery.objects.filter(claim__isnull=False).exists()


def test_of_a_copy_held_for_its_second_time_nobody_knows_as_before(
    edition: Edition, culture_lead: User
) -> None:
    [held, *_others] = take(edition, most=1)
    Delivery.objects.filter(pk=held.pk).update(resends=1)
    give_up(edition, culture_lead)
    assert sorted(states(edition).values()) == ["cancelled", "cancelled", "cancelled", "uncertain"]


def test_a_copy_in_flight_is_still_written_down(edition: Edition, culture_lead: User) -> None:
    [held] = take(edition, most=1)
    assert held.fence(edition.version)
    give_up(edition, culture_lead)
    with Ahead() as ahead:
        held.mark_sent(ahead)
    assert sorted(states(edition).values()) == ["cancelled", "cancelled", "cancelled", "sent"]


def test_stories_that_nobody_has_read_go_into_the_next(
    edition: Edition, story: Story, culture_lead: User
) -> None:
    give_up(edition, culture_lead)
    tick()
    assert not edition.picks.exists()
    assert not told().exists()


def test_stories_that_somebody_has_read_are_not_told_again(
    edition: Edition, story: Story, server: MailServer, culture_lead: User
) -> None:
    Delivery.objects.exclude(address=SAM).update(next_attempt_at=None)
    drain(edition)
    Delivery.objects.filter(state="pending").update(next_attempt_at="2026-01-01T00:00Z")
    edition.refresh_from_db()
    Edition.objects.update(state="sending")
    give_up(edition, culture_lead)
    tick()
    assert [pick.story for pick in edition.picks.all()] == [story]
    assert [shown.pk for shown in told()] == [edition.pk]


def test_it_is_given_up_once_and_says_who_and_why(edition: Edition, culture_lead: User) -> None:
    assert give_up(edition, culture_lead)
    assert not give_up(edition, culture_lead)
    row = History.objects.about(edition).get(verb="abort")
    assert (row.actor, row.note) == (culture_lead, "A customer asked us to wait.")


def test_one_that_was_sent_cannot_be_given_up(
    edition: Edition, server: MailServer, culture_lead: User
) -> None:
    drain(edition)
    assert not give_up(edition, culture_lead)
    assert set(states(edition).values()) == {"sent"}
