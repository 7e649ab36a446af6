"""The way out: one click, signed in or not, and it tells nobody anything."""

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import DigestChoice, User
from stories.digests.models import Edition, UnsubscribeToken

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def url_of(person: User) -> str:
    token = UnsubscribeToken.objects.of([person.pk])[person.pk]
    return reverse("digest:unsubscribe", args=[token])


def said(response: Any) -> str:
    """The page without the token against forgery, which is another one each time."""
    return str(response.text).replace(str(response.context["csrf_token"]), "")


def wants_it(person: User) -> bool:
    person.refresh_from_db()
    return person.digest == DigestChoice.WEEKLY


def test_looking_changes_nothing_and_offers_a_button(client: Client, stranger: User) -> None:
    response = client.get(url_of(stranger))
    assert response.status_code == 200
    assert "<button" in response.text
    assert wants_it(stranger)


def test_one_click_stops_it_without_cookie_or_csrf_token(stranger: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(url_of(stranger), ONE_CLICK)
    assert response.status_code == 200
    assert not wants_it(stranger)


def test_the_post_of_a_mail_program_is_form_data_too(stranger: User) -> None:
    body = "List-Unsubscribe=One-Click"
    Client().post(url_of(stranger), body, content_type="application/x-www-form-urlencoded")
    assert not wants_it(stranger)


def test_it_can_be_repeated(client: Client, stranger: User) -> None:
    first, second = (client.post(url_of(stranger), ONE_CLICK) for _twice in range(2))
    assert said(first) == said(second)
    assert not wants_it(stranger)


def test_it_works_for_a_leaver(client: Client, leaver: User) -> None:
    assert client.post(url_of(leaver), ONE_CLICK).status_code == 200
    assert not wants_it(leaver)


def test_it_stops_nobody_elses(client: Client, stranger: User, teller: User) -> None:
    client.post(url_of(stranger), ONE_CLICK)
    assert wants_it(teller)


def test_it_signs_nobody_in(client: Client, stranger: User) -> None:
    client.post(url_of(stranger), ONE_CLICK)
    assert "sessionid" not in client.cookies


def test_somebody_elses_link_works_for_its_owner_not_for_who_is_signed_in(
    as_teller: Client, teller: User, stranger: User
) -> None:
    as_teller.post(url_of(stranger), ONE_CLICK)
    assert wants_it(teller)
    assert not wants_it(stranger)


@pytest.mark.parametrize("method", ["get", "post", "options", "delete"])
def test_a_wrong_token_gets_the_same_answer_and_leaves_no_line_in_the_log(
    client: Client, stranger: User, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    right = url_of(stranger)
    wrong = reverse("digest:unsubscribe", args=["x" * 43])
    with caplog.at_level(logging.DEBUG, "django.request"):
        answers = [getattr(client, method)(url) for url in (right, wrong)]
    assert answers[0].status_code == answers[1].status_code == 200
    assert said(answers[0]) == said(answers[1])
    assert stranger.name not in answers[0].text
    assert caplog.records == []


def test_the_link_is_kept_out_of_other_logs_and_caches(client: Client, stranger: User) -> None:
    response = client.get(url_of(stranger))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_the_token_survives_a_new_secret_key(client: Client, stranger: User, settings: Any) -> None:
    url = url_of(stranger)
    settings.SECRET_KEY = "another one, quite as long as the first"
    client.post(url, ONE_CLICK)
    assert not wants_it(stranger)


def test_every_edition_has_the_same_link_for_a_person(edition: Edition, stranger: User) -> None:
    assert url_of(stranger) == url_of(stranger)
    assert UnsubscribeToken.objects.filter(person=stranger).count() == 1


def test_a_token_is_long_and_random(edition: Edition) -> None:
    tokens = list(UnsubscribeToken.objects.values_list("token", flat=True))
    assert len(set(tokens)) == len(tokens) == 4
    assert all(len(token) >= 43 for token in tokens)


@pytest.mark.parametrize("method", ["options", "delete", "put", "patch", "trace"])
def test_other_methods_change_nothing(client: Client, stranger: User, method: str) -> None:
    assert getattr(client, method)(url_of(stranger)).status_code == 200
    assert wants_it(stranger)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_link_of_a_test_says_that_it_stops_nothing(
    client: Client, stranger: User, method: str
) -> None:
    response = getattr(client, method)(reverse("digest:unsubscribe", args=["preview"]))
    assert "This link stops nothing" in response.text
    assert "<form" not in response.text
    assert wants_it(stranger)
