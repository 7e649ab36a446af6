"""A story that is being taken away while its edition is made, on a connection of its own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction
from django.utils import timezone

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.freeze import freeze
from stories.digests.models import Edition
from stories.digests.schedule import week_start
from stories.models import Story
from tests.factories import telling

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough for the other connection to get as far as it can.
HELD = 1.0


def hide(story: Story, lead: User) -> None:
    story.hide(by=lead, note="Names a customer.")


def withdraw(story: Story, lead: User) -> None:
    story.withdraw(by=story.teller)


def keep_private(story: Story, lead: User) -> None:
    story.keep_private(by=story.teller)


def edit(story: Story, lead: User) -> None:
    new = telling(
        headline="A school kept its summer",
        nominees=story.nominees,
        customer_group=story.customer_group,
    )
    story.edit(new, by=story.teller)


@pytest.mark.parametrize("change", [hide, withdraw, keep_private, edit])
def test_what_is_taken_away_while_an_edition_freezes_is_not_in_it(
    company: Company, story: Story, culture_lead: User, change: Callable[[Story, User], None]
) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    now = timezone.now()
    edition = Edition.objects.create(week_start=week_start(now, "UTC"), cutoff_at=now)
    is_changed = Event()

    def change_slowly() -> None:
        try:
            with transaction.atomic():
                change(Story.objects.get(pk=story.pk), culture_lead)
                is_changed.set()
                time.sleep(HELD)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(change_slowly)
        assert is_changed.wait(10)
        freeze(edition)
        changing.result(timeout=30)
    rendering = edition.renderings.get()
    assert "kayak" not in rendering.subject
    assert "kayak" not in str(rendering.layouts)
