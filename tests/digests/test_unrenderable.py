"""A template that raises: nothing is lost, nothing is sent, and somebody is told."""

from typing import Any

import pytest

from accounts.models import Company, History, User
from stories.digests import rendering
from stories.digests.drain import drain
from stories.digests.models import DeskMail, Edition
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import coming_monday_at_nine, states
from tests.digests.mailserver import MailServer


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> str:
        raise KeyError("headline")

    monkeypatch.setattr(rendering, "render_to_string", fail)


def test_an_edition_that_cannot_be_frozen_waits_and_leads_are_told(
    company: Company, story: Story, culture_lead: User, broken: None
) -> None:
    tick(at=coming_monday_at_nine())
    edition = Edition.objects.get()
    assert (edition.state, edition.paused_at is not None) == ("planned", True)
    assert not edition.picks.exists()
    assert "KeyError" in History.objects.about(edition).get(verb="pause").note
    assert DeskMail.objects.get().person == culture_lead


def test_it_is_frozen_once_it_was_mended_and_resumed(
    company: Company, story: Story, culture_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as breaking:
        breaking.setattr(rendering, "render_to_string", lambda *a, **k: 1 / 0)
        tick(at=coming_monday_at_nine())
        tick(at=coming_monday_at_nine())
    edition = Edition.objects.get()
    assert DeskMail.objects.count() == 1
    edition.resume(by=culture_lead)
    tick(at=coming_monday_at_nine())
    edition.refresh_from_db()
    assert edition.state == "sending"
    assert edition.deliveries.count() == User.objects.count()


def test_one_that_is_on_its_way_is_held_with_every_copy_in_place(
    edition: Edition, server: MailServer, culture_lead: User, broken: None
) -> None:
    edition.renderings.all().delete()
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert set(states(edition).values()) == {"pending"}
    assert server.taken == []


def test_a_reply_to_that_no_server_takes_holds_it_too(edition: Edition, server: MailServer) -> None:
    Company.objects.update(reply_to="jörg@company.example")
    edition.renderings.all().delete()
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert server.taken == []
