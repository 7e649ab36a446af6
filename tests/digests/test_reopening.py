"""An edition that was given up and is sent after all: nobody is left out, nothing old leaves."""

import pytest

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.db.ahead import Ahead
from stories.digests.drain import drain
from stories.digests.models import Edition
from stories.digests.models.claiming import take
from stories.digests.sending import send_now
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import states
from tests.digests.mailserver import MailServer
from tests.factories import ANOTHER_DEED, tell_story


@pytest.fixture
def given_up(edition: Edition, culture_lead: User) -> Edition:
    edition.abort(by=culture_lead, note="Wait.")
    return edition


def test_it_is_a_version_of_its_own(given_up: Edition) -> None:
    assert send_now().version == given_up.version + 1


def test_what_a_worker_still_holds_of_the_old_version_does_not_leave(
    edition: Edition, culture_lead: User
) -> None:
    [held, *_others] = take(edition)
    edition.abort(by=culture_lead, note="Wait.")
    send_now()
    assert not held.fence(edition.version)


def test_a_row_that_was_put_back_after_the_end_is_made_anew(
    edition: Edition, culture_lead: User, server: MailServer
) -> None:
    [held, *_others] = take(edition, most=1)
    edition.abort(by=culture_lead, note="Wait.")
    held.put_back()
    send_now()
    tick()
    drain(edition)
    assert set(states(edition).values()) == {"sent"}
    assert len(server.addresses) == User.objects.count()


def test_who_has_it_already_does_not_get_it_again(
    edition: Edition, culture_lead: User, server: MailServer
) -> None:
    [one, *_others] = take(edition, most=1)
    assert one.fence(edition.version)
    with Ahead() as ahead:
        one.mark_sent(ahead)
    edition.abort(by=culture_lead, note="Wait.")
    reopened = send_now()
    drain(reopened)
    assert one.address not in server.addresses
    reopened.refresh_from_db()
    assert reopened.eligible == reopened.deliveries.count()


def test_who_has_it_and_unsubscribed_since_still_counts(
    edition: Edition, culture_lead: User
) -> None:
    [one, *_others] = take(edition, most=1)
    assert one.fence(edition.version)
    with Ahead() as ahead:
        one.mark_sent(ahead)
    edition.abort(by=culture_lead, note="Wait.")
    User.objects.filter(pk=one.person_id).update(digest="off")
    reopened = send_now()
    assert reopened.eligible == reopened.deliveries.count() == User.objects.count()


def test_a_story_told_long_ago_and_published_anew_is_not_picked_again(
    edition: Edition, server: MailServer, story: Story, teller: User, nominee: User
) -> None:
    drain(edition)
    Edition.objects.update(week_start="2026-01-05", cutoff_at="2026-01-05T09:00Z")
    fresh = tell_story(teller, nominee, **ANOTHER_DEED)
    again = send_now()
    assert [pick.story for pick in again.picks.all()] == [fresh]


def test_a_frozen_edition_whose_only_story_went_sends_nothing_in_a_quiet_week(
    company: Company, story: Story, culture_lead: User
) -> None:
    frozen = _frozen(story)
    story.hide(by=culture_lead, note="Names a customer.")
    tick()
    frozen.refresh_from_db()
    assert frozen.state == "aborted"
    assert not frozen.deliveries.exists()


def test_where_quiet_weeks_invite_it_does_so(
    company: Company, story: Story, culture_lead: User
) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    frozen = _frozen(story)
    story.hide(by=culture_lead, note="Names a customer.")
    tick()
    assert frozen.deliveries.count() == User.objects.count()


def _frozen(story: Story) -> Edition:
    """Fixed and not fanned out; its hour has come."""
    edition = send_now()
    edition.deliveries.all().delete()
    Edition.objects.update(state="frozen")
    return edition
