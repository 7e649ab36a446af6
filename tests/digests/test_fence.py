"""The last look before a copy leaves: what changed after the claim is never sent as it was.

Every test here claims and renders first, then lets something happen, then sends.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Company, DigestChoice, History, User
from accounts.models.company import QuietWeek
from stories.digests.batch import Batch
from stories.digests.db.ahead import Ahead
from stories.digests.drain import drain
from stories.digests.message import Shared
from stories.digests.models import Delivery, Edition, EditionState, Suppression
from stories.digests.rendering import rendering_for
from stories.models import Story
from tests.digests.conftest import batch_of, claimed, send, states
from tests.factories import telling

HEADLINE = "A kayak school kept its season"


@pytest.fixture
def batch(edition: Edition, folder: Path) -> Batch:
    """Every copy claimed and its words rendered; nothing has left, and even without a story each
    would."""
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    shared = {"en": Shared(edition, rendering_for(edition, "en"))}
    return batch_of(edition, claimed(edition), shared)


def sent(folder: Path) -> list[str]:
    return [path.read_text() for path in folder.glob("*.eml")]


def withdraw(story: Story, manager: User) -> None:
    story.withdraw(by=story.teller)


def hide(story: Story, manager: User) -> None:
    lead = User.objects.create_user("lead@company.example", name="Lead", is_culture_lead=True)
    User.objects.filter(pk=lead.pk).update(digest=DigestChoice.OFF)
    story.hide(by=lead, note="Names a customer.")


def keep_private(story: Story, manager: User) -> None:
    story.keep_private(by=story.teller)


@pytest.mark.parametrize("change", [withdraw, hide, keep_private])
def test_a_story_taken_away_after_the_claim_is_in_no_copy(
    batch: Batch,
    story: Story,
    manager: User,
    folder: Path,
    change: Callable[[Story, User], None],
) -> None:
    change(story, manager)
    send(batch)
    copies = sent(folder)
    assert len(copies) == 4
    assert all(HEADLINE not in copy and "kayak" not in copy for copy in copies)


def test_an_edit_after_the_claim_goes_out_with_its_new_text(
    batch: Batch, story: Story, nominee: User, folder: Path
) -> None:
    new = telling(
        headline="A school kept its summer",
        nominees=[nominee],
        customer_group=story.customer_group,
    )
    story.edit(new, by=story.teller)
    send(batch)
    copies = sent(folder)
    assert len(copies) == 4
    assert all("A school kept its summer" in copy and HEADLINE not in copy for copy in copies)


def test_the_version_that_left_is_written_on_the_row(
    batch: Batch, story: Story, edition: Edition
) -> None:
    story.withdraw(by=story.teller)
    send(batch)
    assert set(edition.deliveries.values_list("version", flat=True)) == {2}


def test_where_no_story_is_left_and_quiet_weeks_send_nothing_no_copy_leaves(
    edition: Edition, story: Story, folder: Path
) -> None:
    story.withdraw(by=story.teller)
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert sent(folder) == []
    assert set(states(edition).values()) == {"pending"}


def test_no_rendering_of_an_old_version_is_kept(batch: Batch, story: Story) -> None:
    story.withdraw(by=story.teller)
    send(batch)
    assert not Edition.objects.get().renderings.exclude(version=2).exists()


def test_who_unsubscribed_after_the_claim_is_skipped(
    batch: Batch, edition: Edition, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(digest=DigestChoice.OFF)
    send(batch)
    assert states(edition) == {
        "Sam": "skipped",
        "Ana": "sent",
        "Priya": "sent",
        "Maya": "sent",
    }


def test_who_left_after_the_claim_is_skipped(
    batch: Batch, edition: Edition, stranger: User, folder: Path
) -> None:
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    send(batch)
    assert states(edition)["Sam"] == "skipped"
    assert not any("sam@company.example" in copy for copy in sent(folder))


def test_a_suppressed_address_is_skipped(batch: Batch, edition: Edition) -> None:
    Suppression.objects.suppress("SAM@company.example", "5.1.1 no such mailbox")
    send(batch)
    row = edition.deliveries.get(person__name="Sam Stone")
    assert (row.state, row.code) == ("skipped", "suppressed")


def test_an_edition_paused_after_the_claim_sends_nothing_and_loses_nothing(
    batch: Batch, edition: Edition, folder: Path
) -> None:
    edition.pause(by=None, note="Wait.")
    send(batch)
    assert sent(folder) == []
    assert set(states(edition).values()) == {"pending"}
    assert History.objects.about(edition).filter(verb="pause").count() == 1


def test_nothing_is_claimed_of_a_paused_edition(edition: Edition) -> None:
    edition.pause(by=None, note="Wait.")
    assert claimed(edition) == []


def test_a_given_up_edition_cancels_what_has_not_left(edition: Edition, folder: Path) -> None:
    edition.abort(by=None, note="The wrong week.")
    assert set(states(edition).values()) == {"cancelled"}


def test_a_worker_that_overslept_its_lease_sends_nothing(
    batch: Batch, edition: Edition, folder: Path
) -> None:
    past = timezone.now() - timedelta(hours=1)
    edition.deliveries.update(lease_until=past)
    send(batch)
    assert sent(folder) == []


def test_a_worker_whose_copy_went_to_another_leaves_the_row_alone(
    batch: Batch, edition: Edition, folder: Path
) -> None:
    edition.deliveries.update(claim=uuid4())
    send(batch)
    assert sent(folder) == []
    assert set(states(edition).values()) == {"sending"}


def test_a_late_answer_does_not_overwrite_what_the_reaper_wrote(edition: Edition) -> None:
    [first, *_others] = claimed(edition)
    assert first.fence(edition.version)
    Delivery.objects.filter(pk=first.pk).update(lease_until=timezone.now() - timedelta(hours=1))
    Delivery.objects.reap()
    with Ahead() as ahead:
        first.mark_sent(ahead)
    first.refresh_from_db()
    assert first.state == "uncertain"


def test_one_copy_that_cannot_be_made_fails_alone(edition: Edition, folder: Path) -> None:
    edition.deliveries.filter(person__name="Sam Stone").update(address="no address")
    send(batch_of(edition, claimed(edition)))
    row = edition.deliveries.get(person__name="Sam Stone")
    assert (row.state, row.code) == ("failed", "unrenderable")
    assert "no address" in row.error
    assert len(sent(folder)) == 3


def test_a_finished_edition_keeps_its_version(batch: Batch, story: Story, edition: Edition) -> None:
    send(batch)
    Edition.objects.update(state=EditionState.SENT)
    story.withdraw(by=story.teller)
    edition.refresh_from_db()
    assert edition.version == 1


def test_a_copy_goes_where_its_reader_is_now(
    batch: Batch, edition: Edition, stranger: User, folder: Path
) -> None:
    User.objects.filter(pk=stranger.pk).update(email="sam.stone@company.example")
    send(batch)
    assert states(edition)["Sam"] == "pending"
    drain(edition)
    assert states(edition)["Sam"] == "sent"
    assert not any("sam@company.example" in copy for copy in sent(folder))
    assert sum("<sam.stone@company.example>" in copy for copy in sent(folder)) == 1


def test_who_has_no_address_any_more_is_skipped(
    batch: Batch, edition: Edition, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(email=None, employee_id="S1")
    send(batch)
    assert states(edition)["Sam"] == "skipped"


def test_a_finished_edition_keeps_no_text_that_was_taken_away(
    batch: Batch, story: Story, edition: Edition
) -> None:
    send(batch)
    Edition.objects.update(state=EditionState.SENT)
    story.withdraw(by=story.teller)
    edition.refresh_from_db()
    assert not edition.renderings.exists()
    assert edition.subject == ""
