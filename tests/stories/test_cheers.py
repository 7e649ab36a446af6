"""One person's one cheer for a story."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.test import Client

from accounts.models import Publicity, User
from stories.models import Cheer, Story
from tests.conftest import signed_in
from tests.factories import draft_story, tell_story

pytestmark = pytest.mark.django_db


def press(
    client: Client, story: Story, kind: str = "love", pressed: str = "1", **extra: Any
) -> Any:
    return client.post(f"/stories/{story.ref}/cheers/{kind}/", {"pressed": pressed}, **extra)


def cheers(story: Story) -> list[tuple[str, str]]:
    rows = story.cheers.order_by("person__name").select_related("person")
    return [(cheer.person.name, cheer.kind) for cheer in rows]


def test_a_cheer_lands(as_stranger: Client, story: Story) -> None:
    press(as_stranger, story)

    assert cheers(story) == [("Sam Stone", "love")]


def test_a_double_click_leaves_one_cheer(as_stranger: Client, story: Story) -> None:
    press(as_stranger, story)
    press(as_stranger, story)

    assert cheers(story) == [("Sam Stone", "love")]


def test_another_kind_replaces_the_first(as_stranger: Client, story: Story) -> None:
    press(as_stranger, story)
    press(as_stranger, story, "wow")

    assert cheers(story) == [("Sam Stone", "wow")]


def test_a_cheer_is_taken_back(as_stranger: Client, story: Story) -> None:
    press(as_stranger, story)
    press(as_stranger, story, pressed="0")
    press(as_stranger, story, pressed="0")

    assert cheers(story) == []


def test_taking_one_kind_back_leaves_another(as_stranger: Client, story: Story) -> None:
    press(as_stranger, story, "wow")
    press(as_stranger, story, "love", pressed="0")

    assert cheers(story) == [("Sam Stone", "wow")]


def test_a_plain_form_comes_back_to_the_card(as_stranger: Client, story: Story) -> None:
    page = "http://testserver/?moment=wow#top"
    response = press(as_stranger, story, headers={"Referer": page})

    assert response["Location"] == f"http://testserver/?moment=wow#story-{story.ref}"


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "javascript:alert(1)", ""])
def test_a_form_from_elsewhere_goes_to_the_story(
    page: str, as_stranger: Client, story: Story
) -> None:
    response = press(as_stranger, story, headers={"Referer": page})

    assert response["Location"] == story.get_absolute_url()


def test_htmx_gets_the_cheers_alone(as_stranger: Client, story: Story) -> None:
    response = press(as_stranger, story, "applause", headers={"HX-Request": "true"})
    html = response.content.decode()

    assert html.strip().startswith(f'<footer class="actions" id="cheers-{story.ref}"')
    assert "cheer--landed" in html
    assert 'data-announce="Applause 1"' in html


def test_taking_back_is_announced_and_lands_nothing(as_stranger: Client, story: Story) -> None:
    response = press(as_stranger, story, pressed="0", headers={"HX-Request": "true"})
    html = response.content.decode()

    assert "cheer--landed" not in html
    assert 'data-announce="No cheers yet"' in html


@pytest.mark.parametrize("kind", ["hate", "LOVE", "1"])
def test_an_unknown_kind_is_not_found(kind: str, as_stranger: Client, story: Story) -> None:
    assert press(as_stranger, story, kind).status_code == 404


@pytest.mark.parametrize("pressed", ["", "2", "true"])
def test_a_press_that_is_neither_is_refused(
    pressed: str, as_stranger: Client, story: Story
) -> None:
    assert press(as_stranger, story, pressed=pressed).status_code == 400


def test_a_draft_cannot_be_cheered(as_teller: Client, teller: User, nominee: User) -> None:
    assert press(as_teller, draft_story(teller, nominee)).status_code == 403


def test_a_story_that_waits_for_an_answer_cannot_be_cheered(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    nominee.publicity = Publicity.ASK_FIRST
    nominee.save()

    assert press(as_nominee, tell_story(teller, nominee)).status_code == 403


def test_a_nominee_may_cheer_a_private_story(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    story = tell_story(teller, nominee, visibility="private")
    press(as_nominee, story)

    assert cheers(story) == [("Priya Desai", "love")]


def test_a_leaver_cheers_nothing(leaver: User, story: Story) -> None:
    press(signed_in(leaver), story)

    assert cheers(story) == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite has one connection")
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_leave_one_cheer(story: Story, stranger: User) -> None:
    clients = [signed_in(stranger) for _ in range(8)]

    def click(client: Client) -> int:
        try:
            return int(press(client, story).status_code)
        finally:
            connection.close()
            close_old_connections()

    with ThreadPoolExecutor(len(clients)) as pool:
        statuses = list(pool.map(click, clients))

    assert set(statuses) == {302}
    assert Cheer.objects.count() == 1
