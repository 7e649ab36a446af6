"""A session that ends, and what buttons and htmx do then beside what was written."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from stories.models import Story
from tests.accounts.keeping import KEPT, TYPED, given_back, sign_in

pytestmark = pytest.mark.django_db


def test_a_button_without_words_leads_back_to_its_page(writing: Client) -> None:
    response = writing.post("/stories/abc/cheers/love/", HTTP_REFERER="http://testserver/?group=2")
    assert response.url == "/accounts/login/?next=%2F%3Fgroup%3D2"


def test_another_site_names_no_page_to_return_to(writing: Client) -> None:
    response = writing.post("/stories/abc/cheers/love/", HTTP_REFERER="https://elsewhere.example/")
    assert response.url == "/accounts/login/?next=%2F"


def test_sign_in_after_a_button_leads_to_what_was_written_before(writing: Client) -> None:
    writing.post("/stories/new/", TYPED)
    response = writing.post("/stories/abc/cheers/love/", HTTP_REFERER="http://testserver/")
    assert response.url == "/accounts/login/?next=%2Faccounts%2Fkept%2F"


CHOICES = {"name": "Ana de Lima", "digest": "off", "publicity": "fine", "theme": "dark"}


@pytest.mark.parametrize(
    ("address", "pressed"),
    [
        ("/stories/abc/cheers/love/", {"pressed": "1"}),
        ("/stories/abc/cheers/love/", {"pressed": "with a space"}),
        ("/stories/abc/withdrawal/", {"sure": "1"}),
        ("/preferences/", CHOICES),
        ("/stories/new/", {"key": "7"}),
    ],
)
def test_what_was_written_is_not_lost_to_a_button_in_another_tab(
    writing: Client, ana: User, address: str, pressed: dict[str, str]
) -> None:
    writing.post("/stories/new/", TYPED)
    writing.post(address, pressed)
    sign_in(writing, ana)
    assert given_back(writing) == TYPED


def test_htmx_is_sent_to_sign_in_rather_than_given_it_as_a_part(writing: Client) -> None:
    response = writing.get(
        "/stories/new/people/?q=pr",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/stories/new/"},
    )
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fstories%2Fnew%2F"


def test_what_htmx_sent_is_kept_too(writing: Client, ana: User) -> None:
    response = writing.post("/stories/new/", TYPED, headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Faccounts%2Fkept%2F"
    sign_in(writing, ana)
    assert given_back(writing) == TYPED


def test_nobody_is_taken_away_while_typing(writing: Client) -> None:
    response = writing.post("/stories/new/draft/", TYPED, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert "HX-Redirect" not in response.headers


@pytest.mark.parametrize("part", ["progress/", "test/"])
def test_a_page_that_looks_again_by_itself_takes_nobody_away(writing: Client, part: str) -> None:
    response = writing.get(f"/digest/desk/2026-11-16/{part}", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert "HX-Redirect" not in response.headers


def test_a_button_beside_a_form_takes_nobody_away(writing: Client) -> None:
    response = writing.post("/digest/desk/2026-11-16/pause/", headers={"HX-Request": "true"})
    assert response.status_code == 401


def test_a_draft_saved_while_typing_arrives_after_all(writing: Client, ana: User) -> None:
    typed = TYPED | {"key": str(uuid4())}
    writing.post("/stories/new/draft/", typed, headers={"HX-Request": "true"})
    sign_in(writing, ana)
    writing.post(KEPT, given_back(writing), follow=True)
    assert Story.objects.told_by(ana).get().headline == TYPED["headline"]
