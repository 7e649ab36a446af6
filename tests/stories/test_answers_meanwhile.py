"""What its teller can do with a story while it asks somebody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import Company, History, User
from stories.models import State, Story, Visibility
from tests.conftest import signed_in
from tests.factories import draft_story, telling
from tests.stories.asked import answers, post, row
from tests.stories.reading import page

pytestmark = pytest.mark.django_db


def test_the_teller_keeps_it_private_without_an_answer(
    asking: Story, teller: User, stranger: User
) -> None:
    html = page(teller, asking)
    assert "Nobody is asked any more. You, the people celebrated" in html
    post(teller, asking, "privacy")
    asking.refresh_from_db()
    assert (asking.state, asking.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


def test_the_teller_goes_on_writing_and_leaves_somebody_out(
    asking: Story, teller: User, nominee: User, helper: User
) -> None:
    post(nominee, asking, "agreement")
    response = post(teller, asking, "rewriting")
    assert response["Location"] == f"/stories/new/?draft={asking.ref}"
    assert signed_in(teller).get(response["Location"]).status_code == 200
    again = post(teller, asking, "rewriting")
    assert again["Location"] == response["Location"]
    asking.refresh_from_db()
    assert asking.state == State.DRAFT
    assert row(asking).before["headline"] == asking.headline
    asking.keep(telling(nominees=[nominee]), by=teller)
    asking.submit(by=teller)
    assert (asking.state, asking.visibility) == (State.PUBLISHED, Visibility.COMPANY)
    assert [deed.verb for deed in History.objects.about(asking)] == [
        "submit",
        "agree",
        "rewrite",
        "submit",
    ]


def test_whoever_has_not_answered_is_asked_anew(
    asking: Story, teller: User, nominee: User, helper: User
) -> None:
    asking.agree(by=nominee)
    was = asking.named.get(person=helper).asked_at
    asking.rewrite(by=teller)
    for person in (nominee, helper):
        assert not Story.objects.visible_to(person).filter(pk=asking.pk).exists()
    asking.submit(by=teller)
    assert answers(asking) == {"Hana Ito": "asked", "Priya Desai": "agreed"}
    now = asking.named.get(person=helper).asked_at
    assert was is not None
    assert now is not None
    assert now > was


@pytest.mark.parametrize("who", ["nominee", "helper", "stranger", "manager", "culture_lead"])
def test_nobody_else_takes_it_back_to_write(
    who: str, asking: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        asking.rewrite(by=request.getfixturevalue(who))
    asking.refresh_from_db()
    assert asking.state == State.ASKING


@pytest.mark.parametrize("state", ["draft", "published", "hidden", "withdrawn", "private"])
def test_only_what_asks_is_taken_back_to_write(
    state: str, teller: User, nominee: User, culture_lead: User
) -> None:
    story = draft_story(teller, nominee, visibility="private" if state == "private" else "company")
    if state != "draft":
        story.submit(by=teller)
    if state == "hidden":
        story.hide(by=culture_lead, note="A name in it.")
    if state == "withdrawn":
        story.withdraw(by=teller)
    with pytest.raises(PermissionDenied):
        story.rewrite(by=teller)


def test_the_choices_say_what_they_mean(company: Company, as_nominee: Client) -> None:
    html = " ".join(as_nominee.get("/preferences/").content.decode().split())
    for words in ("Fine: ", "Ask me first: ", "Private only: "):
        assert words in html
