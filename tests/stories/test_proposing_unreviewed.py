"""A change that waits where nobody is left who may decide about it: it is read, or goes back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from accounts.models import Company, Delegation, History, Publicity, User
from accounts.models.delegation import today
from stories.models import State, Story
from stories.reasons import UNREADABLE
from stories.timeline import deeds
from tests.factories import UserFactory, telling, wants
from tests.stories.composing import photo_file
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db

NEW = "Forty-one trips were saved"
LATER = timedelta(days=3)


@pytest.fixture
def proposed(story: Story, manager: User, stranger: User, company: Company) -> Story:
    """Another headline and another nominee wait for the manager, the only reviewer there is."""
    review_first()
    propose(story, stranger, headline=NEW)
    return story


def propose(story: Story, *nominees: User, **said: object) -> None:
    people = [*story.nominees, *nominees]
    story.edit(telling(nominees=people, **said), by=story.teller)


def leave(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def again(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def newest(story: Story) -> History:
    row = History.objects.about(story).last()
    assert row is not None
    return row


def test_readers_read_the_tellers_words(proposed: Story, manager: User, stranger: User) -> None:
    leave(manager)
    proposed.publish_edit_unreviewed()
    now = again(proposed)
    assert (now.headline, now.state) == (NEW, State.PUBLISHED)
    assert stranger in now.nominees
    assert now.proposed is None
    assert now.edited_at is not None


def test_no_reviewer_has_looked_at_it(proposed: Story, manager: User) -> None:
    leave(manager)
    proposed.publish_edit_unreviewed()
    assert again(proposed).looked_at is None
    assert newest(proposed).actor is None
    assert [deed.what for deed in deeds([newest(proposed)])] == [
        "A change published without a review"
    ]


def test_not_while_there_is_a_reviewer(proposed: Story) -> None:
    with pytest.raises(PermissionDenied):
        proposed.publish_edit_unreviewed()
    assert again(proposed).proposed


def test_a_reviewer_whom_it_names_is_none(story: Story, proposed: Story, manager: User) -> None:
    lead = UserFactory(is_culture_lead=True)
    propose(story, lead)
    leave(manager)
    proposed.publish_edit_unreviewed()
    assert lead in again(proposed).nominees


def test_nor_is_whoever_stands_in_for_one(
    story: Story, proposed: Story, manager: User, nominee: User
) -> None:
    lead, colleague = UserFactory(is_culture_lead=True), UserFactory()
    Delegation.objects.hand_over(lead, colleague, first=today(), last=today())
    propose(story, lead)
    leave(manager)
    proposed.publish_edit_unreviewed()
    assert lead in again(proposed).nominees


def test_whom_it_names_newly_is_asked_first(proposed: Story, manager: User, stranger: User) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    leave(manager)
    proposed.publish_edit_unreviewed()
    assert again(proposed).state == State.ASKING


def test_what_cannot_be_read_goes_back_with_a_sentence(
    proposed: Story, manager: User, stranger: User
) -> None:
    leave(manager)
    leave(stranger)
    proposed.publish_edit_unreviewed()
    now = again(proposed)
    assert now.headline == "A kayak school kept its season"
    assert stranger not in now.nominees
    assert now.proposal.is_returned
    assert now.proposal.note == UNREADABLE
    assert (newest(now).verb, newest(now).actor) == ("send edit back", None)


def test_its_photo_stays_with_what_goes_back(
    story: Story, proposed: Story, manager: User, stranger: User
) -> None:
    propose(story, stranger, photo=photo_file())
    leave(manager)
    leave(stranger)
    proposed.publish_edit_unreviewed()
    now = again(proposed)
    assert not now.photo
    assert default_storage.exists(str(now.proposal.photo.name))


def test_its_teller_reads_the_sentence_and_may_mend_it_after_days(
    proposed: Story, manager: User, stranger: User, as_teller: Client
) -> None:
    leave(manager)
    leave(stranger)
    proposed.publish_edit_unreviewed()
    page = as_teller.get(f"/stories/{proposed.ref}/proposal/").text
    assert "No reviewer is left who may decide about this change" in page
    with time_machine.travel(timezone.now() + LATER):
        with pytest.raises(ValidationError):
            propose(again(proposed), stranger, headline=NEW)
        propose(again(proposed), headline=NEW)
        assert not again(proposed).proposal.is_returned
        again(proposed).publish_edit_unreviewed()
    assert again(proposed).headline == NEW
