"""The way out of one kind of mail: one click, signed in or not."""

from email.policy import SMTP

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.models import User
from stories.models import Story
from stories.notices.kinds import Kind
from stories.notices.models import SwitchedOff
from stories.notices.off import off_url, secret_of
from stories.notices.sending import send_due
from tests.notices.mails import mail_of

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_of(person: User, kind: Kind) -> str:
    return off_url(person, kind).removeprefix(settings.KUDOS_URL)


def switched_off() -> list[tuple[str, str]]:
    return [(row.person.name, row.kind) for row in SwitchedOff.objects.all()]


def header_lines(message: EmailMultiAlternatives) -> list[str]:
    """As they leave for a mail server."""
    head = message.message(policy=SMTP).as_bytes().split(b"\r\n\r\n")[0]
    return head.decode("ascii").split("\r\n")


@pytest.mark.parametrize("kind", Kind)
def test_every_mail_has_its_own(story: Story, nominee: User, manager: User, kind: Kind) -> None:
    message = mail_of(kind, story, nominee, by=manager)
    address = off_url(nominee, kind)
    lines = header_lines(message)
    assert f"List-Unsubscribe: <{address}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert f"Stop mails of this kind:\n{address}\n" in str(message.body)
    assert f'href="{address}"' in str(message.alternatives[0].content)


def test_other_headers_are_folded_as_ever(story: Story, nominee: User, manager: User) -> None:
    Story.objects.filter(pk=story.pk).update(headline="Ä long headline " * 5)
    story.refresh_from_db()
    lines = header_lines(mail_of(Kind.REPORTED, story, nominee, by=manager))
    assert all(len(line) <= 78 for line in lines if not line.startswith("List-Unsubscribe:"))
    assert any("=?utf-8?" in line for line in lines)


def test_looking_changes_nothing_and_offers_a_button(client: Client, nominee: User) -> None:
    page = client.get(path_of(nominee, Kind.VOICED))
    assert page.status_code == 200
    assert "<button" in page.text
    assert "A colleague added a voice" in page.text
    assert nominee.name not in page.text
    assert switched_off() == []


def test_one_click_stops_it_without_cookie_or_csrf_token(nominee: User, stranger: User) -> None:
    client = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        page = client.post(path_of(nominee, Kind.VOICED), ONE_CLICK)
        assert page.status_code == 200
        assert "These mails have stopped" in page.text
    assert switched_off() == [("Priya Desai", "voiced")]


def test_it_stops_that_kind_and_no_other(client: Client, story: Story, nominee: User) -> None:
    client.post(path_of(nominee, Kind.VOICED), ONE_CLICK)
    send_due()
    assert len(mail.outbox) == 1
    client.post(path_of(nominee, Kind.CELEBRATED), ONE_CLICK)
    assert ("Priya Desai", "celebrated") in switched_off()


def test_a_secret_that_kudos_did_not_make_does_nothing(
    client: Client, nominee: User, stranger: User
) -> None:
    secret = secret_of(nominee, Kind.VOICED)
    of_another = secret.replace(nominee.ref, stranger.ref)
    of_another_kind = secret.replace("voiced", "asked")
    of_no_kind = secret_of(nominee, "of_tomorrow")
    for wrong in (of_another, of_another_kind, of_no_kind, secret[:-1], "x", nominee.ref):
        for page in (
            client.get(f"/preferences/mail/off/{wrong}/"),
            client.post(f"/preferences/mail/off/{wrong}/", ONE_CLICK),
        ):
            assert page.status_code == 404
            assert "This link does not work any more" in page.text
    assert switched_off() == []


def test_the_page_leaves_no_trace_elsewhere(client: Client, nominee: User) -> None:
    page = client.get(path_of(nominee, Kind.VOICED))
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
