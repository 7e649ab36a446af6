"""Telling a story: from the first word to the feed."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Company, Department, Publicity, User
from stories.models import CustomerGroup, Story
from stories.models.choices import State, Visibility
from tests.conftest import signed_in
from tests.factories import GroupFactory, UserFactory, ValueFactory, draft_story, tell_story
from tests.stories.composing import HTMX, KEY, autosave, fields, photo_file, publish, save

pytestmark = pytest.mark.django_db

COMPOSE = "/stories/new/"


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def open_composer(client: Client, **query: str) -> Any:
    return client.get(reverse("compose"), query)


# --- Publishing ---------------------------------------------------------------------------


def test_a_story_is_published_as_it_was_told(
    as_teller: Client, nominee: User, manager: User, suppliers: CustomerGroup
) -> None:
    value = ValueFactory()
    response = publish(
        as_teller,
        nominee,
        helping_hands=[manager.ref],
        values=[value.pk],
        customer_words="I was only dreading the form.",
        words_source="call",
        customer_role="the owner",
        customer_name="Mara Quell",
        customer_agreed="on",
        photo=photo_file(),
        photo_alt="A boat",
    )
    story = Story.objects.get()
    assert response.url == f"{story.get_absolute_url()}?told=1"
    assert (story.state, story.moment, story.customer_group) == ("published", "wow", suppliers)
    assert (story.nominees, story.helping_hands) == ([nominee], [manager])
    assert list(story.values.all()) == [value]
    assert (story.customer_name, story.photo_alt) == ("Mara Quell", "A boat")


def test_somebody_who_wants_to_be_asked_is_asked(as_teller: Client, nominee: User) -> None:
    User.objects.filter(pk=nominee.pk).update(publicity=Publicity.ASK_FIRST)
    publish(as_teller, nominee)
    assert Story.objects.get().state == State.ASKING


def test_a_private_story_stays_private(as_teller: Client, nominee: User) -> None:
    publish(as_teller, nominee, visibility="private")
    assert Story.objects.get().visibility == Visibility.PRIVATE


def test_sending_the_form_twice_makes_one_story(as_teller: Client, nominee: User) -> None:
    first, second = publish(as_teller, nominee), publish(as_teller, nominee)
    assert (Story.objects.count(), second.url) == (1, first.url)


def test_the_second_time_changes_nothing(as_teller: Client, nominee: User) -> None:
    publish(as_teller, nominee)
    publish(as_teller, nominee, headline="Something else")
    assert Story.objects.get().headline == "A kayak school kept its season"


def test_the_same_key_of_somebody_else_is_a_story_of_their_own(
    as_teller: Client, as_stranger: Client, nominee: User
) -> None:
    publish(as_teller, nominee)
    publish(as_stranger, nominee)
    assert Story.objects.values("teller").distinct().count() == 2


def test_htmx_is_sent_to_the_story(as_teller: Client, nominee: User) -> None:
    response = as_teller.post(COMPOSE, fields(nominee, publish="yes"), headers=HTMX)
    assert response.headers["HX-Redirect"].endswith("?told=1")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_double_click_makes_one_story(teller: User, nominee: User) -> None:
    clients, start = [signed_in(teller) for _ in range(4)], Barrier(4)
    places: list[str] = []

    def click(client: Client) -> None:
        start.wait()
        places.append(publish(client, nominee).url)
        connection.close()

    clicks = [Thread(target=click, args=[client]) for client in clients]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert (Story.objects.count(), len(places), len(set(places))) == (1, 4, 1)


def test_what_may_stay_empty_is_called_optional(as_teller: Client) -> None:
    ValueFactory()
    page = open_composer(as_teller).content.decode()
    questions = ("difference did it make?", "our values does it show?", "Is there a photo?")
    marked = [f"{question} <small>optional</small>" in page for question in questions]
    assert marked == [True, True, True]
    assert "What did they do?</label>" in page


# --- Drafts -------------------------------------------------------------------------------


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


# --- Saved while typing -------------------------------------------------------------------


def test_typing_saves_a_draft(as_teller: Client) -> None:
    response = autosave(as_teller, headline="A kayak")
    assert "Saved a moment ago" in response.content.decode()
    assert Story.objects.get().headline == "A kayak"


def test_opening_the_page_saves_nothing(as_teller: Client) -> None:
    empty = {"key": KEY, "moment": "customer_love", "visibility": "company"}
    response = as_teller.post(reverse("compose_draft"), empty, headers=HTMX)
    assert (Story.objects.count(), "Saved" in response.content.decode()) == (0, False)


def test_typing_goes_on_in_the_same_draft(as_teller: Client, nominee: User) -> None:
    autosave(as_teller, headline="A kay")
    autosave(as_teller, nominee, headline="A kayak")
    assert (Story.objects.get().headline, Story.objects.get().nominees) == ("A kayak", [nominee])


def test_what_is_not_right_yet_is_named_and_the_rest_is_saved(as_teller: Client) -> None:
    page = autosave(
        as_teller, headline="a" * 201, photo_alt="\x07", difference="Nobody lost a trip"
    ).content.decode()
    assert "Saved, but for: In one line, what happened?, What does the photo show?" in page
    assert (Story.objects.get().headline, Story.objects.get().difference) == (
        "",
        "Nobody lost a trip",
    )


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("headline", 200),
        ("customer_role", 200),
        ("what_they_did", 20_000),
        ("difference", 20_000),
        ("customer_words", 20_000),
    ],
)
@pytest.mark.parametrize("send", [autosave, save, publish])
def test_a_draft_keeps_what_is_too_long_to_publish(
    as_teller: Client, nominee: User, name: str, letters: int, send: Any
) -> None:
    send(as_teller, nominee, **{name: "a" * letters})
    assert getattr(Story.objects.get(state=State.DRAFT), name) == "a" * letters


def test_a_customers_name_waits_for_their_consent(as_teller: Client) -> None:
    page = autosave(as_teller, customer_name="Mara Quell").content.decode()
    assert "Saved a moment ago. We keep the name once you tick that they agreed." in page
    assert Story.objects.get().customer_name == ""


def test_the_coach_and_the_card_follow_what_is_typed(as_teller: Client, nominee: User) -> None:
    page = autosave(as_teller, nominee, customer_words="I was dreading the form").content.decode()
    assert 'id="coach"' in page
    assert "It has the customer&#x27;s words" in page
    assert f'id="story-{Story.objects.get().ref}"' in page


def test_a_photo_is_kept_as_soon_as_it_is_chosen(as_teller: Client) -> None:
    page = autosave(as_teller, photo=photo_file()).content.decode()
    assert Story.objects.get().photo_url in page
    assert 'id="photo" hx-swap-oob="true"' in page


def test_a_refused_photo_is_named_until_another_is_chosen(as_teller: Client) -> None:
    refused = autosave(as_teller, photo=SimpleUploadedFile("a.jpg", b"words")).content.decode()
    assert "Saved, but for: Photo" in refused
    assert 'name="photo_refused" value="yes"' in refused
    later = autosave(as_teller, photo_refused="yes").content.decode()
    assert "Saved, but for: Photo" in later
    mended = autosave(as_teller, photo_refused="yes", photo=photo_file()).content.decode()
    assert "Saved a moment ago" in mended
    assert "photo_refused" not in mended


def test_publishing_says_once_that_a_photo_was_refused(as_teller: Client, nominee: User) -> None:
    page = publish(as_teller, nominee, photo_refused="yes").content.decode()
    assert "The photo was not taken over. Choose another one, or go on without." in page
    assert 'name="photo_refused"' not in page
    assert Story.objects.get().state == State.DRAFT


def test_a_photo_can_be_taken_away(as_teller: Client) -> None:
    autosave(as_teller, photo=photo_file())
    autosave(as_teller, photo_off="on")
    assert Story.objects.get().photo.name == ""


def test_a_late_save_does_not_touch_a_published_story(as_teller: Client, nominee: User) -> None:
    publish(as_teller, nominee)
    page = autosave(as_teller, nominee, headline="Too late").content.decode()
    assert Story.objects.get().headline == "A kayak school kept its season"
    assert "What you change here is not kept." in page


def test_a_save_with_a_forged_key_makes_nothing(as_teller: Client) -> None:
    assert autosave(as_teller, key="forged").status_code == 200
    assert not Story.objects.exists()


def test_a_save_that_comes_back_after_sign_in_opens_the_composer(as_teller: Client) -> None:
    response = as_teller.post(reverse("compose_draft"), fields(headline="A kayak"))
    assert 'value="A kayak"' in response.content.decode()
    assert Story.objects.get().headline == "A kayak"


def test_a_draft_of_somebody_signed_out_is_refused_where_it_stands(client: Client) -> None:
    assert autosave(client, headline="A kayak").status_code == 401
    assert not Story.objects.exists()


# --- Groups -------------------------------------------------------------------------------


def group_names(response: Any) -> list[str]:
    return [group.name for group in response.context["form"].offer.groups]


def test_groups_of_the_nominees_department_come_first_and_say_why(
    as_teller: Client, teller: User, nominee: User, product: Department
) -> None:
    GroupFactory(name="Journalists", position=1)
    partners = GroupFactory(name="Partners", position=2)
    partners.served_by.add(product)
    response = open_composer(as_teller, draft=draft_story(teller, nominee).ref)
    assert group_names(response)[0] == "Partners"
    assert "Product looks after Partners, so that comes first." in response.content.decode()


def test_groups_are_sent_again_only_when_their_order_changes(
    as_teller: Client, nominee: User, suppliers: CustomerGroup, product: Department
) -> None:
    suppliers.served_by.add(product)
    first = autosave(as_teller, nominee)
    shown = str(first.context["form"].offer)
    again = autosave(as_teller, nominee, groups_shown=shown)
    moved = ['name="groups_shown"' in page.content.decode() for page in (first, again)]
    assert moved == [True, False]


def test_a_draft_keeps_a_group_that_is_offered_no_longer(
    as_teller: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    story = draft_story(teller, nominee, customer_group=suppliers)
    CustomerGroup.objects.update(is_active=False)
    assert group_names(open_composer(as_teller, draft=story.ref)) == ["Suppliers"]


def test_dare_to_try_is_offered_and_asks_what_was_learned(
    as_teller: Client, company: Company
) -> None:
    before = open_composer(as_teller).content.decode()
    Company.objects.update(dare_to_try=True)
    after = open_composer(as_teller).content.decode()
    assert ["say what we learned" in page for page in (before, after)] == [False, True]
    assert ["Dare to try" in page for page in (before, after)] == [False, True]


# --- How many queries ---------------------------------------------------------------------


def queries_to(client: Client, teller: User, count: int) -> int:
    """What opening a draft asks of the database, with so many people, groups and values."""
    people = [
        UserFactory(department=GroupFactory().served_by.create(name=str(uuid4())))
        for _ in range(count)
    ]
    for _ in range(count):
        ValueFactory()
    ref = draft_story(teller, *people[:15]).ref
    with connection.execute_wrapper(counter := Counter()):
        assert open_composer(client, draft=ref).status_code == 200
    return counter.queries


class Counter:
    queries = 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.queries += 1
        return execute(*args)


def test_the_composer_asks_the_same_number_of_queries(as_teller: Client, teller: User) -> None:
    open_composer(as_teller)
    assert queries_to(as_teller, teller, 3) == queries_to(as_teller, teller, 15)


def test_told_stories_do_not_change_a_draft(as_teller: Client, teller: User, nominee: User) -> None:
    tell_story(teller, nominee)
    autosave(as_teller, headline="Another")
    assert Story.objects.get(state=State.DRAFT).headline == "Another"
