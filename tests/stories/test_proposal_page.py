"""The pages of an edit that waits: its teller's, its reviewers', and nobody else's."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, History, Publicity, User
from stories.models import Proposal, Story
from stories.models.deeds import last_decisive
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, telling
from tests.stories.composing import fields, photo_file
from tests.stories.reviewed import review_first

REVIEWERS = ["manager", "director", "delegate", "culture_lead"]
OTHERS = ["nominee", "stranger", "other_manager"]
OLD, NEW = "A kayak school kept its season", "Forty-one trips were saved"

NOTE = "I would keep the old headline."


@pytest.fixture
def careful(story: Story, manager: User, company: Company) -> Story:
    review_first()
    return story


@pytest.fixture
def proposed(careful: Story) -> Story:
    propose(careful, headline=NEW)
    return careful


def propose(story: Story, **said: Any) -> None:
    said = {"nominees": story.nominees, "customer_group": story.customer_group} | said
    story.edit(telling(**said), by=story.teller)


def page_of(story: Story) -> str:
    return f"/stories/{story.ref}/proposal/"


def text(client: Client, url: str) -> str:
    return str(client.get(url, follow=True).content.decode())


def decide(client: Client, story: Story, verb: str, **said: Any) -> Any:
    newest = last_decisive(story)
    sent = {"seen": str(newest.pk if newest else 0)} | said
    return client.post(f"{page_of(story)}{verb}/", sent, follow=True)


def headline(story: Story) -> str:
    return str(Story.objects.get(pk=story.pk).headline)


def last_verbs(story: Story, count: int) -> list[str]:
    return list(History.objects.about(story).values_list("verb", flat=True))[-count:]


def test_the_teller_proposes_in_the_form_and_is_told_that_it_waits(
    as_teller: Client, careful: Story
) -> None:
    url = f"/stories/{careful.ref}/editing/"
    assert "Propose the change" in text(as_teller, url)
    sent = fields(*careful.nominees, save="yes", headline=NEW)
    response = as_teller.post(url, sent, follow=True)
    page = response.content.decode()
    assert "Your change waits for a reviewer" in page
    assert "See what you proposed" in page
    assert headline(careful) == OLD


def test_the_form_opens_with_what_was_proposed(as_teller: Client, proposed: Story) -> None:
    assert f'value="{NEW}"' in text(as_teller, f"/stories/{proposed.ref}/editing/")


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewers_form_opens_with_what_is_read(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    page = text(client, f"/stories/{proposed.ref}/editing/")
    assert NEW not in page
    assert "Propose the change" not in page


def test_a_second_form_finds_what_the_first_proposed(as_teller: Client, careful: Story) -> None:
    url = f"/stories/{careful.ref}/editing/"
    seen = as_teller.get(url).context["seen"]
    for difference in ("Nobody lost a trip.", "Nobody lost anything."):
        sent = fields(*careful.nominees, save="yes", seen=seen, difference=difference)
        response = as_teller.post(url, sent)
    assert response.status_code == 409
    assert "Nobody lost anything." in response.content.decode()
    assert Proposal.objects.get().telling().difference == "Nobody lost a trip."


def test_the_teller_reads_it_and_takes_it_back(as_teller: Client, proposed: Story) -> None:
    assert "What you proposed" in text(as_teller, page_of(proposed))
    for _click in range(2):
        assert decide(as_teller, proposed, "withdrawal").status_code == 200
    assert not Proposal.objects.exists()


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


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_that_there_is_one(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    for url in (proposed.get_absolute_url(), page_of(proposed), "/"):
        page = text(client, url)
        assert NEW not in page
        assert "waits for a reviewer" not in page
    for verb in ("publishing", "sending-back", "withdrawal"):
        assert decide(client, proposed, verb, note="No").status_code == 403
        stale = decide(client, proposed, verb, note="No", seen="1")
        assert stale.status_code == 403
        assert "Ana Lima proposed" not in stale.text
    assert headline(proposed) == OLD
    assert Proposal.objects.get().returned_at is None


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


def test_a_name_that_may_not_be_said_any_more_is_on_no_page(
    as_manager: Client, as_teller: Client, culture_lead: User, careful: Story
) -> None:
    named = {"customer_name": "Bo Lindt", "customer_agreed": True}
    careful.edit(telling(nominees=careful.nominees, **named), by=culture_lead)
    propose(careful, headline=NEW, **named | {"customer_name": "Bo Lindqvist"})
    careful.edit(telling(nominees=careful.nominees), by=culture_lead)
    for client, url in (
        (as_manager, page_of(careful)),
        (as_teller, page_of(careful)),
        (as_teller, f"/stories/{careful.ref}/editing/"),
    ):
        shown = text(client, url)
        assert NEW in shown or "<ins>" in shown
        assert "Bo Lind" not in shown


def test_the_teller_finds_it_among_their_own(
    as_teller: Client, as_manager: Client, as_nominee: Client, proposed: Story
) -> None:
    page = as_teller.get("/stories/mine/?list=under-way")
    assert (page.context["stories"], page.context["shelves"][1].count) == ([proposed], 1)
    assert "Your change waits for a reviewer." in page.content.decode()
    decide(as_manager, proposed, "sending-back", note="Forty, I think?")
    for shelf in ("under-way", "told"):
        shown = text(as_teller, f"/stories/mine/?list={shelf}")
        assert "Your change was sent back." in shown
    assert "See what you proposed" not in text(as_nominee, "/stories/mine/?list=celebrated")


def test_without_one_its_address_leads_to_the_story(as_manager: Client, careful: Story) -> None:
    response = as_manager.get(page_of(careful))
    assert (response.status_code, response.url) == (302, careful.get_absolute_url())


@pytest.mark.parametrize("who", ["teller", *REVIEWERS])
def test_whoever_reads_it_sees_its_photo(
    who: str, careful: Story, request: pytest.FixtureRequest
) -> None:
    propose(careful, photo=photo_file())
    client = signed_in(request.getfixturevalue(who))
    url = f"{page_of(careful)}photo/"
    assert url in text(client, page_of(careful))
    response = client.get(url)
    assert b"".join(response).startswith(b"\xff\xd8")
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("who", [*OTHERS, "manager"])
def test_nobody_else_sees_its_photo(
    who: str, careful: Story, culture_lead: User, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    propose(careful, photo=photo_file(), helping_hands=[other] if who == "manager" else [])
    assert signed_in(other).get(f"{page_of(careful)}photo/").status_code == 404


def test_an_edit_without_a_photo_shows_none(as_manager: Client, proposed: Story) -> None:
    assert as_manager.get(f"{page_of(proposed)}photo/").status_code == 404


def test_what_its_teller_wrote_is_theirs_in_the_versions(
    as_manager: Client, as_teller: Client, proposed: Story
) -> None:
    decide(as_manager, proposed, "publishing")
    page = text(as_teller, f"/stories/{proposed.ref}/versions/")
    assert "Ana Lima" in page
    assert "Maya Rao" not in page


def test_a_waiting_story_is_changed_by_its_teller(
    as_teller: Client, as_manager: Client, teller: User, nominee: User, careful: Story
) -> None:
    story = tell_story(teller, nominee)
    url = f"/stories/{story.ref}/editing/"
    page = as_teller.post(url, fields(nominee, save="yes", headline=NEW), follow=True)
    assert "goes on waiting for a reviewer" in page.content.decode()
    assert headline(story) == NEW
    assert as_manager.get(url).status_code == 403


def test_the_page_asks_the_same_number_of_queries_however_much_changes(
    as_manager: Client, careful: Story
) -> None:
    counts = []
    for colleagues in ([UserFactory()], [UserFactory() for _each in range(5)]):
        propose(careful, headline=NEW, helping_hands=colleagues)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_manager.get(page_of(careful))
        counts.append(len(queries))
    assert counts[0] == counts[1]
