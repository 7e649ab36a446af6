"""What waits for nobody: what is taken away, and edits of what is off the feed."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Company, ReviewPolicy, User
from stories.models import Proposal, Story, Visibility
from tests.factories import tell_story
from tests.stories.composing import photo_file
from tests.stories.proposed import NEW, again, edit, is_waiting
from tests.stories.reviewed import verbs

# What never waits


def test_keeping_it_private_waits_for_nobody(careful: Story) -> None:
    edit(careful, headline=NEW, visibility=Visibility.PRIVATE)
    assert (again(careful).headline, again(careful).visibility) == (NEW, Visibility.PRIVATE)


def test_taking_the_photo_away_waits_for_nobody(
    manager: User, teller: User, nominee: User, company: Company
) -> None:
    story = tell_story(teller, nominee, photo=photo_file(), photo_alt="A quay")
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    edit(story, photo=False, photo_alt="A quay", headline=NEW)
    now = again(story)
    assert (bool(now.photo), now.photo_alt) == (False, "")
    assert now.headline == "A kayak school kept its season"
    assert now.proposal.says == {"headline": NEW}
    assert now.edited_at is not None
    assert verbs(story) == ["submit", "edit", "propose edit"]


def test_taking_the_customers_name_away_waits_for_nobody(
    manager: User, teller: User, nominee: User, company: Company
) -> None:
    story = tell_story(teller, nominee, customer_name="Bo Lind", customer_agreed=True)
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    edit(story)
    assert (again(story).customer_name, again(story).customer_agreed) == ("", False)
    assert not Proposal.objects.exists()
    assert verbs(story) == ["submit", "edit"]


def test_another_customers_name_waits(
    manager: User, teller: User, nominee: User, company: Company
) -> None:
    story = tell_story(teller, nominee, customer_name="Bo Lind", customer_agreed=True)
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    edit(story, customer_name="Bo Lindt", customer_agreed=True)
    assert again(story).customer_name == "Bo Lind"
    assert story.proposal.says == {"customer_name": "Bo Lindt"}


# What becomes of it where the story goes on without it


@pytest.mark.parametrize("way", ["hide", "keep_private", "send_back"])
def test_it_waits_for_nobody_while_the_story_is_off_the_feed(
    way: str, proposed: Story, manager: User, teller: User
) -> None:
    by = teller if way == "keep_private" else manager
    getattr(proposed, way)(by=by, **({} if way == "keep_private" else {"note": "A name in it"}))
    assert Proposal.objects.exists()
    assert not is_waiting(proposed)
    with pytest.raises(PermissionDenied):
        proposed.publish_edit(by=manager)
    proposed.take_edit_back(by=teller)


def test_shown_again_it_waits_again(proposed: Story, manager: User) -> None:
    proposed.hide(by=manager, note="A name in it")
    proposed.unhide(by=manager)
    assert is_waiting(proposed)


def test_a_story_submitted_anew_has_none(proposed: Story, manager: User, teller: User) -> None:
    proposed.send_back(by=manager, note="A name in it")
    proposed.submit(by=teller)
    assert not Proposal.objects.exists()


def test_while_it_is_private_an_edit_is_read_at_once(proposed: Story, teller: User) -> None:
    proposed.keep_private(by=teller)
    edit(proposed, headline="Among ourselves")
    assert again(proposed).headline == "Among ourselves"
    assert not Proposal.objects.exists()
