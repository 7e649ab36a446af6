"""A mail that the desk owes to a culture lead."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import User
from kudos.lib.outbox import OPEN, Outbox, OutboxQuerySet
from stories.digests.models.edition import Edition


class DeskMailKind(models.TextChoices):
    TEST = "test", _("A test copy")
    PAUSED = "paused", _("The digest was paused")
    GIVEN_UP = "given_up", _("The digest was given up")


class DeskMailQuerySet(OutboxQuerySet["DeskMail"]):
    def tell_leads(
        self, edition: Edition, note: str, kind: DeskMailKind = DeskMailKind.PAUSED
    ) -> None:
        """Owe every culture lead with a mailbox the news that `edition` is held or given up, and
        why."""
        leads = User.objects.filter(roles.leading())
        self.bulk_create(
            DeskMail(kind=kind, edition=edition, person=lead, note=note[:500])
            for lead in leads.exclude(email=None).exclude(email="")
        )


class DeskMail(Outbox):
    """A row first, like every mail: whoever dies after writing it loses nothing."""

    kind = models.CharField(max_length=10, choices=DeskMailKind)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="desk_mails")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[DeskMailQuerySet] = DeskMailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=OPEN), name="desk_mail_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person_id}"
