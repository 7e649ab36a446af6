"""Drafts: kept, opened again, published, and nobody else's."""

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from stories.models.choices import State
from tests.conftest import signed_in
from tests.factories import draft_story, tell_story
from tests.stories.composing import KEY, autosave, open_composer, publish, save

pytestmark = pytest.mark.django_db

COMPOSE = "/stories/new/"


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def test_a_draft_needs_nothing_else(as_teller: Client) -> None:
    response = save(as_teller, headline="", what_they_did="She rang", customer_group=None)
    story = Story.objects.get()
    assert (story.state, story.what_they_did) == (State.DRAFT, "She rang")
    assert response.url == f"{COMPOSE}?draft={story.ref}"


def test_an_empty_form_makes_no_draft(as_teller: Client) -> None:
    empty = {"key": KEY, "save": "yes", "moment": "customer_love", "visibility": "company"}
    assert as_teller.post(COMPOSE, empty).status_code == 200
    assert not Story.objects.exists()


def test_an_own_draft_opens_again_with_everything_in_it(
    as_teller: Client, teller: User, nominee: User, manager: User
) -> None:
    story = draft_story(teller, nominee, helping_hands=[manager], customer_words="Lovely")
    page = open_composer(as_teller, draft=story.ref).content.decode()
    for said in (str(story.key), nominee.ref, manager.ref, story.headline, "Lovely"):
        assert said in page


def test_a_draft_is_published_as_the_same_story(
    as_teller: Client, teller: User, nominee: User
) -> None:
    story = draft_story(teller, nominee)
    publish(as_teller, nominee, key=str(story.key))
    assert Story.objects.get(state=State.PUBLISHED).pk == story.pk


@pytest.mark.parametrize("who", ["stranger", "manager", "culture_lead", "nominee"])
def test_nobody_else_opens_a_draft(
    who: str, request: pytest.FixtureRequest, teller: User, nominee: User
) -> None:
    story = draft_story(teller, nominee)
    client = signed_in(request.getfixturevalue(who))
    assert open_composer(client, draft=story.ref).status_code == 404


@pytest.mark.parametrize("ref", ["", "x", "\x00", "zzzzzzzzzzzzzz", "../admin"])
def test_a_forged_draft_is_not_found(as_teller: Client, ref: str) -> None:
    assert open_composer(as_teller, draft=ref).status_code == 404


def test_a_published_story_does_not_open_as_a_draft(as_teller: Client, story: Story) -> None:
    assert open_composer(as_teller, draft=story.ref).status_code == 404


def test_the_composer_is_for_people_signed_in(client: Client) -> None:
    assert open_composer(client).status_code == 302


def test_each_visit_has_a_key_of_its_own(as_teller: Client) -> None:
    keys = {open_composer(as_teller).context["key"] for _ in range(2)}
    assert len(keys) == 2


def test_told_stories_do_not_change_a_draft(as_teller: Client, teller: User, nominee: User) -> None:
    tell_story(teller, nominee)
    autosave(as_teller, headline="Another")
    assert Story.objects.get(state=State.DRAFT).headline == "Another"
