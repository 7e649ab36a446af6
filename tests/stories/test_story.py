"""The page of one story: who sees what, and what it offers them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Publicity, User
from stories.models import Cheer, CheerKind, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story, telling

pytestmark = pytest.mark.django_db


def page(client: Client, story: Story, query: str = "") -> str:
    response = client.get(f"{story.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def asking(teller: User, nominee: User) -> Story:
    nominee.publicity = Publicity.ASK_FIRST
    nominee.save()
    return tell_story(teller, nominee)


def test_a_stranger_reads_the_whole_story(as_stranger: Client, story: Story) -> None:
    html = page(as_stranger, story)

    assert story.headline in html
    assert "Rang the school at seven" in html
    assert "Nobody lost a trip" in html
    assert html.count("<h1") == 1


def test_a_stranger_is_offered_no_change(as_stranger: Client, story: Story) -> None:
    assert "What you can do with it" not in page(as_stranger, story)


def test_an_unknown_story_is_not_found(as_stranger: Client) -> None:
    assert as_stranger.get("/stories/unknown/").status_code == 404


def test_the_teller_of_a_draft_is_led_back_to_it(
    as_teller: Client, teller: User, nominee: User
) -> None:
    assert "Go on writing" in page(as_teller, draft_story(teller, nominee))


def test_a_draft_without_anything_has_a_page(as_teller: Client, teller: User) -> None:
    draft = draft_story(teller, headline="", what_they_did="", difference="", customer_group=None)

    assert "A story without a headline yet" in page(as_teller, draft)


def test_somebody_asked_may_agree_or_keep_it_private(as_nominee: Client, asking: Story) -> None:
    html = page(as_nominee, asking)

    assert f'action="/stories/{asking.ref}/agreement/"' in html
    assert f'action="/stories/{asking.ref}/privacy/"' in html
    assert "What you can do with it" not in html


def test_the_teller_sees_who_is_still_asked(as_teller: Client, asking: Story) -> None:
    html = page(as_teller, asking)

    assert "whether this may be published" in html
    assert "agreement/" not in html


def test_somebody_who_agreed_hears_that_others_are_asked(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    other = UserFactory(publicity=Publicity.ASK_FIRST)
    nominee.publicity = Publicity.ASK_FIRST
    nominee.save()
    story = tell_story(teller, nominee, other)
    story.agree(by=nominee)

    assert "You agreed." in page(as_nominee, story)


def test_a_private_story_says_so_to_its_nominee(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    html = page(as_nominee, tell_story(teller, nominee, visibility="private"))

    assert "This story is private" in html
    assert "Share this story" not in html


def test_a_nominees_manager_reads_a_private_story(
    as_manager: Client, teller: User, nominee: User
) -> None:
    page(as_manager, tell_story(teller, nominee, visibility="private"))


@pytest.mark.parametrize("role", ["stranger", "other_manager", "culture_lead"])
def test_nobody_else_finds_a_private_story(
    role: str, teller: User, nominee: User, request: pytest.FixtureRequest
) -> None:
    story = tell_story(teller, nominee, visibility="private")
    client = signed_in(request.getfixturevalue(role))

    assert client.get(story.get_absolute_url()).status_code == 404


def test_a_leaver_reads_nothing(story: Story, leaver: User) -> None:
    assert signed_in(leaver).get(story.get_absolute_url()).status_code == 302


def test_a_hidden_story_tells_its_teller_why(
    as_teller: Client, story: Story, culture_lead: User
) -> None:
    story.hide(by=culture_lead, note="It names a customer.")
    html = page(as_teller, story)

    assert "A reviewer hid this story" in html
    assert "It names a customer." in html


def test_a_reviewer_may_show_a_hidden_story_again(
    as_manager: Client, story: Story, culture_lead: User
) -> None:
    story.hide(by=culture_lead, note="No.")

    assert "Show it again" in page(as_manager, story)


def test_the_nominee_does_not_find_the_hidden_story(
    as_nominee: Client, story: Story, culture_lead: User
) -> None:
    story.hide(by=culture_lead, note="No.")

    assert as_nominee.get(story.get_absolute_url()).status_code == 404


def test_a_withdrawn_story_stays_with_its_teller(as_teller: Client, story: Story) -> None:
    story.withdraw(by=story.teller)

    assert "You withdrew this story" in page(as_teller, story)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("teller", {"Withdraw it", "Keep it private", "Edit"}),
        ("manager", {"Hide it from the feed", "Edit"}),
        ("culture_lead", {"Hide it from the feed", "Edit"}),
        ("nominee", set()),
        ("stranger", set()),
    ],
)
def test_each_role_is_offered_what_it_may_do(
    role: str, offered: set[str], story: Story, request: pytest.FixtureRequest
) -> None:
    html = page(signed_in(request.getfixturevalue(role)), story)

    choices = {"Withdraw it", "Keep it private", "Hide it from the feed", "Edit", "Show it again"}
    assert {choice for choice in choices if f">{choice}<" in html} == offered


@pytest.mark.parametrize(
    ("role", "reads"), [("teller", True), ("manager", True), ("nominee", False)]
)
def test_history_is_for_the_teller_and_reviewers(
    role: str, reads: bool, story: Story, request: pytest.FixtureRequest
) -> None:
    html = page(signed_in(request.getfixturevalue(role)), story)

    assert ("Its history" in html) == reads


def test_history_tells_what_happened(
    as_teller: Client, story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    story.edit(telling(nominees=[nominee], headline="Better"), by=teller)
    story.hide(by=culture_lead, note="It names a customer.")
    story.unhide(by=culture_lead)
    html = page(as_teller, story)

    for what in (
        "<b>Told</b>",
        "Edited",
        "headline",
        "Hidden",
        "It names a customer.",
        "Shown again",
    ):
        assert what in html


def test_history_of_a_story_that_was_asked_about(
    as_teller: Client, asking: Story, nominee: User
) -> None:
    asking.keep_private(by=nominee)

    assert "<b>Kept private</b> by" in page(as_teller, asking)


def test_an_edited_story_says_so(
    as_stranger: Client, story: Story, teller: User, nominee: User
) -> None:
    story.edit(telling(nominees=[nominee], headline="Better"), by=teller)

    assert ">edited</time>" in page(as_stranger, story)


def test_telling_it_ends_in_a_moment_of_joy(as_teller: Client, story: Story) -> None:
    html = page(as_teller, story, "?told=1")

    assert "Tell another" in html
    assert "Share this story" in html


def test_the_joy_is_the_tellers_alone(as_stranger: Client, story: Story) -> None:
    assert "Tell another" not in page(as_stranger, story, "?told=1")


def test_the_share_link_is_the_public_address(
    as_stranger: Client, story: Story, settings: Any
) -> None:
    settings.KUDOS_URL = "https://kudos.example"

    assert f'value="https://kudos.example/stories/{story.ref}/"' in page(as_stranger, story)


def test_the_page_makes_as_many_queries_for_many_people_and_cheers(
    as_stranger: Client, teller: User, nominee: User
) -> None:
    few = tell_story(teller, nominee)
    many = tell_story(teller, *UserFactory.create_batch(15), helping_hands=[nominee])
    for person in UserFactory.create_batch(20):
        Cheer.objects.create(story=many, person=person, kind=CheerKind.LOVE)
    counts = []
    for story in (few, many):
        with CaptureQueriesContext(connection) as queries:
            page(as_stranger, story)
        counts.append(len(queries))

    assert counts[0] == counts[1]
