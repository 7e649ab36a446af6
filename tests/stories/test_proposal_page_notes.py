"""Notes on an edit that is sent back: none is sent twice, and none is lost."""

import pytest
from django.test import Client

from accounts.models import History, User
from stories.models import Story
from stories.models.deeds import last_decisive
from tests.stories.proposed import NEW, decide, page_of, propose

NOTE = "I would keep the old headline."


def last_verbs(story: Story, count: int) -> list[str]:
    return list(History.objects.about(story).values_list("verb", flat=True))[-count:]


def test_the_slower_reviewer_gets_the_note_back(
    as_manager: Client, as_culture_lead: Client, proposed: Story
) -> None:
    seen = as_culture_lead.get(page_of(proposed)).context["seen"]
    decide(as_manager, proposed, "sending-back", note="Forty, I think?")
    page = decide(as_culture_lead, proposed, "sending-back", seen=seen, note=NOTE)
    assert page.status_code == 409
    assert "Maya Rao sent a change to it back" in page.text
    assert NOTE in page.text


def test_a_note_about_an_earlier_change_stays_in_its_field(
    as_manager: Client, proposed: Story
) -> None:
    seen = as_manager.get(page_of(proposed)).context["seen"]
    propose(proposed, headline="Something else")
    sent = {"seen": seen, "note": NOTE, "tab": "changes"}
    page = decide(as_manager, proposed, "sending-back", **sent)
    assert page.status_code == 409
    assert "Ana Lima proposed a change to it" in page.text
    assert page.context["form"]["note"].value() == NOTE
    assert page.context["seen"] != seen
    assert page.context["place"].tab.name == "changes"


@pytest.mark.parametrize("end", ["take_edit_back", "withdraw"])
def test_the_note_on_a_change_that_is_gone_comes_back(
    end: str, as_manager: Client, proposed: Story, teller: User
) -> None:
    seen = as_manager.get(page_of(proposed)).context["seen"]
    getattr(proposed, end)(by=teller)
    page = decide(as_manager, proposed, "sending-back", seen=seen, note=NOTE)
    assert page.status_code == 409
    assert NOTE in page.text


def test_the_note_of_whoever_may_not_decide_comes_back(
    as_manager: Client, careful: Story, manager: User, culture_lead: User
) -> None:
    propose(careful, headline=NEW, helping_hands=[manager])
    page = decide(as_manager, careful, "sending-back", note=NOTE)
    assert page.status_code == 403
    assert NOTE in page.text


def test_a_second_click_sends_it_back_once(as_manager: Client, proposed: Story) -> None:
    seen = as_manager.get(page_of(proposed)).context["seen"]
    for _click in range(2):
        sent = {"seen": seen, "note": NOTE, "tab": "changes"}
        page = decide(as_manager, proposed, "sending-back", **sent)
        assert page.redirect_chain == [("/review/?tab=changes", 302)]
    assert last_verbs(proposed, 2) == ["propose edit", "send edit back"]


def test_undoing_leads_to_the_list_of_changes(as_manager: Client, proposed: Story) -> None:
    decide(as_manager, proposed, "sending-back", note=NOTE)
    deed = last_decisive(proposed)
    assert deed is not None
    page = as_manager.post(f"/stories/{proposed.ref}/undoing/", {"deed": deed.pk}, follow=True)
    assert page.redirect_chain == [(f"/review/?tab=changes&story={proposed.ref}", 302)]
    assert f"{page_of(proposed)}?tab=changes" in page.text
