"""Addresses that no mailbox answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def suppress(self, address: str, reason: str) -> None:
        """Send nothing more to this address until a culture lead lifts it."""
        self.get_or_create(address=address.lower(), defaults={"reason": reason[:500]})


class Suppression(models.Model):
    address = models.EmailField(_("address"), unique=True)
    reason = models.CharField(_("what the mail server said"), max_length=500)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects: ClassVar[SuppressionQuerySet] = SuppressionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.address
