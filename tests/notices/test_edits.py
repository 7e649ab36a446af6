"""The mails about a change that waits for a reviewer."""

import pytest
from django.core import mail
from django.db.models import F

from accounts.models import Company, Publicity, User
from stories.models import Story
from stories.notices.models import Kind, Notice, State
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due
from tests.factories import UserFactory, telling, wants
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db

NEW = "Forty-one trips were saved"


@pytest.fixture
def proposed(story: Story, manager: User, stranger: User, company: Company) -> Story:
    """Another headline and another nominee wait for the manager."""
    review_first()
    send_due()
    mail.outbox.clear()
    nominees = [*story.nominees, stranger]
    story.edit(telling(headline=NEW, nominees=nominees), by=story.teller)
    return story


def after_the_hold() -> list[tuple[str, str]]:
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    send_due()
    return sorted((letter.to[0], str(letter.subject)) for letter in mail.outbox)


def bodies_to(person: User) -> list[str]:
    [letter] = [letter for letter in mail.outbox if letter.to == [person.email]]
    return [" ".join(str(letter.body).split()), str(letter.alternatives[0].content)]


def leave(*people: User) -> None:
    User.objects.filter(pk__in=[person.pk for person in people]).update(is_active=False)


def test_the_teller_hears_that_it_is_read(
    proposed: Story, manager: User, teller: User, stranger: User
) -> None:
    proposed.publish_edit(by=manager)
    assert after_the_hold() == [
        (teller.email, "Your change is read now"),
        (stranger.email, "Ana Lima told a story about you"),
    ]
    for body in bodies_to(teller):
        assert NEW in body


def test_the_teller_hears_who_reads_it_where_it_made_the_story_private(
    proposed: Story, manager: User, teller: User, stranger: User
) -> None:
    wants(stranger, Publicity.PRIVATE_ONLY)
    proposed.publish_edit(by=manager)
    assert (teller.email, "Your change is read now") in after_the_hold()
    for body in bodies_to(teller):
        assert "only its teller, the people celebrated and their managers can read it" in body
        assert "readers read the new text" not in body


def test_the_teller_reads_why_it_was_sent_back(
    proposed: Story, manager: User, teller: User
) -> None:
    proposed.send_edit_back(by=manager, note="Forty, I think.")
    assert after_the_hold() == [(teller.email, "Maya Rao sent your change back with a note")]
    for body in bodies_to(teller):
        assert "Forty, I think." in body
        assert f"/stories/{proposed.ref}/proposal/" in body


def test_each_time_it_is_sent_back(proposed: Story, manager: User, teller: User) -> None:
    for note in ("Shorter", "Shorter still"):
        proposed.send_edit_back(by=manager, note=note)
        after_the_hold()
        proposed.edit(telling(headline=NEW, nominees=proposed.nominees), by=teller)
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("then", ["take_edit_back", "withdraw"])
def test_what_its_teller_took_back_is_not_told_as_sent_back(
    proposed: Story, manager: User, teller: User, then: str
) -> None:
    proposed.send_edit_back(by=manager, note="Shorter")
    getattr(proposed, then)(by=teller)
    assert after_the_hold() == []


def test_where_nobody_is_left_teller_and_leads_hear_that_it_is_read(
    proposed: Story, manager: User, teller: User, stranger: User
) -> None:
    lead = UserFactory(email="zoe@company.example", is_culture_lead=True)
    proposed.edit(telling(headline=NEW, nominees=[stranger, lead]), by=teller)
    leave(manager)
    proposed.publish_edit_unreviewed()
    assert after_the_hold() == [
        (teller.email, "Your change is read now"),
        (stranger.email, "Ana Lima told a story about you"),
        (lead.email, "A change was published without a review"),
        (lead.email, "Ana Lima told a story about you"),
    ]


def test_what_cannot_be_read_is_told_its_teller_alone(
    proposed: Story, manager: User, teller: User, stranger: User
) -> None:
    leave(manager, stranger)
    proposed.publish_edit_unreviewed()
    assert after_the_hold() == [(teller.email, "Your change was sent back")]
    for body in bodies_to(teller):
        assert "No reviewer is left who may decide about this change" in body
        assert "None" not in body


def test_the_reason_is_in_the_tellers_language(
    proposed: Story, manager: User, teller: User, stranger: User
) -> None:
    User.objects.filter(pk=teller.pk).update(language="de")
    leave(manager, stranger)
    proposed.publish_edit_unreviewed()
    after_the_hold()
    for body in bodies_to(teller):
        assert "ist nicht mehr hier" in body


def test_a_change_that_waits_for_a_yes_is_not_said_to_be_read(
    proposed: Story, manager: User, teller: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    proposed.publish_edit(by=manager)
    assert after_the_hold() == [(stranger.email, "May Ana Lima publish a story about you?")]
    told = Notice.objects.exclude(kind=Kind.EDIT_RELEASED, state=State.LAPSED)
    assert not told.filter(kind=Kind.EDIT_RELEASED).exists()
