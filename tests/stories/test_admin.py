"""What culture leads see of stories in the admin: what everybody may read, and no more."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import History, Publicity, User
from stories.models import CustomerGroup, State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story, telling, wants
from tests.stories.composing import photo_file

pytestmark = pytest.mark.django_db
STORIES = "/admin/stories/story/"
HISTORY = "/admin/accounts/history/"
SECRET = "Nobody should read this headline"


def secret_story(kind: str, teller: User, nominee: User, manager: User) -> Story:
    """A story that no culture lead may know of."""
    if kind == "draft":
        return draft_story(teller, nominee, headline=SECRET)
    if kind == "private":
        return tell_story(teller, nominee, headline=SECRET, visibility="private")
    if kind == "asking":
        User.objects.filter(pk=nominee.pk).update(publicity="ask_first")
        return tell_story(teller, nominee, headline=SECRET)
    story = tell_story(teller, nominee, headline=SECRET)
    if kind == "withdrawn":
        story.withdraw(by=teller)
    elif kind == "kept private":
        story.keep_private(by=teller)
    elif kind == "hidden and private":
        story.hide(by=manager, note=SECRET)
        Story.objects.filter(pk=story.pk).update(visibility="private")
    return story


@pytest.fixture(
    params=["draft", "private", "asking", "withdrawn", "kept private", "hidden and private"]
)
def secret(
    request: pytest.FixtureRequest,
    teller: User,
    nominee: User,
    manager: User,
    suppliers: CustomerGroup,
) -> Story:
    return secret_story(request.param, teller, nominee, manager)


@pytest.fixture(params=["culture_lead", "operator"])
def as_reader(request: pytest.FixtureRequest) -> Client:
    if request.param == "operator":
        return signed_in(User.objects.create_superuser("op@company.example", "x", name="Op"))
    return signed_in(request.getfixturevalue("culture_lead"))


def test_a_secret_story_is_not_in_the_list(as_reader: Client, secret: Story) -> None:
    assert SECRET not in as_reader.get(STORIES).content.decode()


def test_a_secret_story_is_not_found_by_search(as_reader: Client, secret: Story) -> None:
    assert as_reader.get(STORIES, {"q": "Nobody"}).context["cl"].result_count == 0


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_secret_story_has_no_page(as_reader: Client, secret: Story, page: str) -> None:
    response = as_reader.get(f"{STORIES}{secret.pk}/{page}/")
    assert response.status_code in {302, 403}
    assert (
        SECRET not in as_reader.get(f"{STORIES}{secret.pk}/{page}/", follow=True).content.decode()
    )


@pytest.mark.parametrize("state", [*State.values, "no state"])
def test_no_filter_brings_a_secret_story_out(as_reader: Client, secret: Story, state: str) -> None:
    response = as_reader.get(f"{STORIES}?state__exact={state}", follow=True)
    assert SECRET not in response.content.decode()


def test_history_says_nothing_of_a_secret_story(as_reader: Client, secret: Story) -> None:
    History.objects.record("edit", secret, actor=None, before={"headline": SECRET})
    page = as_reader.get(HISTORY)
    assert SECRET not in page.content.decode()
    assert not page.context["cl"].queryset.filter(subject_type__model="story").exists()


def test_a_row_about_a_secret_story_has_no_page(as_reader: Client, secret: Story) -> None:
    row = History.objects.record("edit", secret, actor=None, before={"headline": SECRET})
    assert SECRET not in as_reader.get(f"{HISTORY}{row.pk}/change/", follow=True).content.decode()


def test_a_private_story_of_a_lead_is_read_on_its_page_and_not_here(
    teller: User, culture_lead: User, suppliers: CustomerGroup
) -> None:
    tell_story(teller, culture_lead, headline=SECRET, visibility="private")
    assert SECRET not in signed_in(culture_lead).get(STORIES).content.decode()


def test_the_number_of_a_story_does_not_tell_its_reference(
    as_reader: Client, secret: Story
) -> None:
    kind = ContentType.objects.get_for_model(Story).pk
    response = as_reader.get(f"/admin/r/{kind}/{secret.pk}/")
    assert response.status_code == 404


def test_a_published_story_is_there_to_read(as_culture_lead: Client, story: Story) -> None:
    assert story.headline in as_culture_lead.get(STORIES).content.decode()
    assert (
        story.what_they_did in as_culture_lead.get(f"{STORIES}{story.pk}/change/").content.decode()
    )


def test_a_hidden_story_is_there_to_read(
    as_culture_lead: Client, story: Story, manager: User
) -> None:
    story.hide(by=manager, note="A name in it")
    assert story.headline in as_culture_lead.get(STORIES).content.decode()


def test_a_hidden_story_is_not_for_a_lead_whom_it_names(
    teller: User, manager: User, culture_lead: User, nominee: User
) -> None:
    story = tell_story(teller, nominee, headline=SECRET, helping_hands=[culture_lead])
    story.hide(by=manager, note="A name in it")
    assert SECRET not in signed_in(culture_lead).get(STORIES).content.decode()


def test_history_of_a_story_is_not_for_a_lead_whom_it_names(
    teller: User, culture_lead: User
) -> None:
    tell_story(teller, culture_lead)
    page = signed_in(culture_lead).get(HISTORY)
    assert not page.context["cl"].queryset.filter(subject_type__model="story").exists()


def test_history_says_nothing_of_what_only_those_asked_had_read(
    as_reader: Client, teller: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    story = tell_story(teller, stranger, headline=SECRET)
    story.rewrite(by=teller)
    story.keep(telling(nominees=[stranger], headline="For everybody"), by=teller)
    story.submit(by=teller)
    story.agree(by=stranger)
    for row in History.objects.about(story):
        page = as_reader.get(f"{HISTORY}{row.pk}/change/")
        assert page.status_code == 200
        assert SECRET not in page.content.decode()


@pytest.mark.parametrize("then", ["agree", "agree_without_photo"])
def test_history_does_not_say_what_a_photo_showed_that_was_taken_away_before_it_was_read(
    then: str, as_reader: Client, teller: User, nominee: User, stranger: User
) -> None:
    """The first answer takes it away, and the second lets the story be read."""
    for person in (nominee, stranger):
        wants(person, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee, stranger, photo=photo_file(), photo_alt=SECRET)
    photo = str(story.photo.name)
    story.agree_without_photo(by=nominee)
    getattr(story, then)(by=stranger)
    assert story.is_published
    for row in History.objects.about(story):
        page = as_reader.get(f"{HISTORY}{row.pk}/change/")
        assert page.status_code == 200
        assert SECRET not in page.text
        assert photo not in page.text


def test_history_of_a_published_story_is_there_to_read(
    as_culture_lead: Client, story: Story
) -> None:
    assert "submit" in as_culture_lead.get(HISTORY).content.decode()


@pytest.mark.parametrize("address", [STORIES, HISTORY])
def test_nothing_is_added_or_changed(as_reader: Client, story: Story, address: str) -> None:
    pk = story.pk if address == STORIES else History.objects.about(story).get().pk
    answers = [
        as_reader.get(f"{address}add/").status_code,
        as_reader.post(f"{address}{pk}/change/", {"headline": "Mine"}).status_code,
        as_reader.post(f"{address}{pk}/delete/", {"post": "yes"}).status_code,
    ]
    assert answers == [403, 403, 403]


def published(count: int, teller: User) -> None:
    for _ in range(count):
        tell_story(teller, UserFactory())


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(("page", "queries"), [(STORIES, 6), (HISTORY, 6)])
def test_lists_take_a_fixed_number_of_queries(
    as_culture_lead: Client,
    teller: User,
    suppliers: CustomerGroup,
    count: int,
    page: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    published(count, teller)
    as_culture_lead.get(page)
    with django_assert_num_queries(queries):
        as_culture_lead.get(page)
