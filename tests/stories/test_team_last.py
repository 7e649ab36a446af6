"""Who of a team was last celebrated, told a story or helped, as far as it is the manager's."""

import pytest
from django.test import Client

from accounts.models import Publicity, User
from stories.models import Story, Visibility
from tests.factories import UserFactory, draft_story, tell_story, wants
from tests.stories.teams import page, told_days_ago

pytestmark = pytest.mark.django_db


def last(client: Client) -> dict[User, tuple[Story | None, Story | None, Story | None]]:
    """Each report's last story that celebrates them, that they told, that they helped with."""
    return {
        report.person: (report.celebrated, report.told, report.helped)
        for report in page(client)["page"].shown
    }


# --- Whom it shows ------------------------------------------------------------------------


def test_it_shows_direct_reports_by_name(
    as_manager: Client, manager: User, nominee: User, other_manager: User
) -> None:
    first = UserFactory(name="Abel Adams", manager=manager)
    UserFactory(name="Not direct", manager=nominee)

    assert list(last(as_manager)) == [first, nominee]


def test_a_leaver_among_the_reports_is_left_out(
    as_manager: Client, manager: User, nominee: User, leaver: User
) -> None:
    leaver.manager = manager
    leaver.save()

    assert list(last(as_manager)) == [nominee]
    assert leaver not in page(as_manager, list="not-celebrated-lately")["quiet"]


def test_who_changed_manager_is_on_the_new_ones_page_with_their_private_stories(
    as_manager: Client,
    as_other_manager: Client,
    manager: User,
    other_manager: User,
    teller: User,
    nominee: User,
) -> None:
    UserFactory(manager=manager)
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    assert last(as_manager)[nominee][0] == story
    nominee.manager = other_manager
    nominee.save()

    assert nominee not in last(as_manager)
    assert last(as_other_manager)[nominee][0] == story


# --- What it shows ------------------------------------------------------------------------


def test_it_shows_the_last_story_of_each_kind(
    as_manager: Client, teller: User, nominee: User, stranger: User
) -> None:
    told_days_ago(tell_story(teller, nominee), 5)
    celebrated = told_days_ago(tell_story(teller, nominee), 3)
    told = tell_story(nominee, stranger)
    told_days_ago(tell_story(nominee, stranger), 9)
    helped = told_days_ago(tell_story(teller, stranger, helping_hands=[nominee]), 12)

    assert last(as_manager)[nominee] == (celebrated, told, helped)


def test_nominee_of_one_story_and_helping_hand_of_another(
    as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    other = UserFactory(name="Zoe", manager=manager)
    first = tell_story(teller, nominee, helping_hands=[other])
    second = tell_story(teller, other, helping_hands=[nominee])

    assert last(as_manager) == {nominee: (first, None, second), other: (second, None, first)}


def test_what_is_not_published_does_not_count(
    as_manager: Client, teller: User, nominee: User, culture_lead: User, stranger: User
) -> None:
    draft_story(teller, nominee)
    draft_story(nominee, stranger)
    tell_story(teller, nominee).hide(by=culture_lead, note="Ask the customer first.")
    tell_story(teller, nominee).withdraw(by=teller)
    tell_story(teller, stranger, helping_hands=[nominee]).withdraw(by=teller)
    wants(nominee, Publicity.ASK_FIRST)
    tell_story(teller, nominee)

    assert last(as_manager)[nominee] == (None, None, None)


def test_a_story_hidden_gives_way_to_the_one_before(
    as_manager: Client, teller: User, nominee: User, culture_lead: User
) -> None:
    before = told_days_ago(tell_story(teller, nominee), 4)
    hidden = tell_story(teller, nominee)
    assert last(as_manager)[nominee][0] == hidden
    hidden.hide(by=culture_lead, note="Ask the customer first.")

    assert last(as_manager)[nominee][0] == before


def test_private_stories_count_where_the_manager_may_read_them(
    as_manager: Client, teller: User, nominee: User, stranger: User
) -> None:
    celebrated = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    tell_story(nominee, stranger, visibility=Visibility.PRIVATE)
    tell_story(teller, stranger, helping_hands=[nominee], visibility=Visibility.PRIVATE)

    assert last(as_manager)[nominee] == (celebrated, None, None)
