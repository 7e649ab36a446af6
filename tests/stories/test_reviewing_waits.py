"""Which stories wait for a reviewer, and what those who are asked first have to do with it."""

import pytest

from accounts.models import Company, Department, Publicity, ReviewPolicy, User
from stories import signals
from stories.models import State, Story, Visibility
from tests.factories import UserFactory, tell_story, wants


def test_publish_first_lets_a_story_be_read_at_once(company: Company, story: Story) -> None:
    assert story.state == State.PUBLISHED


@pytest.mark.parametrize("who", ["teller", "nominee"])
def test_a_department_has_its_stories_reviewed_first(
    who: str, teller: User, nominee: User, request: pytest.FixtureRequest
) -> None:
    """Those that its people tell, and those that celebrate them."""
    department = request.getfixturevalue(who).department
    department.review_policy = ReviewPolicy.REVIEW_FIRST
    department.save()
    assert tell_story(teller, nominee).state == State.WAITING


def test_a_department_that_publishes_first_does_so_in_a_careful_company(
    review_first: None, manager: User, teller: User, nominee: User
) -> None:
    Department.objects.update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    assert tell_story(teller, nominee).state == State.PUBLISHED


def test_where_departments_differ_the_careful_one_counts(
    company: Company, teller: User, nominee: User, care: Department, product: Department
) -> None:
    Department.objects.filter(pk=care.pk).update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    Department.objects.filter(pk=product.pk).update(review_policy=ReviewPolicy.REVIEW_FIRST)
    assert tell_story(teller, nominee).state == State.WAITING


def test_somebody_without_a_department_is_the_companys(
    review_first: None, culture_lead: User, stranger: User, teller: User
) -> None:
    Department.objects.update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    assert tell_story(teller, stranger).state == State.WAITING


def test_a_private_story_waits_for_nobody(review_first: None, teller: User, nominee: User) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    assert story.state == State.PUBLISHED


def test_what_nobody_may_review_is_published_and_said(
    review_first: None, culture_lead: User, stranger: User
) -> None:
    """A single culture lead's own story."""
    heard = []

    def hear(story: Story, **kwargs: object) -> None:
        heard.append(story)

    signals.story_unreviewed.connect(hear)
    try:
        story = tell_story(culture_lead, stranger)
    finally:
        signals.story_unreviewed.disconnect(hear)
    assert story.state == State.PUBLISHED
    assert heard == [story]


def test_a_second_lead_reviews_the_firsts(
    review_first: None, culture_lead: User, stranger: User
) -> None:
    UserFactory(is_culture_lead=True)
    assert tell_story(culture_lead, stranger).state == State.WAITING


def test_all_agree_and_then_a_reviewer_sees_it(
    review_first: None, manager: User, teller: User, nominee: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee)
    assert story.state == State.ASKING
    story.agree(by=nominee)
    assert story.state == State.WAITING


def test_a_wish_made_while_it_waits_still_counts(
    waiting: Story, nominee: User, manager: User
) -> None:
    wants(nominee, Publicity.PRIVATE_ONLY)
    waiting.publish(by=manager)
    assert (waiting.state, waiting.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


def test_who_is_asked_after_the_review_publishes_by_agreeing(
    waiting: Story, nominee: User, manager: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    waiting.publish(by=manager)
    assert waiting.state == State.ASKING
    waiting.agree(by=nominee)
    assert waiting.state == State.PUBLISHED
