"""What mail servers and providers told us after they had accepted a copy."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.digests.models.delivery import Delivery


class MailEventKind(models.TextChoices):
    BOUNCED = "bounced", _("Came back")
    COMPLAINED = "complained", _("Reported as unwanted")
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed at the mail provider")


class MailEvent(models.Model):
    """One report about one copy. `event` names it at its source, so that a report that is told
    again changes nothing; `code` is the status of RFC 3463, where one was given."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=12, choices=MailEventKind)
    event = models.CharField(max_length=200, unique=True)
    code = models.CharField(_("status"), max_length=20, blank=True)
    text = models.CharField(_("what was said"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects: ClassVar[models.Manager[MailEvent]] = models.Manager()

    class Meta:
        verbose_name = _("mail event")
        verbose_name_plural = _("mail events")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery_id}"
