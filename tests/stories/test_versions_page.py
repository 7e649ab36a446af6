"""The page of a story's versions: who reads it, and what it says."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import History, Publicity, User
from stories.models import Story
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story, telling, wants

pytestmark = pytest.mark.django_db


def address(story: Story, query: str = "") -> str:
    return f"/stories/{story.ref}/versions/{query}"


def read(client: Client, story: Story, query: str = "") -> str:
    response = client.get(address(story, query))
    assert response.status_code == 200
    return response.content.decode()


def heard(page: str) -> str:
    """What a screen reader says of the page: no marks, no colours, the words alone."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.fixture
def edited(story: Story, teller: User, nominee: User, stranger: User) -> Story:
    story.edit(
        telling(
            nominees=[nominee],
            helping_hands=[stranger],
            headline="A kayak school kept its summer",
        ),
        by=teller,
    )
    return story


def test_what_was_added_and_taken_out_is_marked_and_said(edited: Story, as_teller: Client) -> None:
    page = read(as_teller, edited)
    assert re.search(r"<del>.*season.*</del><ins>.*summer.*</ins>", page)
    assert "kept its [taken out: season][added: summer]" in heard(page)
    assert "Helping hands [added: Sam Stone]" in heard(page)


def test_what_stayed_the_same_is_folded_away(edited: Story, as_teller: Client) -> None:
    changed, same = read(as_teller, edited).split("What stayed the same")
    assert "Rang the school at seven" not in changed
    assert "Rang the school at seven" in same


def test_each_version_has_its_place(edited: Story, as_teller: Client, culture_lead: User) -> None:
    edited.edit(telling(nominees=edited.nominees, headline="Short"), by=culture_lead)
    first, second = (heard(read(as_teller, edited, f"?version={n}")) for n in (1, 2))
    assert "As it was told" in first
    assert "Headline A kayak school kept its season" in first
    assert "What changed in version 2" in second
    assert "What changed in version 3" in heard(read(as_teller, edited))
    assert "by Cora Lindqvist" in second


def test_a_story_that_nobody_changed_says_so(story: Story, as_teller: Client) -> None:
    assert "Nobody has changed it since." in heard(read(as_teller, story))


def test_markup_in_a_story_is_text_here_too(story: Story, as_teller: Client) -> None:
    said = telling(nominees=story.nominees, headline="<b>Bold</b> & <ins>new</ins>")
    story.edit(said, by=story.teller)
    assert "<b>Bold" not in read(as_teller, story)
    assert "&lt;b&gt;Bold" in read(as_teller, story)


@pytest.mark.parametrize(
    "query", ["?version=0", "?version=3", "?version=x", "?version=-1", "?version=²"]
)
def test_a_version_that_never_was_is_not_found(
    query: str, edited: Story, as_teller: Client
) -> None:
    assert as_teller.get(address(edited, query)).status_code == 404


READERS = {
    "teller": True,
    "manager": True,
    "director": True,
    "delegate": True,
    "other_manager": False,
    "culture_lead": True,
    "nominee": False,
    "stranger": False,
}


@pytest.mark.parametrize(("who", "reads"), READERS.items())
def test_they_are_for_whoever_reads_the_history(
    who: str, reads: bool, edited: Story, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(address(edited)).status_code == (200 if reads else 404)
    assert (address(edited) in client.get(edited.get_absolute_url()).content.decode()) == reads


@pytest.mark.parametrize("who", [who for who in READERS if who != "teller"])
@pytest.mark.parametrize("kind", ["draft", "private", "narrowed", "withdrawn"])
def test_what_is_not_everybody_s_is_its_teller_s_alone(
    who: str, kind: str, teller: User, nominee: User, request: pytest.FixtureRequest
) -> None:
    story = draft_story(teller, nominee, visibility="private" if kind == "private" else "company")
    if kind != "draft":
        story.submit(by=teller)
        story.edit(telling(nominees=[nominee], headline="Second"), by=teller)
    if kind == "narrowed":
        story.keep_private(by=teller)
    if kind == "withdrawn":
        story.withdraw(by=teller)
    for query in ("", "?version=1", "?version=2"):
        client = signed_in(request.getfixturevalue(who))
        assert client.get(address(story, query)).status_code == 404
    assert signed_in(teller).get(address(story)).status_code == (404 if kind == "draft" else 200)


SECRET = "For one pair of eyes"


@pytest.fixture
def rewritten(teller: User, nominee: User) -> Story:
    """Published; before, it said something else to the one who was asked."""
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee, headline=SECRET)
    story.rewrite(by=teller)
    story.keep(telling(nominees=[nominee]), by=teller)
    story.submit(by=teller)
    story.agree(by=nominee)
    return story


