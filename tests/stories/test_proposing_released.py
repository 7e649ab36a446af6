"""What is read, and who is asked, once a reviewer lets an edit be read."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Publicity, User
from stories.models import CustomerGroup, State, Story
from stories.models.telling import snapshot
from tests.factories import UserFactory, ValueFactory, tell_story, telling, wants
from tests.stories.proposed import NEW, again, edit, is_waiting


def test_all_of_a_telling_is_kept_and_read(
    careful: Story, manager: User, stranger: User, customers: CustomerGroup
) -> None:
    values = [ValueFactory(), ValueFactory()]
    said = telling(
        nominees=[*careful.nominees, stranger],
        helping_hands=[UserFactory()],
        customer_group=customers,
        values=values,
        moment="wow",
        customer_words="You saved our summer.",
        words_source="call",
    )
    careful.edit(said, by=careful.teller)
    expected = again(careful).proposal.snapshot()
    careful.publish_edit(by=manager)
    assert snapshot(again(careful)) == expected | {"state": State.PUBLISHED}
    assert careful.nominees == said.nominees
    assert list(careful.values.all()) == values


def test_whoever_it_names_newly_is_asked_first(
    careful: Story, manager: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(careful, nominees=[*careful.nominees, stranger])
    careful.publish_edit(by=manager)
    assert again(careful).state == State.ASKING
    careful.agree(by=stranger)
    assert again(careful).state == State.PUBLISHED


def test_whoever_it_names_newly_may_want_privacy(
    careful: Story, manager: User, stranger: User
) -> None:
    wants(stranger, Publicity.PRIVATE_ONLY)
    edit(careful, nominees=[*careful.nominees, stranger])
    careful.publish_edit(by=manager)
    assert (again(careful).state, again(careful).visibility) == ("published", "private")


def test_nobody_who_has_left_since_is_named(careful: Story, manager: User, stranger: User) -> None:
    edit(careful, nominees=[*careful.nominees, stranger])
    stranger.is_active = False
    stranger.save()
    with pytest.raises(ValidationError):
        careful.publish_edit(by=manager)
    assert stranger not in again(careful).nominees
    assert is_waiting(careful)


def test_what_a_reviewer_changed_meanwhile_stays(
    proposed: Story, manager: User, culture_lead: User
) -> None:
    edit(proposed, by=culture_lead, what_they_did="Rang at eight.")
    proposed.publish_edit(by=manager)
    assert (again(proposed).headline, again(proposed).what_they_did) == (NEW, "Rang at eight.")


def test_a_name_goes_with_the_agreement_that_the_story_lost_meanwhile(
    review_first: None, teller: User, nominee: User, manager: User, culture_lead: User
) -> None:
    story = tell_story(teller, nominee, customer_name="Bo Lind", customer_agreed=True)
    story.publish(by=manager)
    edit(story, headline=NEW, customer_name="Bo Lindt", customer_agreed=True)
    edit(story, by=culture_lead)
    proposal = again(story).proposal
    assert proposal.says["customer_name"] == "Bo Lindt"
    assert (proposal.telling().customer_name, proposal.snapshot()["customer_name"]) == ("", "")
    story.publish_edit(by=manager)
    now = again(story)
    assert (now.headline, now.customer_name, now.customer_agreed) == (NEW, "", False)
