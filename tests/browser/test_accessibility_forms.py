"""Every screen for writing, choosing and signing in, in every state that matters."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from stories.notices.kinds import Kind
from stories.notices.off import secret_of
from tests.browser.audit import assert_sound
from tests.browser.conftest import Visit
from tests.factories import UserFactory, ValueFactory, draft_story, tell_story, telling
from tests.stories.composing import photo_file

PASSWORD = "a quiet river at seven"


@pytest.fixture(autouse=True)
def own_cache_and_fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def ana(teller: User) -> User:
    teller.set_password(PASSWORD)
    teller.save()
    return teller


@pytest.fixture
def choices(company: Company, suppliers: CustomerGroup, customers: CustomerGroup) -> None:
    """What a company offers to choose from in the composer."""
    suppliers.hint = "people we buy from"
    suppliers.save()
    for name in ("Own it", "Call first", "Say what we learned"):
        ValueFactory(name=name, meaning="What we mean by it, in a few words.")


def calm(visit: Visit, person: User | None, path: str) -> Page:
    page = visit(person, reduced_motion="reduce")
    page.goto(path)
    return page


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def sign_in(page: Page, person: User, password: str) -> None:
    page.get_by_label("Email or employee number").fill(str(person.email))
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.fold').forEach((fold) => { fold.open = true })")


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


def test_the_composer(visit: Visit, choices: None, ana: User, nominee: User) -> None:
    page = calm(visit, ana, "/stories/new/")
    unfold(page)
    assert_sound(page, "empty")
    page.get_by_label("Who was it?").press_sequentially("priya")
    page.get_by_role("option", name="Priya Desai").wait_for()
    page.mouse.move(0, 0)
    assert_sound(page, "with colleagues found")
    page.get_by_label("Who was it?").fill("zzzz")
    page.get_by_text("Nobody here answers").wait_for()
    assert_sound(page, "with nobody found")


def test_the_composer_with_errors(visit: Visit, choices: None, ana: User, nominee: User) -> None:
    UserFactory(name="Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Llanfairpwll")
    draft = draft_story(ana, nominee, customer_group=None, photo=photo_file(), photo_alt="A quay")
    page = calm(visit, ana, f"/stories/new/?draft={draft.ref}")
    page.get_by_label("In one line, what happened?").fill("Very long. " * 20)
    page.get_by_label("Who was it?").fill("zzzz")
    page.get_by_text("What did the customer say?").click()
    page.get_by_label("Their name").fill("Bo Lind")
    press(page, "Publish the story")
    assert_sound(page, "with people picked and errors")


def test_the_composer_without_its_scripts(
    visit: Visit, choices: None, ana: User, nominee: User
) -> None:
    """The page's own scripts stay away; axe, which is one itself, still runs."""
    page = visit(ana, reduced_motion="reduce")

    def nothing(route: Route) -> None:
        route.fulfill(body="", content_type="text/javascript")

    page.route("**/*.js", nothing)
    page.goto("/stories/new/")
    page.get_by_label("Who was it?").fill("priya")
    press(page, "Find")
    page.get_by_label("Priya Desai").wait_for()
    assert_sound(page, "with colleagues found")


def test_changing_a_story(visit: Visit, choices: None, ana: User, nominee: User) -> None:
    story = tell_story(ana, nominee, photo=photo_file(), photo_alt="A quay")
    page = calm(visit, ana, f"{story.get_absolute_url()}editing/")
    unfold(page)
    assert_sound(page, "the story in the form")
    page.get_by_label("In one line, what happened?").fill("")
    press(page, "Save the change")
    assert_sound(page, "with an error")


def test_a_change_that_somebody_overtook(
    visit: Visit, choices: None, company: Company, story: Story, culture_lead: User
) -> None:
    page = calm(visit, culture_lead, f"{story.get_absolute_url()}editing/")
    story.edit(telling(nominees=story.nominees, headline="Faster"), by=story.teller)
    page.get_by_label("In one line, what happened?").fill("Slower")
    press(page, "Save the change")
    page.get_by_role("group", name="changed this story while you were writing").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert_sound(page, "overtaken")
    press(page, "Save the change")
    page.get_by_role("heading", name="Slower").wait_for()


def test_a_change_that_came_too_late(visit: Visit, choices: None, story: Story) -> None:
    page = calm(visit, story.teller, f"{story.get_absolute_url()}editing/")
    Story.objects.update(published_at=timezone.now() - timedelta(days=2))
    page.get_by_label("In one line, what happened?").fill("Too late")
    press(page, "Save the change")
    page.get_by_role("heading", name="This story stays as it is").wait_for()
    assert_sound(page, "too late")