@pytest.mark.parametrize("who", [*READERS, "leaver"])
def test_nobody_reads_what_only_those_asked_had_read(
    who: str, rewritten: Story, request: pytest.FixtureRequest
) -> None:
    reader = signed_in(request.getfixturevalue(who))
    for query in ("", "?version=1", "?version=2"):
        assert SECRET not in reader.get(address(rewritten, query)).content.decode()
    assert reader.get(address(rewritten, "?version=2")).status_code in {302, 404}


def test_while_it_asks_its_teller_reads_what_it_says(
    teller: User, nominee: User, as_teller: Client
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee, headline=SECRET)
    assert SECRET in heard(read(as_teller, story))


def test_a_reviewer_whom_an_edit_names_reads_them_no_more(
    edited: Story, teller: User, manager: User
) -> None:
    client = signed_in(manager)
    assert client.get(address(edited)).status_code == 200
    edited.edit(telling(nominees=[*edited.nominees, manager]), by=teller)
    assert client.get(address(edited)).status_code == 404


def test_who_is_no_reviewer_any_more_reads_them_no_more(
    edited: Story, as_culture_lead: Client, culture_lead: User
) -> None:
    User.objects.filter(pk=culture_lead.pk).update(is_culture_lead=False)
    assert as_culture_lead.get(address(edited)).status_code == 404


def test_a_hidden_story_s_are_for_reviewers_but_not_for_whom_it_names(
    edited: Story, culture_lead: User, as_manager: Client, as_nominee: Client
) -> None:
    edited.hide(by=culture_lead, note="No.")
    assert as_manager.get(address(edited)).status_code == 200
    assert as_nominee.get(address(edited)).status_code == 404


def test_signed_out_and_gone_nobody_reads_them(edited: Story, client: Client, leaver: User) -> None:
    assert client.get(address(edited)).status_code == 302
    assert signed_in(leaver).get(address(edited)).status_code == 302


def test_looking_is_all_that_can_be_done_here(edited: Story, as_teller: Client) -> None:
    assert as_teller.post(address(edited)).status_code == 405


def test_a_name_that_was_taken_out_is_not_read_here_nor_in_the_admin(
    teller: User, nominee: User, as_culture_lead: Client
) -> None:
    named = {"customer_name": "Grace Okafor", "customer_agreed": True}
    story = tell_story(teller, nominee, headline="Okafor kept her season", **named)
    story.edit(telling(nominees=[nominee]), by=teller)
    row_address = f"/admin/accounts/history/{last_row(story)}/change/"
    for at in (address(story), address(story, "?version=1"), row_address):
        page = as_culture_lead.get(at)
        assert page.status_code == 200
        assert "Okafor" not in page.content.decode()
        assert "[a name]" in page.content.decode()


def last_row(story: Story) -> int:
    row = History.objects.about(story).last()
    assert row is not None
    return row.pk


def queries(client: Client, story: Story) -> int:
    with CaptureQueriesContext(connection) as made:
        read(client, story)
    return len(made)


def test_it_makes_as_many_queries_for_many_versions_and_people(
    teller: User, nominee: User, culture_lead: User
) -> None:
    few, many = tell_story(teller, nominee), tell_story(teller, nominee)
    few.edit(telling(nominees=[nominee], headline="Second"), by=teller)
    people: list[Any] = [nominee]
    for number in range(8):
        people = [*people, UserFactory()]
        by = culture_lead if number % 2 else teller
        many.edit(telling(nominees=people, headline=f"Number {number}"), by=by)
    client = signed_in(culture_lead)
    read(client, few)
    assert queries(client, few) == queries(client, many)
