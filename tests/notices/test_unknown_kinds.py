"""Rows that a newer release has written, or one that was rolled back, are left alone."""

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from stories.models import Story
from stories.notices import tick
from stories.notices.models import Kind, Notice, State, SwitchedOff
from stories.notices.sending import send_due

pytestmark = pytest.mark.django_db

PAGE = "/preferences/mail/"


@pytest.fixture
def of_tomorrow(story: Story, nominee: User) -> Notice:
    return Notice.objects.create(story=story, person=nominee, kind="of_tomorrow")


def test_a_notice_of_an_unknown_kind_is_left_to_whom_knows_it(of_tomorrow: Notice) -> None:
    assert send_due() == 1
    assert len(mail.outbox) == 1
    of_tomorrow.refresh_from_db()
    assert (of_tomorrow.state, of_tomorrow.attempts) == (State.PENDING, 0)


def test_nobody_is_woken_for_it(of_tomorrow: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    send_due()
    woken: list[object] = []
    monkeypatch.setattr(tick, "wake", woken.append)
    tick.tick()
    assert woken == []


def test_who_switched_an_unknown_kind_off_keeps_it_so(nominee: User, as_nominee: Client) -> None:
    SwitchedOff.objects.create(person=nominee, kind="of_tomorrow")
    assert "of_tomorrow" not in as_nominee.get(PAGE).text
    as_nominee.post(PAGE, {"shown": [Kind.VOICED, "of_tomorrow"], "wanted": ["of_tomorrow"]})
    assert SwitchedOff.objects.filter(kind="of_tomorrow").exists()
    assert SwitchedOff.objects.filter(kind=Kind.VOICED).exists()


def test_no_page_of_the_story_minds_it(
    of_tomorrow: Notice, story: Story, as_nominee: Client, as_culture_lead: Client
) -> None:
    for client in (as_nominee, as_culture_lead):
        assert client.get(story.get_absolute_url()).status_code == 200
    admin = as_culture_lead.get(f"/admin/accounts/user/{of_tomorrow.person_id}/change/")
    assert admin.status_code == 200
