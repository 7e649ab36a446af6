"""`digest preview`, `digest send --now` and `digest status`."""

from datetime import timedelta
from email import message_from_string, policy
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Company, History, User
from accounts.models.company import QuietWeek
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, UnsubscribeToken
from stories.digests.schedule import week_start
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import states
from tests.digests.mailserver import text_of


def run(*words: str) -> str:
    out = StringIO()
    call_command("digest", *words, stdout=out)
    return out.getvalue()


def test_send_now_makes_every_copy_due(company: Company, story: Story, stranger: User) -> None:
    said = run("send", "--now")
    edition = Edition.objects.get()
    assert said == f"The edition of {edition} is on its way to 4 people.\n"
    assert Delivery.objects.due().count() == 4
    assert History.objects.about(edition).get(verb="send now").actor is None


def test_send_now_does_not_wait_for_anybodys_morning(
    company: Company, story: Story, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="Pacific/Niue")
    run("send", "--now")
    assert Delivery.objects.due().count() == 4


def test_sending_twice_says_that_it_was_sent(edition: Edition, folder: Path) -> None:
    drain(edition)
    with pytest.raises(CommandError, match=r"The edition of .* was sent already\."):
        run("send", "--now")


def test_sending_while_it_leaves_says_so(edition: Edition) -> None:
    with pytest.raises(CommandError, match="is on its way already"):
        run("send", "--now")


def test_send_now_hastens_what_waits_for_its_hour(edition: Edition, stranger: User) -> None:
    later = edition.created_at.replace(year=edition.created_at.year + 1)
    edition.deliveries.filter(person=stranger).update(due_at=later, next_attempt_at=later)
    run("send", "--now")
    assert Delivery.objects.due().count() == 4


def test_send_now_takes_up_what_was_paused(edition: Edition, folder: Path) -> None:
    edition.pause(by=None, note="Wait.")
    run("send", "--now")
    edition.refresh_from_db()
    drain(edition)
    assert set(states(edition).values()) == {"sent"}


def test_send_now_in_a_quiet_week_says_so_and_sends_nothing(
    company: Company, stranger: User
) -> None:
    with pytest.raises(CommandError, match="There is no new story to tell"):
        run("send", "--now")
    assert Edition.objects.get().state == "aborted"
    assert not Delivery.objects.exists()


def test_send_now_in_a_quiet_week_can_invite(company: Company, stranger: User) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    run("send", "--now")
    assert Delivery.objects.count() == 1


def test_a_quiet_week_given_up_can_be_sent_once_there_is_a_story(
    company: Company, stranger: User, request: pytest.FixtureRequest
) -> None:
    Edition.objects.create(
        week_start=week_start(timezone.now(), "UTC"),
        cutoff_at=timezone.now() - timedelta(hours=1),
        state="aborted",
    )
    request.getfixturevalue("story")
    run("send", "--now")
    assert Edition.objects.get().picks.count() == 1


def test_the_preview_is_the_mail(company: Company, story: Story, stranger: User) -> None:
    message = message_from_string(
        run("preview", "--for", stranger.email or ""), policy=policy.default
    )
    assert message["To"].addresses[0].addr_spec == stranger.email
    assert story.headline in text_of(message)
    assert story.headline in text_of(message, "html")


def test_the_preview_writes_no_row_and_gives_no_way_out_away(
    company: Company, story: Story, stranger: User
) -> None:
    run("preview", "--for", stranger.email or "")
    assert not Edition.objects.exists()
    assert not UnsubscribeToken.objects.exists()


def test_the_preview_of_a_frozen_edition_is_what_leaves(edition: Edition, stranger: User) -> None:
    assert edition.subject in run("preview", "--for", stranger.email or "")


def test_the_preview_for_nobody_says_so(company: Company) -> None:
    with pytest.raises(CommandError, match="Nobody here has the address x@company.example"):
        run("preview", "--for", "x@company.example")


def test_status_counts_by_state(edition: Edition, stranger: User) -> None:
    edition.deliveries.filter(person=stranger).update(state="failed")
    said = run("status")
    assert f"{edition}: On its way" in said
    assert "  pending: 3\n" in said
    assert "  failed: 1\n" in said


def test_status_says_when_the_ticker_ran(company: Company) -> None:
    assert "The ticker has never run" in run("status")
    tick()
    assert "ago" in run("status") or "just now" in run("status")


def test_the_preview_of_a_sent_edition_tells_what_may_be_read_today(
    edition: Edition, story: Story, stranger: User, folder: Path
) -> None:
    drain(edition)
    story.withdraw(by=story.teller)
    assert "kayak" not in run("preview", "--for", stranger.email or "")


def test_the_preview_of_a_frozen_edition_stores_nothing(edition: Edition, stranger: User) -> None:
    edition.renderings.all().delete()
    run("preview", "--for", stranger.email or "")
    assert not edition.renderings.exists()
