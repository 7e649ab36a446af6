"""Where an old question leads once the story is no longer its reader's."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Company, Publicity, User
from stories.models import Named, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story, telling, wants
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db

SENTENCE = "You were asked about it, and it is not open to you at the moment"

ENDS: dict[str, Callable[[Story], None]] = {
    "withdrawn": lambda story: story.withdraw(by=story.teller),
    "being rewritten": lambda story: story.rewrite(by=story.teller),
    "private": lambda story: story.keep_private(by=story.teller),
}


@pytest.fixture
def helper(db: None) -> User:
    return UserFactory(name="Hana Ito", publicity=Publicity.ASK_FIRST)


@pytest.fixture
def asking(company: Company, teller: User, nominee: User, helper: User) -> Story:
    return tell_story(teller, nominee, helping_hands=[helper], headline="Zanzibar by night")


def page(story: Story, person: User) -> tuple[int, str]:
    answer = signed_in(person).get(f"/stories/{story.ref}/")
    return answer.status_code, answer.text


@pytest.mark.parametrize("end", ENDS)
def test_whoever_was_asked_reads_that_they_need_do_nothing(
    asking: Story, helper: User, end: str
) -> None:
    ENDS[end](asking)
    status, text = page(asking, helper)
    assert status == 404
    assert SENTENCE in text
    assert "Zanzibar" not in text
    assert "Ana Lima" not in text


def test_the_same_whatever_became_of_it(teller: User, nominee: User, helper: User) -> None:
    """Else a refusal would be told by the page."""
    said = set()
    for end in ENDS.values():
        story = tell_story(teller, nominee, helping_hands=[helper])
        end(story)
        text = page(story, helper)[1]
        said.add(text[text.index("<h1>") : text.index("</main>")])
    assert len(said) == 1


def test_and_while_a_reviewer_has_yet_to_see_it(
    asking: Story, helper: User, company: Company, culture_lead: User
) -> None:
    review_first()
    asking.agree(by=helper)
    assert asking.is_waiting
    assert SENTENCE in page(asking, helper)[1]


def test_not_who_was_never_asked(
    asking: Story, nominee: User, stranger: User, as_stranger: Client
) -> None:
    asking.withdraw(by=asking.teller)
    for person in (nominee, stranger):
        status, text = page(asking, person)
        assert status == 404
        assert SENTENCE not in text


def test_not_who_is_named_in_a_draft_alone(teller: User, helper: User) -> None:
    assert SENTENCE not in page(draft_story(teller, helper), helper)[1]


def test_not_who_was_left_out_since(asking: Story, teller: User, helper: User) -> None:
    asking.rewrite(by=teller)
    asking.keep(telling(nominees=asking.nominees), by=teller)
    assert not Named.objects.filter(person=helper).exists()
    assert SENTENCE not in page(asking, helper)[1]


def test_whoever_may_read_it_reads_the_story(asking: Story, helper: User) -> None:
    assert page(asking, helper)[0] == 200
    asking.agree(by=helper)
    wants(helper, Publicity.FINE)
    assert SENTENCE not in page(asking, helper)[1]
