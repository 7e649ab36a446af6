"""Reports of several people hide a story until a reviewer decides."""

import pytest

from accounts.models import Company, History, User
from stories import reasons
from stories.models import State, Story, Visibility
from tests.factories import UserFactory, tell_story
from tests.stories.reported import WHY, outcomes
from tests.stories.reviewed import verbs

pytestmark = pytest.mark.django_db


def test_three_people_hide_a_story(held: Story) -> None:
    assert held.state == State.HIDDEN
    assert verbs(held) == ["submit", "report", "report", "report", "hide"]
    row = History.objects.about(held).get(verb="hide")
    assert (row.actor, row.note) == (None, reasons.REPORTED)
    assert (row.before, row.after) == ({"state": "published"}, {"state": "hidden"})
    assert outcomes(held) == ["", "", ""]


def test_three_times_the_same_person_does_not(
    company: Company, story: Story, stranger: User, manager: User
) -> None:
    for _each in range(3):
        story.report(WHY, by=stranger)
        story.keep_as_it_is(by=manager)
    assert story.state == State.PUBLISHED


@pytest.mark.parametrize(("limit", "state"), [(0, State.PUBLISHED), (1, State.HIDDEN)])
def test_the_company_says_how_many(
    limit: int, state: State, company: Company, story: Story, stranger: User, nominee: User
) -> None:
    Company.objects.update(reports_to_hide=limit)
    story.report(WHY, by=stranger)
    if not limit:
        story.report(WHY, by=nominee)
    assert story.state == state


def test_those_that_were_kept_do_not_count(
    company: Company, story: Story, stranger: User, nominee: User, manager: User
) -> None:
    story.report(WHY, by=stranger)
    story.report(WHY, by=nominee)
    story.keep_as_it_is(by=manager)
    story.report(WHY, by=UserFactory())
    assert story.state == State.PUBLISHED


def test_a_private_story_is_hidden_as_well(
    company: Company, private: Story, nominee: User, manager: User
) -> None:
    Company.objects.update(reports_to_hide=1)
    private.report(WHY, by=nominee)
    assert private.state == State.HIDDEN
    private.unhide(by=manager)
    assert (private.state, private.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


def test_reports_hide_nothing_that_nobody_could_show_again(
    company: Company, culture_lead: User, stranger: User
) -> None:
    """A single culture lead's own story."""
    story = tell_story(culture_lead, stranger)
    for number in range(4):
        story.report(WHY, by=UserFactory(name=f"Reader {number}"))
    assert story.state == State.PUBLISHED
