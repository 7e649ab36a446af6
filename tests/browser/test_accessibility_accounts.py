"""Every screen for signing in and for one's own preferences, in every state that matters."""

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import Company, User
from stories.models import Story
from stories.notices.kinds import Kind
from stories.notices.off import secret_of
from tests.browser.audit import assert_sound
from tests.browser.conftest import Visit
from tests.browser.forms import calm, press
from tests.stories.composing import photo_file

PASSWORD = "a quiet river at seven"


@pytest.fixture
def ana(teller: User) -> User:
    teller.set_password(PASSWORD)
    teller.save()
    return teller


def sign_in(page: Page, person: User, password: str) -> None:
    page.get_by_label("Email or employee number").fill(str(person.email))
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def test_signing_in_and_out(visit: Visit, company: Company, ana: User) -> None:
    page = calm(visit, None, "/accounts/login/")
    assert_sound(page, "sign-in")
    press(page, "Sign in")
    assert_sound(page, "sign-in with nothing filled in")
    sign_in(page, ana, "no password of hers")
    assert_sound(page, "sign-in with a wrong password")
    sign_in(page, ana, PASSWORD)
    page.goto("/accounts/logout/")
    assert_sound(page, "sign-out")


def test_closed_doors(visit: Visit, company: Company) -> None:
    page = calm(visit, None, "/accounts/signup/")
    assert_sound(page, "sign-up")
    page.goto("/accounts/inactive/")
    assert_sound(page, "a closed account")


def test_a_forgotten_password(visit: Visit, company: Company, ana: User) -> None:
    page = calm(visit, None, reverse("account_reset_password"))
    assert_sound(page, "asking for a link")
    press(page, "Send me the link")
    assert_sound(page, "asking for a link without an address")
    page.get_by_label("Your email address at work").fill(str(ana.email))
    press(page, "Send me the link")
    assert_sound(page, "the link is on its way")


def test_a_new_password(visit: Visit, company: Company, ana: User) -> None:
    key = f"{user_pk_to_url_str(ana)}-{PasswordResetTokenGenerator().make_token(ana)}"
    page = calm(visit, None, f"/accounts/password/reset/key/{key}/")
    assert_sound(page, "choosing a password")
    page.get_by_label("New password", exact=True).fill("short")
    press(page, "Keep this password")
    assert_sound(page, "a password that is too short")
    for label in ("New password", "New password, once more"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    press(page, "Keep this password")
    assert_sound(page, "the password is set")
    page.goto(f"/accounts/password/reset/key/{key}/")
    assert_sound(page, "a link that was used")


def test_another_password(visit: Visit, ana: User) -> None:
    page = calm(visit, ana, reverse("account_change_password"))
    assert_sound(page, "changing a password")
    press(page, "Keep this password")
    assert_sound(page, "changing a password, with errors")


def test_what_was_written_when_the_session_ended(visit: Visit, company: Company, ana: User) -> None:
    page = calm(visit, ana, "/preferences/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Name", exact=True).fill("Ana Lima de Souza")
    press(page, "Save")
    sign_in(page, ana, PASSWORD)
    assert_sound(page, "what was kept")


def test_what_was_written_on_a_page_open_for_long(
    visit: Visit, company: Company, story: Story
) -> None:
    page = calm(visit, story.teller, f"/stories/{story.ref}/editing/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_label("In one line, what happened?").fill("A kayak school kept its summer")
    press(page, "Save the change")
    page.get_by_label("What you wrote, to copy").wait_for()
    assert_sound(page, "an expired form")


def test_preferences(visit: Visit, ana: User) -> None:
    ana.photo.save("ana.webp", photo_file())
    page = calm(visit, ana, "/preferences/")
    assert_sound(page, "preferences")
    page.get_by_label("Name", exact=True).fill("")
    press(page, "Save")
    assert_sound(page, "preferences with an error")
    page.get_by_label("Name", exact=True).fill("Ana")
    press(page, "Save")
    assert_sound(page, "preferences saved")


def test_which_mails(visit: Visit, company: Company, ana: User) -> None:
    page = calm(visit, ana, "/preferences/")
    page.get_by_role("link", name="Choose which mails you get").click()
    assert_sound(page, "which mails")
    page.get_by_label("A colleague added a voice").uncheck()
    press(page, "Save")
    assert_sound(page, "which mails, saved")
    assert not page.get_by_label("A colleague added a voice").is_checked()
    assert page.get_by_label("You were celebrated").is_checked()


def test_which_mails_without_javascript(visit: Visit, company: Company, ana: User) -> None:
    page = visit(ana, java_script_enabled=False)
    page.goto("/preferences/mail/")
    page.get_by_label("You were thanked").uncheck()
    press(page, "Save")
    page.get_by_text("Saved.").wait_for()
    assert not page.get_by_label("You were thanked").is_checked()


def test_leaving_the_digest(visit: Visit, company: Company) -> None:
    page = calm(visit, None, "/digest/unsubscribe/of-nobody/")
    assert_sound(page, "before leaving the digest")
    press(page, "Stop the digest")
    assert_sound(page, "after leaving the digest")


def test_stopping_one_kind_of_mail(visit: Visit, company: Company, ana: User) -> None:
    page = calm(visit, None, reverse("notices:off", args=[secret_of(ana, Kind.VOICED)]))
    assert_sound(page, "before stopping it")
    press(page, "Stop these mails")
    assert_sound(page, "after stopping it")
