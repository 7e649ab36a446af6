"""What a story said before, replayed from its history; and the names that are not said again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import History, Publicity, User
from stories.comparison import Part, parts
from stories.models import CustomerGroup, State, Story, Visibility
from stories.models.telling import snapshot
from stories.replay import Version, versions
from tests.factories import (
    UserFactory,
    ValueFactory,
    draft_story,
    tell_story,
    telling,
    wants,
)
from tests.stories.composing import photo_file

pytestmark = pytest.mark.django_db


def headlines(story: Story) -> list[str]:
    return [version.told["headline"] for version in versions(Story.objects.get(pk=story.pk))]


def edit(story: Story, by: User, **said: object) -> Story:
    story.edit(telling(**{"nominees": story.nominees} | said), by=by)
    return story


def last_change(story: Story, name: str) -> Part:
    """One part of the newest version, beside the one before it."""
    before, newest = versions(Story.objects.get(pk=story.pk))[-2:]
    return next(part for part in parts(before.told, newest.told) if part.name == name)


def marks(part: Part) -> list[tuple[str, str]]:
    return [(piece.kind, piece.words) for piece in part.pieces]


def test_each_edit_makes_a_version_with_who_and_when(
    story: Story, teller: User, culture_lead: User
) -> None:
    edit(story, teller, headline="Second")
    edit(story, culture_lead, headline="Third", what_they_did="Another text.")
    told = versions(story)
    assert headlines(story) == ["A kayak school kept its season", "Second", "Third"]
    assert [version.who for version in told] == [teller, teller, culture_lead]
    assert [version.at for version in told] == [row.at for row in History.objects.about(story)]


def test_a_draft_has_none(teller: User, nominee: User) -> None:
    story = draft_story(teller, nominee)
    assert versions(story) == []
    story.withdraw(by=teller)
    assert versions(story) == []


def test_a_draft_s_wording_is_in_none(teller: User, nominee: User) -> None:
    story = draft_story(teller, nominee, headline="An unkind word")
    story.keep(telling(nominees=[nominee]), by=teller)
    story.submit(by=teller)
    assert headlines(story) == ["A kayak school kept its season"]


def test_what_changes_no_word_makes_none(story: Story, teller: User, culture_lead: User) -> None:
    story.hide(by=culture_lead, note="Wait.")
    story.unhide(by=culture_lead)
    story.withdraw(by=teller)
    assert len(versions(story)) == 1


def test_keeping_it_private_makes_one(story: Story, teller: User, culture_lead: User) -> None:
    edit(story, culture_lead, headline="A lead's")
    story.keep_private(by=teller)
    assert versions(story)[-1].who == teller
    assert marks(last_change(story, "visibility")) == [
        ("removed", "Everybody at the company"),
        ("added", "Only the people celebrated and their managers"),
    ]


def test_a_story_without_history_began_as_it_is(story: Story, teller: User) -> None:
    """Brought by an import, or by the synthetic company."""
    when = timezone.now() - timedelta(days=3)
    other = Story.objects.create(
        teller=teller,
        state=State.PUBLISHED,
        headline="Brought along",
        what_they_did="Once.",
        customer_group=story.customer_group,
        published_at=when,
    )
    assert versions(other) == [Version(snapshot(other), snapshot(other), teller, when)]


def test_what_is_written_after_it_was_sent_back_is_read_once_it_is_submitted_again(
    story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    edit(story, teller, headline="Read by everybody")
    with story.changing("send back", lambda by, story: True, by=culture_lead):
        story.state = State.RETURNED
    story.keep(telling(nominees=[nominee], headline="In between"), by=teller)
    assert headlines(story) == ["A kayak school kept its season", "Read by everybody"]
    story.keep(telling(nominees=[nominee], headline="Sent again"), by=teller)
    story.submit(by=teller)
    assert headlines(story)[1:] == ["Read by everybody", "Sent again"]


def test_what_is_withdrawn_from_being_sent_back_shows_no_unsent_word(
    story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    with story.changing("send back", lambda by, story: True, by=culture_lead):
        story.state = State.RETURNED
    story.keep(telling(nominees=[nominee], headline="In between"), by=teller)
    story.withdraw(by=teller)
    assert headlines(story) == ["A kayak school kept its season"]


@pytest.fixture
def asked(nominee: User) -> User:
    return wants(nominee, Publicity.ASK_FIRST)


def test_what_only_those_asked_had_read_is_in_none_once_it_was_rewritten(
    asked: User, teller: User
) -> None:
    story = tell_story(teller, asked, headline="For one pair of eyes")
    story.rewrite(by=teller)
    story.keep(telling(nominees=[asked], headline="For everybody"), by=teller)
    story.submit(by=teller)
    story.agree(by=asked)
    assert headlines(story) == ["For everybody"]


def test_an_edit_that_asked_somebody_and_was_rewritten_is_in_none(
    story: Story, teller: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(story, teller, headline="For one pair of eyes", helping_hands=[stranger])
    assert headlines(story)[1:] == ["For one pair of eyes"]
    story.rewrite(by=teller)
    story.keep(telling(nominees=story.nominees, headline="For everybody"), by=teller)
    story.submit(by=teller)
    assert headlines(story)[1:] == ["For everybody"]


def test_what_somebody_agreed_to_is_its_teller_s(asked: User, teller: User) -> None:
    story = tell_story(teller, asked, photo=photo_file())
    story.agree_without_photo(by=asked)
    assert [version.who for version in versions(story)] == [teller]


def test_what_a_reviewer_wrote_is_theirs_also_once_somebody_agreed(
    story: Story, culture_lead: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(story, culture_lead, helping_hands=[stranger])
    story.agree(by=stranger)
    assert versions(story)[-1].who == culture_lead


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


def test_what_a_photo_showed_goes_with_it(story: Story, teller: User) -> None:
    edit(story, teller, photo=photo_file(), photo_alt="Ana on the quay")
    edit(story, teller, photo_alt="Somebody on the quay")
    assert marks(last_change(story, "photo_alt"))[0] == ("removed", "Ana")
    edit(story, teller, photo=photo_file(), photo_alt="Two kayaks")
    assert marks(last_change(story, "photo_alt")) == [("added", "Two kayaks")]
    assert "on the quay" not in everything(story)


def test_a_change_of_spaces_alone_is_said(story: Story, teller: User) -> None:
    edit(story, teller, what_they_did="One.\n\nTwo.")
    edit(story, teller, what_they_did="One. Two.")
    assert last_change(story, "what_they_did").note == "Only spaces and line breaks changed."


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


def everything(story: Story) -> str:
    return str([version.told for version in versions(Story.objects.get(pk=story.pk))])


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
