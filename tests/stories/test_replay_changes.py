"""What a version changed of the one before it, said in words."""

import pytest

from accounts.models import Publicity, User
from stories.comparison import parts
from stories.models import CustomerGroup, Story, Visibility
from stories.replay import versions
from tests.factories import UserFactory, ValueFactory, tell_story, wants
from tests.stories.composing import photo_file
from tests.stories.replayed import edit, last_change, marks

pytestmark = pytest.mark.django_db


def test_keeping_it_private_makes_one(story: Story, teller: User, culture_lead: User) -> None:
    edit(story, culture_lead, headline="A lead's")
    story.keep_private(by=teller)
    assert versions(story)[-1].who == teller
    assert marks(last_change(story, "visibility")) == [
        ("removed", "Everybody at the company"),
        ("added", "Only the people celebrated and their managers"),
    ]


def test_people_are_said_by_name_also_those_who_were_taken_out(
    story: Story, teller: User, nominee: User
) -> None:
    namesake = UserFactory(name=nominee.name)
    edit(story, teller, nominees=[namesake], helping_hands=[UserFactory(name="Li")])
    assert marks(last_change(story, "nominees")) == [
        ("removed", "Priya Desai"),
        ("added", "Priya Desai"),
    ]
    assert marks(last_change(story, "helping_hands")) == [("added", "Li")]


def test_who_changed_places_is_not_said_to_be_new(
    teller: User, nominee: User, stranger: User
) -> None:
    story = edit(tell_story(teller, nominee, stranger), teller, nominees=[stranger, nominee])
    part = last_change(story, "nominees")
    assert {kind for kind, _name in marks(part)} == {"kept"}
    assert (part.is_changed, part.note) == (True, "The same, in another order.")


def test_what_was_chosen_is_said_in_words(
    story: Story, teller: User, suppliers: CustomerGroup, customers: CustomerGroup
) -> None:
    values = [ValueFactory(name="Own it"), ValueFactory(name="Call first")]
    edit(story, teller, customer_group=suppliers, values=values[:1], words_source="email")
    edit(story, teller, customer_group=customers, values=values, words_source="call", moment="wow")
    assert marks(last_change(story, "customer_group")) == [
        ("removed", "Suppliers"),
        ("added", "Customers"),
    ]
    assert marks(last_change(story, "moment")) == [("removed", "Customer love"), ("added", "Wow")]
    assert marks(last_change(story, "words_source")) == [
        ("removed", "An email"),
        ("added", "A call"),
    ]
    assert sorted(marks(last_change(story, "values"))) == [
        ("added", "Call first"),
        ("kept", "Own it"),
    ]


def test_of_a_photo_only_that_it_changed(story: Story, teller: User) -> None:
    edit(story, teller, photo=photo_file())
    assert marks(last_change(story, "photo")) == [("added", "A photo")]
    edit(story, teller, photo=photo_file())
    assert marks(last_change(story, "photo")) == [
        ("removed", "The photo before"),
        ("added", "Another photo"),
    ]
    edit(story, teller, photo=False)
    assert marks(last_change(story, "photo")) == [("removed", "A photo")]


def test_a_change_of_spaces_alone_is_said(story: Story, teller: User) -> None:
    edit(story, teller, what_they_did="One.\n\nTwo.")
    edit(story, teller, what_they_did="One. Two.")
    assert last_change(story, "what_they_did").note == "Only spaces and line breaks changed."


def test_a_story_that_became_private_by_a_wish_is_told_whole(
    story: Story, teller: User, stranger: User
) -> None:
    wants(stranger, Publicity.PRIVATE_ONLY)
    edit(story, teller, helping_hands=[stranger])
    assert marks(last_change(story, "visibility"))[0][0] == "removed"
    assert story.visibility == Visibility.PRIVATE


def test_whoever_left_no_account_is_somebody(story: Story, teller: User) -> None:
    edit(story, teller, nominees=[UserFactory()])
    told = versions(story)[0].told | {"named": [["nominee", "gone"]]}
    assert marks(parts(told, told)[1]) == [("kept", "Somebody")]
