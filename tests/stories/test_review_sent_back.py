"""What was sent back is shown as it was then: what its teller writes since is theirs."""

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import Story
from tests.conftest import signed_in
from tests.factories import UserFactory, telling
from tests.stories.reviewed import listed, opened, waiting_story


@pytest.fixture
def returned(company: Company, manager: User, teller: User, nominee: User) -> Story:
    story = waiting_story(
        teller,
        nominee,
        headline="As it was",
        customer_name="Joana Silva",
        customer_agreed=True,
        customer_words="They rang at seven.",
    )
    story.send_back(by=manager, note="Say what changed.")
    return story


def test_it_says_what_it_said_then_with_note_and_who(
    returned: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    said = {"headline": "My new draft", "what_they_did": "A secret", "customer_words": "Hush"}
    returned.keep(telling(nominees=[nominee], **said), by=teller)
    page = as_manager.get("/review/?tab=returned")
    for shown in ("As it was", "Rang the school at seven", "They rang at seven.", "Maya Rao"):
        assert shown in page.text
    assert "Say what changed." in page.text
    for hidden in ("My new draft", "A secret", "Hush"):
        assert hidden not in page.text


def test_a_name_that_its_teller_takes_out_is_said_no_more(
    returned: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    assert "Joana Silva" in as_manager.get("/review/?tab=returned").text
    returned.keep(telling(nominees=[nominee]), by=teller)
    assert "Silva" not in as_manager.get("/review/?tab=returned").text


def test_nothing_is_to_be_decided_about_it(returned: Story, as_manager: Client) -> None:
    page = opened(as_manager, tab="returned")
    assert page["opened"].decisions == frozenset()
    assert page["opened"].seen > 0


def test_it_is_in_no_other_list(returned: Story, as_manager: Client) -> None:
    for tab in ("waiting", "week", "hidden"):
        assert listed(as_manager, tab=tab) == []


def test_told_again_it_waits_with_its_new_words(
    returned: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    returned.keep(telling(nominees=[nominee], headline="Said better"), by=teller)
    returned.submit(by=teller)
    assert listed(as_manager, tab="returned") == []
    assert listed(as_manager) == ["Said better"]


def test_the_last_that_was_sent_back_comes_first(
    returned: Story, as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    waiting_story(teller, nominee, headline="Later").send_back(by=manager, note="Shorter")
    returned.keep(telling(nominees=[nominee]), by=teller)
    assert listed(as_manager, tab="returned") == ["Later", "As it was"]


def test_whom_the_draft_names_now_changes_nothing_for_their_manager(
    returned: Story, as_other_manager: Client, other_manager: User, teller: User
) -> None:
    """The manager of somebody named only since then never had it to review."""
    returned.keep(telling(nominees=list(other_manager.reports.all())), by=teller)
    assert listed(as_other_manager, tab="returned") == []
    response = as_other_manager.get("/review/", {"story": returned.ref})
    assert response.status_code == 404
    assert b"As it was" not in response.content


def test_who_was_named_then_does_not_read_it_now(
    company: Company, manager: User, director: User, teller: User, nominee: User, culture_lead: User
) -> None:
    story = waiting_story(teller, nominee, helping_hands=[manager], headline="Names Maya")
    story.send_back(by=director, note="Leave Maya out.")
    story.keep(telling(nominees=[nominee], headline="Without"), by=teller)
    assert listed(signed_in(manager), tab="returned") == []
    assert listed(signed_in(director), tab="returned") == ["Names Maya"]
    assert listed(signed_in(culture_lead), tab="returned") == ["Names Maya"]


def test_a_stand_in_reads_it(returned: Story, delegate: User) -> None:
    assert listed(signed_in(delegate), tab="returned") == ["As it was"]


@pytest.mark.parametrize("whom", ["manager", "delegate"])
def test_a_stand_in_reads_none_that_named_them_or_whom_they_stand_in_for(
    whom: str,
    director: User,
    delegate: User,
    teller: User,
    nominee: User,
    request: pytest.FixtureRequest,
) -> None:
    """The draft names neither any more, so that both review it today."""
    person = request.getfixturevalue(whom)
    story = waiting_story(teller, nominee, helping_hands=[person], headline="As it was")
    story.send_back(by=director, note="Shorter")
    story.keep(telling(nominees=[nominee]), by=teller)
    client = signed_in(delegate)
    assert Story.objects.reviewable_by(delegate).contains(story)
    assert listed(client, tab="returned") == []
    assert client.get("/review/", {"story": story.ref}).status_code == 404


def test_a_stand_in_reads_none_that_whom_they_stand_in_for_told(
    company: Company, director: User, delegate: User, manager: User, nominee: User
) -> None:
    story = waiting_story(manager, nominee, headline="Told by Maya")
    story.send_back(by=director, note="Shorter")
    assert listed(signed_in(delegate), tab="returned") == []


def test_a_draft_turned_private_is_gone_from_the_list(
    returned: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    returned.keep(telling(nominees=[nominee], visibility="private"), by=teller)
    assert listed(as_manager, tab="returned") == []


def test_its_photo_is_not_shown(returned: Story, as_manager: Client) -> None:
    Story.objects.filter(pk=returned.pk).update(photo="stories/one.webp")
    assert "photo/" not in as_manager.get("/review/?tab=returned").text


def test_people_of_many_stories_are_each_storys_own(
    returned: Story, as_manager: Client, manager: User, teller: User
) -> None:
    report = UserFactory(name="Second Report", manager=manager)
    waiting_story(teller, report, headline="Hers").send_back(by=manager, note="Shorter")
    rows = opened(as_manager, tab="returned")["rows"]
    assert [[person.name for person in row.story.nominees] for row, _url in rows] == [
        ["Second Report"],
        ["Priya Desai"],
    ]
