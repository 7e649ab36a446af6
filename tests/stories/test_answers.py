"""What those answer who are asked first, what it leads to, and what its teller can do meanwhile."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, History, Publicity, ReviewPolicy, User
from stories.models import Answer, State, Story, Visibility
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story, telling, wants
from tests.stories.composing import photo_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(db: None) -> User:
    return UserFactory(name="Hana Ito", publicity=Publicity.ASK_FIRST)


@pytest.fixture
def asking(teller: User, nominee: User, helper: User) -> Story:
    """Waits for two, and has a photo."""
    wants(nominee, Publicity.ASK_FIRST)
    return tell_story(
        teller, nominee, helping_hands=[helper], photo=photo_file(), photo_alt="Two on a quay"
    )


def post(person: User, story: Story, action: str) -> Any:
    return signed_in(person).post(f"/stories/{story.ref}/{action}/")


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def page(person: User, story: Story) -> str:
    response = signed_in(person).get(story.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def answers(story: Story) -> dict[str, str]:
    return {named.person.name: named.answer for named in story.named.select_related("person")}


def row(story: Story) -> History:
    found = History.objects.about(story).last()
    assert found is not None
    return found


# --- Without the photo -------------------------------------------------------------------------


def test_agreeing_without_the_photo_takes_it_away(
    asking: Story, helper: User, nominee: User, django_capture_on_commit_callbacks: Any
) -> None:
    file = str(asking.photo.name)
    with django_capture_on_commit_callbacks(execute=True):
        asking.agree_without_photo(by=helper)
    asking.refresh_from_db()
    assert (asking.photo.name, asking.photo_alt) == ("", "")
    assert not default_storage.exists(file)
    assert answers(asking) == {"Hana Ito": "agreed_without_photo", "Priya Desai": "asked"}
    assert asking.state == State.ASKING
    deed = row(asking)
    assert (deed.verb, deed.actor, deed.before["photo"], deed.after["photo"]) == (
        "agree without photo",
        helper,
        file,
        "",
    )


def test_the_last_one_without_the_photo_publishes(
    asking: Story, helper: User, nominee: User
) -> None:
    asking.agree(by=helper)
    asking.agree_without_photo(by=nominee)
    assert (asking.state, asking.visibility, bool(asking.photo)) == (
        State.PUBLISHED,
        Visibility.COMPANY,
        False,
    )


@pytest.mark.parametrize("who", ["teller", "stranger", "manager", "culture_lead", "leaver"])
def test_nobody_else_takes_the_photo_away(
    who: str, asking: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        asking.agree_without_photo(by=request.getfixturevalue(who))
    asking.refresh_from_db()
    assert asking.photo
    assert row(asking).verb == "submit"


def test_a_photo_that_comes_later_asks_those_anew_and_nobody_else(
    asking: Story, teller: User, helper: User, nominee: User
) -> None:
    asking.agree(by=nominee)
    asking.agree_without_photo(by=helper)
    people = {"nominees": [nominee], "helping_hands": [helper]}
    asking.edit(telling(**people, headline="Another headline"), by=teller)
    assert asking.state == State.PUBLISHED
    asking.edit(telling(**people, photo=photo_file()), by=teller)
    assert asking.state == State.ASKING
    assert answers(asking) == {"Hana Ito": "asked", "Priya Desai": "agreed"}
    asking.agree_without_photo(by=helper)
    assert asking.state == State.PUBLISHED
    assert not asking.photo


def test_a_later_photo_asks_them_whatever_they_wish_for_other_stories(
    asking: Story, teller: User, helper: User, nominee: User
) -> None:
    asking.agree(by=nominee)
    asking.agree_without_photo(by=helper)
    wants(helper, Publicity.FINE)
    people = {"nominees": [nominee], "helping_hands": [helper]}
    asking.edit(telling(**people, photo=photo_file()), by=teller)
    assert answers(asking)["Hana Ito"] == Answer.ASKED


def test_a_private_story_takes_any_photo(asking: Story, teller: User, nominee: User) -> None:
    asking.agree_without_photo(by=nominee)
    asking.keep_private(by=teller)
    people = {"nominees": [nominee], "helping_hands": asking.helping_hands}
    asking.edit(telling(**people, photo=photo_file()), by=teller)
    assert asking.state == State.PUBLISHED


def test_the_teller_reads_that_the_photo_is_gone_and_why(
    asking: Story, teller: User, helper: User
) -> None:
    assert "agreed without the photo" not in page(teller, asking)
    post(helper, asking, "agreement/without-photo")
    html = page(teller, asking)
    assert "Hana Ito</bdi></a> agreed without the photo, so it was taken away." in html
    assert "Agreed, and had the photo taken away" in html


def test_nobody_else_reads_who_minded_the_photo(
    asking: Story, nominee: User, helper: User, stranger: User
) -> None:
    post(helper, asking, "agreement/without-photo")
    assert "without the photo" not in page(nominee, asking)
    post(nominee, asking, "agreement")
    assert "without the photo" not in page(stranger, asking)


# --- The page ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["nominee", "helper"])
def test_the_page_says_who_told_it_and_what_each_answer_does(
    who: str, asking: Story, request: pytest.FixtureRequest
) -> None:
    html = page(request.getfixturevalue(who), asking)
    for words in (
        "May this story be published?",
        "Ana Lima</bdi></a> told it, and it names you.",
        "Everybody at the company may read it as it is, photo and all.",
        "The photo is taken away. Everybody may read the rest.",
        "Only Ana Lima, the people celebrated and their managers read it",
        "This cannot be undone.",
        "Without your answer it stays unpublished.",
    ):
        assert words in html
    assert ("you do not. This cannot" in html) is (who == "helper")


def test_without_a_photo_there_is_nothing_to_take_away(teller: User, nominee: User) -> None:
    story = tell_story(teller, wants(nominee, Publicity.ASK_FIRST))
    html = page(nominee, story)
    assert "Agree without my photo" not in html
    assert "Agree</button>" in html


def test_whoever_answered_is_not_asked_again(asking: Story, nominee: User) -> None:
    post(nominee, asking, "agreement")
    html = page(nominee, asking)
    assert 'id="answer"' not in html
    assert "The story appears when everybody asked has agreed." in html


def test_the_page_costs_the_same_however_many_are_asked(teller: User, nominee: User) -> None:
    def queries(*people: User) -> int:
        story = tell_story(teller, wants(nominee, Publicity.ASK_FIRST), *people)
        client = signed_in(nominee)
        client.get(story.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(story.get_absolute_url()).status_code == 200
        return len(captured)

    asked = [UserFactory(publicity=Publicity.ASK_FIRST) for _ in range(5)]
    assert queries() == queries(*asked)


# --- What comes next ---------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["agreement", "agreement/without-photo"])
def test_thanks_and_what_comes_next(
    action: str, asking: Story, nominee: User, helper: User
) -> None:
    first = post(nominee, asking, action)
    assert said(first) == ["Thank you. The story is published once everybody asked has agreed."]
    last = post(helper, asking, action)
    assert said(last) == ["Thank you. Everybody at the company can read the story now."]
    assert last["Location"] == asking.get_absolute_url()


def test_agreeing_twice_is_harmless(asking: Story, nominee: User) -> None:
    for _ in range(2):
        assert post(nominee, asking, "agreement/without-photo").status_code == 302
    assert post(nominee, asking, "agreement").status_code == 302
    assert answers(asking)["Priya Desai"] == Answer.AGREED_WITHOUT_PHOTO
    assert History.objects.about(asking).filter(verb__startswith="agree").count() == 1


def test_everybody_agreed_and_a_reviewer_is_next(
    company: Company, culture_lead: User, asking: Story, nominee: User, helper: User, teller: User
) -> None:
    Company.objects.update(review_policy=ReviewPolicy.REVIEW_FIRST)
    post(nominee, asking, "agreement")
    last = post(helper, asking, "agreement")
    assert said(last) == [
        "Thank you. Everybody asked has agreed. A reviewer reads the story before it is published."
    ]
    assert last["Location"] == "/"
    assert "Everybody asked has agreed. Now this story waits for a reviewer." in page(
        teller, asking
    )


def test_one_who_has_become_private_by_now_keeps_it_private(
    asking: Story, nominee: User, helper: User
) -> None:
    post(helper, asking, "agreement")
    wants(helper, Publicity.PRIVATE_ONLY)
    last = post(nominee, asking, "agreement")
    assert said(last) == ["Thank you. The story stays private, for its few."]


@pytest.mark.parametrize("end", ["refused", "withdrawn", "taken back"])
@pytest.mark.parametrize("action", ["agreement", "agreement/without-photo", "privacy"])
@pytest.mark.parametrize("who", ["nominee", "helper"])
def test_an_answer_that_nobody_waits_for_any_more(
    who: str, action: str, end: str, asking: Story, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    other = next(p for p in asking.still_asked if p != person)
    if end == "refused":
        asking.keep_private(by=other)
    elif end == "withdrawn":
        asking.withdraw(by=asking.teller)
    else:
        asking.rewrite(by=asking.teller)
    before = Story.objects.values().get(pk=asking.pk)
    late = post(person, asking, action)
    assert said(late) == ["Thank you. Your answer is not needed any more."]
    assert late.status_code == 302
    assert Story.objects.values().get(pk=asking.pk) == before


# --- The teller, meanwhile ---------------------------------------------------------------------


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
