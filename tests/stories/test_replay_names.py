"""Names and photos that went are in no version of a story any more."""

import pytest

from accounts.models import User
from stories.models import Story
from tests.factories import tell_story
from tests.stories.composing import photo_file
from tests.stories.replayed import edit, everything, last_change, marks

pytestmark = pytest.mark.django_db


def test_what_a_photo_showed_goes_with_it(story: Story, teller: User) -> None:
    edit(story, teller, photo=photo_file(), photo_alt="Ana on the quay")
    edit(story, teller, photo_alt="Somebody on the quay")
    assert marks(last_change(story, "photo_alt"))[0] == ("removed", "Ana")
    edit(story, teller, photo=photo_file(), photo_alt="Two kayaks")
    assert marks(last_change(story, "photo_alt")) == [("added", "Two kayaks")]
    assert "on the quay" not in everything(story)


@pytest.fixture
def named_customer(teller: User, nominee: User) -> Story:
    return tell_story(
        teller,
        nominee,
        headline="Grace Okafor kept her season",
        what_they_did="Rang Ms Okafor at seven, and GRACE OKAFOR was glad.",
        customer_name="Grace Okafor",
        customer_agreed=True,
    )


def test_a_name_is_in_no_version_once_its_bearer_does_not_agree_any_more(
    named_customer: Story, teller: User
) -> None:
    assert "Grace Okafor" in everything(named_customer)
    edit(named_customer, teller, headline="The owner kept her season")
    told = everything(named_customer)
    assert "okafor" not in told.casefold()
    assert "Grace" not in told
    assert "Rang Ms [a name] at seven" in told


def test_a_name_that_was_only_mended_is_still_said(named_customer: Story, teller: User) -> None:
    edit(
        named_customer,
        teller,
        headline="Grace Okafor-Bell kept her season",
        customer_name="Grace Okafor-Bell",
        customer_agreed=True,
    )
    assert "Grace Okafor-Bell kept" in everything(named_customer)
    assert "Ms Okafor at seven" in everything(named_customer)


def test_another_customer_s_name_is_not_said_but_shared_words_are(
    named_customer: Story, teller: User
) -> None:
    edit(
        named_customer,
        teller,
        headline="Grace Miller kept her season",
        customer_name="Grace Miller",
        customer_agreed=True,
    )
    told = everything(named_customer)
    assert "Okafor" not in told
    assert "Grace Miller kept" in told


def test_a_name_in_a_script_without_spaces_is_left_out_too(teller: User, nominee: User) -> None:
    story = tell_story(
        teller,
        nominee,
        what_they_did="打电话给王小明先生。",
        customer_name="王小明",
        customer_agreed=True,
    )
    edit(story, teller)
    assert "王小明" not in everything(story)
