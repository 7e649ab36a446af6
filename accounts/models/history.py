"""What was done, by whom, to what, and why: written once, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.user import User


class HistoryQuerySet(models.QuerySet["History"]):
    """Reads only: rows enter through `record` and stay as they are."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise PermissionDenied("History is append-only.")

    def delete(self) -> NoReturn:
        raise PermissionDenied("History is append-only.")

    def about(self, subject: models.Model) -> HistoryQuerySet:
        """The rows of one object, oldest first."""
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        )

    def record(
        self,
        verb: str,
        subject: models.Model,
        *,
        actor: User | None,
        note: str = "",
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        at: datetime | None = None,
    ) -> History:
        """Write one row, now unless `at` says otherwise; `actor` is None for the system itself."""
        return self.create(
            at=at or timezone.now(),
            verb=verb,
            subject=subject,
            actor=actor,
            note=note,
            before=before or {},
            after=after or {},
        )


class History(models.Model):
    """One row for one deed. `before` and `after` hold only the fields that it changed.

    The database refuses to change a row too (accounts.db, migration 0002): code that forgets the
    rule fails instead of rewriting the past.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="deeds",
        verbose_name=_("who"),
    )
    verb = models.CharField(_("what"), max_length=40)
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    note = models.TextField(_("why"), blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history")
        verbose_name_plural = _("history")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="history_of")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type_id}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise PermissionDenied("History is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied("History is append-only.")
