"""Coming in: by address or number, and what is said to those who may not."""

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Company, User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
NO_MATCH = "These two do not belong together."


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": login, "password": password} | more)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login", ["ana.lima@company.example", "ANA.Lima@Company.Example", " ana.lima@company.example "]
)
def test_an_address_signs_in_in_any_case(client: Client, ana: User, login: str) -> None:
    sign_in(client, login)
    assert is_signed_in(client)


@pytest.mark.parametrize("login", ["D-0417", "d-0417"])
def test_an_employee_number_signs_in(client: Client, driver: User, login: str) -> None:
    sign_in(client, login)
    assert is_signed_in(client)


def test_sign_in_leads_to_the_stories(client: Client, ana: User) -> None:
    assert sign_in(client, ana.email or "").url == "/"


def test_sign_in_leads_back_to_where_one_was_going(client: Client, ana: User) -> None:
    assert sign_in(client, ana.email or "", next="/preferences/").url == "/preferences/"


def test_sign_in_never_leads_to_another_site(client: Client, ana: User) -> None:
    assert sign_in(client, ana.email or "", next="https://elsewhere.example/").url == "/"


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ana.lima@company.example", "wrong"),
        ("nobody@company.example", PASSWORD),
        ("D-9999", PASSWORD),
        ("<b>{{ 7|add:7 }}</b>", PASSWORD),
        ("%", PASSWORD),
    ],
)
def test_a_wrong_password_and_an_unknown_person_get_one_sentence(
    client: Client, ana: User, login: str, password: str
) -> None:
    assert NO_MATCH in sign_in(client, login, password).content.decode()


@pytest.mark.parametrize("login", ["ana\x00", "a" * 300, ""])
def test_what_cannot_be_a_login_gets_a_sentence_beside_the_field(
    client: Client, login: str
) -> None:
    response = sign_in(client, login)
    assert response.context["form"].errors["login"]


def test_what_was_typed_stays(client: Client) -> None:
    assert (
        'value="nobody@company.example"'
        in sign_in(client, "nobody@company.example").content.decode()
    )


def test_a_person_without_a_password_cannot_sign_in_with_an_empty_one(
    client: Client, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(password="")
    sign_in(client, stranger.email or "", "")
    assert not is_signed_in(client)


def test_a_leaver_reads_that_their_account_is_closed(
    client: Client, ana: User, company: Company
) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    response = client.post(LOGIN, {"login": ana.email, "password": PASSWORD}, follow=True)
    assert "no longer works at Larkfield" in response.content.decode()
    assert not is_signed_in(client)


def test_a_leaver_is_signed_out_at_once(client: Client, ana: User) -> None:
    client.force_login(ana)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert client.get("/preferences/").url == "/accounts/login/?next=/preferences/"


def test_the_sixth_try_has_to_wait(client: Client, ana: User) -> None:
    for _ in range(5):
        sign_in(client, ana.email or "", "wrong")
    response = sign_in(client, ana.email or "")
    assert "Wait five minutes" in response.content.decode()
    assert not is_signed_in(client)


def test_a_colleague_on_the_same_network_need_not_wait(
    client: Client, ana: User, driver: User
) -> None:
    for _ in range(12):
        sign_in(client, ana.email or "", "wrong")
    sign_in(client, "D-0417")
    assert is_signed_in(client)


def test_the_page_shows_the_company_and_its_vision(client: Client, company: Company) -> None:
    page = client.get(LOGIN).content.decode()
    assert company.name in page
    assert company.vision in page


def test_the_label_names_both_ways(client: Client) -> None:
    assert "Email or employee number" in client.get(LOGIN).content.decode()


def test_staying_signed_in_is_a_choice(client: Client, ana: User) -> None:
    sign_in(client, ana.email or "")
    assert client.session.get_expire_at_browser_close()


def test_staying_signed_in_lasts(client: Client, ana: User) -> None:
    sign_in(client, ana.email or "", remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_signing_out_takes_a_post(client: Client, ana: User) -> None:
    client.force_login(ana)
    client.get("/accounts/logout/")
    assert is_signed_in(client)


def test_signing_out(client: Client, ana: User) -> None:
    client.force_login(ana)
    assert client.post("/accounts/logout/").url == "/accounts/login/"
    assert not is_signed_in(client)


def test_signing_up_is_closed(client: Client) -> None:
    assert "Accounts are made by the company" in client.get("/accounts/signup/").content.decode()


def test_a_forged_sign_up_makes_nobody(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "eve@elsewhere.example", "password1": PASSWORD})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "name", ["account_email", "account_reauthenticate", "account_request_login_code"]
)
def test_what_nobody_needs_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_admin_sends_those_signed_out_to_the_same_sign_in(client: Client) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"


def test_the_admin_is_closed_to_staff(as_teller: Client) -> None:
    assert as_teller.get("/admin/", follow=True).status_code == 403


def test_changing_the_password(client: Client, ana: User) -> None:
    client.force_login(ana)
    new = "forty-one bookings moved"
    answer = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", answer).url == "/preferences/"
    ana.refresh_from_db()
    assert ana.check_password(new)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({"oldpassword": "wrong"}, "oldpassword"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password2": "another one entirely"}, "password2"),
    ],
)
def test_a_password_that_will_not_do_gets_a_sentence(
    client: Client, ana: User, answer: dict[str, str], field: str
) -> None:
    client.force_login(ana)
    new = "forty-one bookings moved"
    full = {"oldpassword": PASSWORD, "password1": new, "password2": new} | answer
    assert client.post("/accounts/password/change/", full).context["form"].errors[field]
