"""When the digest leaves, and how fast."""

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from accounts.changes import remembered
from accounts.models import Company, User
from accounts.models.company import QuietWeek, Resends
from accounts.zones import ZoneField
from kudos.lib.select import KeepingSelect

SCHEDULE = [
    "digest_weekday",
    "digest_hour",
    "time_zone",
    "quiet_week",
    "reply_to",
    "digest_resends",
    "digest_per_second",
    "digest_per_minute",
]
VERB = "change schedule"


def hours() -> list[tuple[int, str]]:
    return [(hour, time_format(time(hour), "H:i")) for hour in range(24)]


class RateField(forms.IntegerField):
    """At most what the column holds on PostgreSQL; SQLite would take more."""

    said: ClassVar[dict[str, Any]] = {
        "invalid": _("Write a whole number, such as 30, or leave it empty for no limit."),
        "min_value": _("Choose 1 or more, or leave it empty for no limit."),
        "max_value": _("Choose at most 32,767, or leave it empty for no limit."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, min_value=1, max_value=32_767, error_messages=self.said, **options
        )


class ScheduleForm(forms.ModelForm):  # type: ignore[type-arg]
    digest_hour = forms.TypedChoiceField(
        label=_("Hour"),
        choices=hours,
        coerce=int,
        widget=KeepingSelect,
        help_text=_("By each reader’s own clock."),
        error_messages={"invalid_choice": _("A day has the hours 0 to 23. Choose one of them.")},
    )
    time_zone = ZoneField(
        label=_("Time zone"),
        help_text=_("Of the company: for readers who have not chosen their own."),
        error_messages={
            "invalid_choice": _("“%(value)s” is not a time zone. Choose one from the list.")
        },
    )
    quiet_week = forms.ChoiceField(
        label=_("A week without stories"), choices=QuietWeek, widget=forms.RadioSelect
    )
    digest_resends = forms.TypedChoiceField(
        label=_("A copy of which nobody knows whether it arrived"),
        choices=Resends,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("The mail server took it and then said nothing."),
    )

    digest_per_second = RateField(
        label=_("Mails a second, at most"),
        help_text=_("As your mail server allows. Empty means no limit."),
    )
    digest_per_minute = RateField(
        label=_("Mails a minute, at most"), help_text=_("Exchange Online, for one, takes 30.")
    )

    class Meta:
        model = Company
        fields = SCHEDULE
        widgets = {"digest_weekday": KeepingSelect}
        labels = {
            "digest_weekday": _("Day"),
            "reply_to": _("Reply-to address"),
        }

    def save_by(self, person: User) -> None:
        """Keep it, with a row of history that holds what was before and what is now."""
        company: Company = self.instance
        with transaction.atomic():
            # History compares with the stored row, which a new company does not have yet.
            Company.objects.get_or_create(pk=company.pk)
            with remembered(VERB, company, SCHEDULE, by=person):
                self.save()
