"""Deciding about an edit from its page: who may, and what they are told."""

import pytest
from django.test import Client

from accounts.models import Publicity, User
from stories.models import Story
from stories.models.deeds import last_decisive
from tests.conftest import signed_in
from tests.factories import UserFactory
from tests.stories.editing import headline
from tests.stories.proposed import NEW, OLD, decide, page_of, propose, text
from tests.stories.reviewed import REVIEWERS


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_finds_it_reads_it_and_lets_it_be_read(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert "Read it and decide" in text(client, proposed.get_absolute_url())
    page = text(client, page_of(proposed))
    assert "<del>" in page
    assert "Forty-one trips were saved" in page
    shown = decide(client, proposed, "publishing").content.decode()
    assert "Readers read the new text now" in shown
    assert headline(proposed) == NEW


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Publicity.ASK_FIRST, "It can be read once everybody named in it has agreed"),
        (Publicity.PRIVATE_ONLY, "Somebody named in it wants it private"),
    ],
)
def test_a_reviewer_is_not_told_that_all_read_it_where_somebody_named_has_a_say(
    as_manager: Client, careful: Story, wish: Publicity, said: str
) -> None:
    propose(careful, headline=NEW, helping_hands=[UserFactory(publicity=wish)])
    shown = decide(as_manager, careful, "publishing").text
    assert said in shown
    assert "Readers read the new text now" not in shown


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_sends_it_back_with_a_note(
    who: str, proposed: Story, as_teller: Client, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert decide(client, proposed, "sending-back").status_code == 422
    decide(client, proposed, "sending-back", note="Forty, I think?")
    assert headline(proposed) == OLD
    assert "Read it and decide" not in text(client, proposed.get_absolute_url())
    for page in (proposed.get_absolute_url(), page_of(proposed)):
        assert "Forty, I think?" in text(as_teller, page)


def test_sending_it_back_is_taken_back_for_ten_seconds(as_manager: Client, proposed: Story) -> None:
    shown = decide(as_manager, proposed, "sending-back", note="Forty, I think?").text
    assert "data-undo" in shown
    address, deed = f"/stories/{proposed.ref}/undoing/", last_decisive(proposed)
    assert deed is not None
    page = as_manager.post(address, {"deed": deed.pk, "at": "story"}, follow=True)
    assert page.redirect_chain == [(proposed.get_absolute_url(), 302)]
    assert "Read it and decide" in page.text
    assert "Sending a change back undone" in page.text


def test_letting_it_be_read_offers_no_undo(as_manager: Client, proposed: Story) -> None:
    assert "data-undo" not in decide(as_manager, proposed, "publishing").text


@pytest.mark.parametrize("who", ["teller", "manager"])
def test_whoever_may_not_decide_is_refused(
    who: str, careful: Story, culture_lead: User, request: pytest.FixtureRequest
) -> None:
    """The teller, and a reviewer whom it names."""
    other = request.getfixturevalue(who)
    propose(careful, headline=NEW, helping_hands=[other] if who == "manager" else [])
    client = signed_in(other)
    for verb in ("publishing", "sending-back"):
        assert decide(client, careful, verb, note="No").status_code == 403
    if who == "manager":
        assert NEW not in text(client, page_of(careful))
    assert headline(careful) == OLD


def test_the_second_reviewer_hears_who_was_faster(
    as_manager: Client, as_culture_lead: Client, proposed: Story
) -> None:
    seen = as_culture_lead.get(page_of(proposed)).context["seen"]
    decide(as_manager, proposed, "publishing")
    page = decide(as_culture_lead, proposed, "sending-back", seen=seen, note="No")
    assert "Maya Rao published a change to it" in page.content.decode()


def test_a_change_made_meanwhile_is_read_first(
    as_manager: Client, proposed: Story, teller: User
) -> None:
    seen = as_manager.get(page_of(proposed)).context["seen"]
    propose(proposed, headline="Something else")
    page = decide(as_manager, proposed, "publishing", seen=seen).content.decode()
    assert "Ana Lima proposed a change to it" in page
    assert "Something else" in page
    assert headline(proposed) == OLD


def test_whoever_has_left_since_is_told_of(as_manager: Client, careful: Story) -> None:
    colleague = UserFactory(name="Kit Moss")
    propose(careful, helping_hands=[colleague])
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    page = decide(as_manager, careful, "publishing").content.decode()
    assert "Kit Moss no longer works here" in page
    assert "Send the change back" in page


def test_whoever_is_told_so_keeps_the_way_back_to_the_list(
    as_manager: Client, careful: Story
) -> None:
    colleague = UserFactory()
    propose(careful, helping_hands=[colleague])
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    page = decide(as_manager, careful, "publishing", tab="changes")
    assert page.redirect_chain == [(f"{page_of(careful)}?tab=changes", 302)]
    assert page.context["place"].tab.name == "changes"
