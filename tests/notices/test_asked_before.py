"""The migration that owes reminders of what was asked before there were any."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from accounts.models import Company, Publicity, User
from stories.models import Named, Story
from stories.notices.models import Kind, Notice
from tests.factories import UserFactory, tell_story, wants

pytestmark = pytest.mark.django_db

migration = import_module("stories.notices.migrations.0007_reminders_of_questions")


@pytest.fixture
def asking(company: Company, teller: User, nominee: User) -> Story:
    company.time_zone = "Pacific/Auckland"
    company.save()
    helper = UserFactory(email=None, employee_id="W-014", publicity=Publicity.ASK_FIRST)
    return tell_story(teller, wants(nominee, Publicity.ASK_FIRST), helping_hands=[helper])


def owed() -> list[tuple[str, str, int]]:
    rows = Notice.objects.exclude(kind=Kind.ASKED).order_by("kind", "occasion")
    return [(row.kind, row.person.name, row.occasion) for row in rows]


def migrate() -> None:
    migration.owe_reminders(apps, connection.schema_editor())


def test_it_owes_what_would_have_been_owed(asking: Story) -> None:
    before = owed()
    assert [kind for kind, *_rest in before] == ["asked_again", "asked_again", "unanswered"]
    Notice.objects.exclude(kind=Kind.ASKED).delete()
    migrate()
    assert owed() == before


def test_running_it_twice_owes_nothing_twice(asking: Story) -> None:
    Notice.objects.all().delete()
    Named.objects.update(asked_at=None)
    migrate()
    once = owed()
    migrate()
    assert owed() == once
    assert len(once) == 3


def test_what_was_asked_without_a_moment_counts_from_today(asking: Story) -> None:
    Notice.objects.all().delete()
    Named.objects.update(asked_at=None)
    migrate()
    first = Notice.objects.order_by("next_attempt_at")[0]
    assert first.next_attempt_at > timezone.now() + timedelta(days=1, hours=20)


def test_an_answer_or_another_state_owes_nothing(
    asking: Story, nominee: User, teller: User
) -> None:
    asking.rewrite(by=teller)
    Notice.objects.all().delete()
    migrate()
    assert owed() == []
