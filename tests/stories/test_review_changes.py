"""The changes that wait on the review page: whom they are shown, and where they are decided."""

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import Story
from tests.conftest import signed_in
from tests.factories import telling
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db

PAGE = "/review/?tab=changes"
REVIEWERS = ["manager", "director", "delegate", "culture_lead"]


@pytest.fixture
def proposed(company: Company, story: Story, teller: User) -> Story:
    """The published story, with another headline that waits for a reviewer."""
    review_first()
    story.edit(telling(nominees=story.nominees, headline="A better headline"), by=teller)
    assert story.has_waiting_edit
    return story


def listed(person: User) -> list[str]:
    response = signed_in(person).get(PAGE)
    return [row.story.ref for row, _url in response.context["rows"]]


@pytest.mark.parametrize("who", REVIEWERS)
def test_its_reviewers_find_it_and_where_to_decide(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    page = signed_in(person).get(PAGE).text
    assert listed(person) == [proposed.ref]
    assert f"/stories/{proposed.ref}/proposal/" in page


def test_another_manager_finds_nothing(proposed: Story, other_manager: User) -> None:
    assert listed(other_manager) == []


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger"])
def test_there_is_no_such_page_for_others(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    assert signed_in(request.getfixturevalue(who)).get(PAGE).status_code == 404


def test_whom_the_change_names_does_not_decide_about_it(
    proposed: Story, manager: User, culture_lead: User, teller: User
) -> None:
    proposed.edit(telling(nominees=[*proposed.nominees, manager]), by=teller)
    assert listed(manager) == []
    assert listed(culture_lead) == [proposed.ref]
    page = signed_in(manager).get(f"/review/?tab=week&story={proposed.ref}").text
    assert f"/stories/{proposed.ref}/proposal/" not in page


def test_what_was_decided_waits_no_more(proposed: Story, manager: User) -> None:
    proposed.send_edit_back(by=manager, note="Shorter")
    assert listed(manager) == []


def test_the_page_opens_with_what_asks_for_a_decision(
    proposed: Story, as_culture_lead: Client, culture_lead: User
) -> None:
    assert as_culture_lead.get("/review/").context["place"].tab.name == "changes"


@pytest.mark.parametrize(
    ("verb", "said"), [("publishing", {}), ("sending-back", {"note": "Shorter"})]
)
def test_whoever_comes_from_the_list_goes_back_to_it(
    verb: str, said: dict[str, str], proposed: Story, as_manager: Client
) -> None:
    address = f"/stories/{proposed.ref}/proposal/"
    assert f'href="{address}?tab=changes"' in as_manager.get(PAGE).text
    page = as_manager.get(address, {"tab": "changes"})
    assert page.text.count('<input type="hidden" name="tab" value="changes">') == 2
    sent = {"seen": page.context["seen"], "tab": "changes", **said}
    response = as_manager.post(f"{address}{verb}/", sent, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "No change waits" in response.text


def test_a_note_that_is_missing_keeps_the_way_back(proposed: Story, as_manager: Client) -> None:
    address = f"/stories/{proposed.ref}/proposal/sending-back/"
    page = as_manager.post(address, {"tab": "changes"})
    assert page.status_code == 422
    assert 'name="tab" value="changes"' in page.text


def test_the_way_back_to_a_list_that_there_is_not_is_none(
    proposed: Story, as_manager: Client
) -> None:
    assert as_manager.get(f"/stories/{proposed.ref}/proposal/?tab=nonsense").status_code == 404


def test_looking_at_the_story_is_no_answer_to_the_change(
    proposed: Story, as_manager: Client, culture_lead: User
) -> None:
    """One key less, so that nobody means the change and passes it over."""
    Story.objects.filter(pk=proposed.pk).update(looked_at=None)
    page = as_manager.get(PAGE).text
    assert 'data-key="l"' in page
    assert 'data-key="c"' in page
    assert 'data-key="l p"' not in page


def test_no_key_sends_back_or_hides_the_story_that_a_change_is_about(
    proposed: Story, as_manager: Client
) -> None:
    """What would act on the whole story, which is read already, takes a deliberate press."""
    page = as_manager.get(PAGE)
    assert {"send_back", "hide"} <= page.context["may"].keys()
    for key in "sh":
        assert f'data-key="{key}"' not in page.text
        assert f'aria-keyshortcuts="{key}"' not in page.text
