"""Stories that somebody was asked about before there were reminders get theirs, as asking.py owes
them. One that has any is left as it is, so that running it twice owes nothing twice."""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from itertools import batched, groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from kudos.lib.workdays import working_days_after

BATCH = 500
REMINDED_AFTER = (2, 5)
TOLD_AFTER = 7


def owe_reminders(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    notices = apps.get_model("notices", "Notice").objects
    company = apps.get_model("accounts", "Company").objects.filter(pk=1).first()
    zone = ZoneInfo(company.time_zone) if company else UTC
    asked = apps.get_model("stories", "Named").objects.filter(answer="asked")
    reminded = notices.filter(kind__in=["asked_again", "unanswered"]).values("story")
    stories = asked.filter(story__state="asking").exclude(story__in=reminded)
    keys = list(stories.order_by("story").values_list("story", flat=True).distinct())
    for batch in batched(keys, BATCH):
        rows = asked.filter(story__in=batch).select_related("person", "story__teller")
        owed = _owed(apps, rows.order_by("story", "pk"), zone)
        notices.bulk_create(owed, ignore_conflicts=True)


def _owed(apps: Apps, rows: Any, zone: tzinfo) -> Iterator[Any]:
    """What is owed of these questions. When one was put is kept only lately: what is older counts
    from today."""
    notice = apps.get_model("notices", "Notice")
    now = timezone.now()
    for _story, asked in groupby(rows, key=lambda row: row.story_id):
        questions = [(row.asked_at or now, row) for row in asked]
        last, row = max(questions, key=lambda question: question[0])
        planned = [("unanswered", row, row.story.teller, last, TOLD_AFTER)]
        for days in REMINDED_AFTER:
            planned += [("asked_again", row, row.person, at, days) for at, row in questions]
        for kind, row, person, at, days in planned:
            due = working_days_after(at, days, zone)
            if person.is_active and person.email:
                yield notice(
                    story=row.story,
                    person=person,
                    kind=kind,
                    occasion=int(due.timestamp() * 1_000_000),
                    created_at=due,
                    next_attempt_at=due,
                )


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0006_edits"),
        ("stories", "0008_asked"),
        ("accounts", "0008_review_policy"),
    ]

    operations = [migrations.RunPython(owe_reminders, migrations.RunPython.noop)]
