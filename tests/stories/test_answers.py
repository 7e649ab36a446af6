"""What those answer who are asked first, what they see, and what it leads to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, History, Publicity, ReviewPolicy, User
from stories.models import Answer, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, wants
from tests.stories.asked import answers, post, said
from tests.stories.reading import page

pytestmark = pytest.mark.django_db


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
