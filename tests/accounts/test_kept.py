"""A session that ends while somebody writes: what they wrote, and who gets it back."""

import time

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.keeping import KEPT, TYPED, given_back, sign_in
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_what_was_written_is_given_back_after_sign_in(writing: Client, ana: User) -> None:
    writing.post("/stories/new/", TYPED)
    sign_in(writing, ana)
    assert given_back(writing) == TYPED


def test_sign_in_leads_straight_to_it(writing: Client, ana: User) -> None:
    response = writing.post("/stories/new/", TYPED)
    assert response.url == "/accounts/login/?next=%2Faccounts%2Fkept%2F"


def test_sign_in_leads_to_it_by_another_way_too(writing: Client, ana: User) -> None:
    writing.post("/stories/new/", TYPED)
    answer = {"login": ana.email, "password": PASSWORD}
    assert writing.post("/accounts/login/", answer).url == KEPT


def test_the_sign_in_page_says_so(writing: Client) -> None:
    response = writing.post("/stories/new/", TYPED, follow=True)
    assert "you get back what you wrote" in response.content.decode()


def test_the_button_sends_it_where_it_was_going(writing: Client, ana: User) -> None:
    writing.post("/stories/new/?for=priya", TYPED)
    sign_in(writing, ana)
    response = writing.post(KEPT, given_back(writing))
    assert (response.status_code, response.headers["Location"]) == (307, "/stories/new/?for=priya")


def test_sending_it_changes_what_it_would_have_changed(writing: Client, ana: User) -> None:
    choices = {"name": "Ana de Lima", "digest": "off", "publicity": "fine", "theme": "dark"}
    writing.post("/preferences/", choices)
    sign_in(writing, ana)
    writing.post(KEPT, given_back(writing), follow=True)
    ana.refresh_from_db()
    assert (ana.name, ana.theme) == ("Ana de Lima", "dark")


def test_what_the_form_was_shown_with_is_not_read_as_written(writing: Client, ana: User) -> None:
    writing.post("/stories/new/", TYPED | {"groups_shown": "2 1 Buyers look after Suppliers."})
    sign_in(writing, ana)
    page = writing.get(KEPT).text.split('class="card__text"')[1]
    assert TYPED["headline"] in page
    assert "Buyers look after" not in page


def test_it_is_given_back_once(writing: Client, ana: User) -> None:
    writing.post("/stories/new/", TYPED)
    sign_in(writing, ana)
    writing.post(KEPT, TYPED)
    assert given_back(writing) == {}


def test_somebody_else_who_signs_in_gets_nothing(writing: Client, driver: User) -> None:
    writing.post("/stories/new/", TYPED)
    sign_in(writing, driver)
    assert given_back(writing) == {}


def test_after_somebody_else_it_is_gone_for_its_writer_too(
    writing: Client, ana: User, driver: User
) -> None:
    writing.post("/stories/new/", TYPED)
    sign_in(writing, driver)
    assert "kept_post" not in writing.session


def test_what_another_wrote_is_not_shown_even_where_it_was_left(
    as_teller: Client, stranger: User
) -> None:
    session = as_teller.session
    session["kept_post"] = {
        "writer": stranger.pk,
        "path": "/stories/new/",
        "fields": list(TYPED.items()),
        "until": time.time() + 60,
    }
    session.save()
    assert given_back(as_teller) == {}


def test_after_an_hour_it_is_gone(writing: Client, ana: User) -> None:
    with time_machine.travel(0, tick=False) as clock:
        writing.post("/stories/new/", TYPED)
        clock.shift(59 * 60)
        sign_in(writing, ana)
        assert given_back(writing) == TYPED
        clock.shift(2 * 60)
        assert given_back(writing) == {}


def test_a_browser_that_nobody_signed_in_with_leaves_nothing(client: Client) -> None:
    client.post("/stories/new/", TYPED)
    assert "kept_post" not in client.session


def test_a_forged_cookie_leaves_nothing(client: Client) -> None:
    client.cookies["kudos_writer"] = "1:forged"
    client.post("/stories/new/", TYPED)
    assert "kept_post" not in client.session


def test_more_than_a_form_holds_is_not_kept(writing: Client) -> None:
    writing.post("/stories/new/", {"what_they_did": "x" * 200_001})
    assert "kept_post" not in writing.session


def test_passwords_are_never_kept(writing: Client) -> None:
    writing.post("/accounts/password/change/", {"oldpassword": PASSWORD})
    assert "kept_post" not in writing.session


@pytest.mark.parametrize(
    "address",
    [
        "/stories/new/",
        "/stories/new/draft/",
        "/stories/abc/editing/",
        "/stories/abc/sending-back/",
        "/stories/abc/hiding/",
        "/stories/abc/unhiding/",
        "/stories/abc/handing-over/",
        "/stories/abc/proposal/sending-back/",
        "/stories/abc/report/",
        "/preferences/away/",
    ],
)
def test_every_form_that_holds_a_text_is_kept(writing: Client, ana: User, address: str) -> None:
    writing.post(address, TYPED)
    sign_in(writing, ana)
    assert given_back(writing) == TYPED


def test_what_was_written_last_is_what_comes_back(writing: Client, ana: User) -> None:
    writing.post("/stories/new/draft/", {"headline": "A kayak"})
    writing.post("/stories/new/draft/", TYPED)
    sign_in(writing, ana)
    assert given_back(writing) == TYPED


def test_the_cookie_that_names_the_writer_opens_nothing(writing: Client) -> None:
    assert writing.get("/preferences/").status_code == 302


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(ana: User) -> None:
    cookie = signed_in(ana).get("/preferences/").cookies["kudos_writer"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_cookie_is_not_sent_again_and_again(ana: User) -> None:
    client = signed_in(ana)
    client.get("/preferences/")
    assert "kudos_writer" not in client.get("/preferences/").cookies


def test_without_anything_kept_the_page_leads_to_the_stories(as_teller: Client) -> None:
    assert as_teller.get(KEPT).url == "/"


def test_markup_in_what_was_written_stays_text(writing: Client, ana: User) -> None:
    writing.post("/stories/new/", {"headline": "</textarea><script>alert(1)</script> you"})
    sign_in(writing, ana)
    assert "<script>alert" not in writing.get(KEPT).content.decode()
