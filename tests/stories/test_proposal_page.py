"""The page of an edit that waits: what its teller and its reviewers read there, and nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from stories.models import Proposal, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, telling
from tests.stories.composing import fields, photo_file
from tests.stories.editing import headline
from tests.stories.proposed import NEW, OLD, decide, page_of, propose, text
from tests.stories.reviewed import REVIEWERS

OTHERS = ["nominee", "stranger", "other_manager"]


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
