"""A reviewer's holidays: a colleague who reviews in their place."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.company import Company
from accounts.models.history import History
from accounts.models.user import User
from accounts.signals import delegation_changed


def today(company: Company | None = None) -> date:
    """The company's day: a holiday begins and ends with it for everybody. `company` is its row,
    where that is read already."""
    company = company or Company.current()
    return timezone.now().astimezone(ZoneInfo(company.time_zone)).date()


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def away(self, delegate: User) -> list[User]:
        """In whose place this person reviews today. Which day it is, is asked only where it
        matters: most people stand in for nobody."""
        rows = self.filter(delegate=delegate).select_related("reviewer", "delegate").order_by("pk")
        return [row.reviewer for row in rows if row.holds()]

    def holding(self, company: Company | None = None) -> DelegationQuerySet:
        """Those of today, between people who work here: what `Delegation.holds` asks of one."""
        day = today(company)
        return self.filter(
            first_day__lte=day,
            last_day__gte=day,
            reviewer__is_active=True,
            delegate__is_active=True,
        )

    def hand_over(self, reviewer: User, delegate: User, *, first: date, last: date) -> Delegation:
        """Let `delegate` review in `reviewer`'s place, from the first day to the last, both
        included. Raises ValidationError, with a sentence for whoever asked."""
        if delegate == reviewer:
            raise ValidationError(_("Choose somebody else: this is you."))
        if not delegate.is_active:
            left = {"name": delegate.name}
            raise ValidationError(_("%(name)s no longer works here."), params=left)
        if last < first:
            raise ValidationError(_("The last day comes before the first."))
        if last < today():
            raise ValidationError(_("These days have passed."))
        with transaction.atomic():
            # Whoever presses twice has said it once.
            made, is_new = self.get_or_create(
                reviewer=reviewer, delegate=delegate, first_day=first, last_day=last
            )
            if is_new:
                History.objects.record(
                    "delegate", reviewer, actor=reviewer, after=made.as_history()
                )
                made.tell()
        return made


class Delegation(models.Model):
    """What the reviewer may decide, the delegate may decide on these days. What is about the
    delegate stays out of their hands, as ever."""

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="delegations"
    )
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="delegated")
    first_day = models.DateField(gettext_lazy("first day"))
    last_day = models.DateField(gettext_lazy("last day"))

    objects: ClassVar[DelegationQuerySet] = DelegationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="delegation_is_a_period"
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=F("delegate")), name="delegation_is_to_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["reviewer", "delegate", "first_day", "last_day"], name="delegation_once"
            ),
        ]
        indexes = [models.Index(fields=["delegate", "last_day"], name="delegation_of")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} to {self.delegate_id}, {self.first_day} to {self.last_day}"

    def holds(self) -> bool:
        """Whether it is time, and both people work here."""
        are_here = self.reviewer.is_active and self.delegate.is_active
        return are_here and self.first_day <= today() <= self.last_day

    def as_history(self) -> dict[str, str]:
        return {
            "delegate": self.delegate.ref,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
        }

    def end(self, *, by: User) -> None:
        """Take it back, now."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().filter(pk=self.pk)
            if row.exists():
                History.objects.record(
                    "end delegation", self.reviewer, actor=by, before=self.as_history()
                )
                row.delete()
                self.tell()

    def tell(self) -> None:
        delegation_changed.send(Delegation, reviewer=self.reviewer, delegate=self.delegate)
