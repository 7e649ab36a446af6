"""What the feed offers to filter by, and the chips of what is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Company, Department, User
from stories.feed import Filters, Period
from stories.models import CustomerGroup, Moment, Value


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: what it says, where to go without it, and its hue or ""."""

    label: str
    url: str
    hue: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The company's lists, retired entries included: old stories still carry them."""

    groups: list[CustomerGroup]
    values: list[Value]
    departments: list[Department]
    person: User | None

    @classmethod
    def read(cls, filters: Filters) -> Choices:
        """Three queries, and one more for a person. Raises Http404 for somebody unknown."""
        person = None
        if filters.person:
            person = User.objects.filter(ref=filters.person).first()
            if person is None:
                raise Http404
        return cls(
            list(CustomerGroup.objects.all()),
            list(Value.objects.all()),
            list(Department.objects.all()),
            person,
        )

    def chips(self, filters: Filters) -> list[Chip]:
        """What is on, in the order of the form. Raises Http404 for an unknown key."""
        said = filters.said()
        labels: dict[str, str] = {}
        hue = ""
        if filters.q:
            labels["q"] = _("“%(words)s”") % {"words": filters.q}
        if filters.group:
            group = _known(self.groups, filters.group)
            labels["group"], hue = group.name, group.hue
        if filters.moment:
            labels["moment"] = str(Moment(filters.moment).label)
        if filters.value:
            labels["value"] = _known(self.values, filters.value).name
        if filters.department:
            labels["department"] = _known(self.departments, filters.department).name
        if self.person:
            labels["person"] = self.person.name
        if filters.period:
            labels["period"] = str(Period(filters.period).label)
        if filters.start:
            labels["from"] = _("From %(day)s") % {"day": _day(filters.start)}
        if filters.end:
            labels["to"] = _("Until %(day)s") % {"day": _day(filters.end)}
        return [
            Chip(labels[name], filters.without(name).to_querystring(), hue * (name == "group"))
            for name in said
        ]

    def group_links(self, filters: Filters) -> list[tuple[CustomerGroup, str, bool]]:
        """The offered groups, each with the address that shows it and whether it is on."""
        return [
            (group, replace(filters, group=group.pk).to_querystring(), group.pk == filters.group)
            for group in self.groups
            if group.is_active or group.pk == filters.group
        ]


def _known[M: (CustomerGroup, Value, Department)](rows: list[M], key: int) -> M:
    for row in rows:
        if row.pk == key:
            return row
    raise Http404


def _day(day: date) -> str:
    return date_format(day, _("j F") if day.year == timezone.localdate().year else _("j F Y"))


class FilterForm(forms.Form):
    """The form behind "More filters". It only draws: `Filters.parse` reads what it sends."""

    use_required_attribute = False

    q = forms.CharField(widget=forms.HiddenInput)
    group = forms.CharField(widget=forms.HiddenInput)
    person = forms.CharField(widget=forms.HiddenInput)
    moment = forms.ChoiceField(label=gettext_lazy("Moment"))
    value = forms.ChoiceField(label=gettext_lazy("Value"))
    department = forms.ChoiceField(label=gettext_lazy("Department celebrated"))
    period = forms.ChoiceField(
        label=gettext_lazy("When"), choices=[("", gettext_lazy("At any time")), *Period.choices]
    )

    def __init__(self, filters: Filters, choices: Choices, company: Company) -> None:
        super().__init__(initial=filters.said(), auto_id="filter_%s")
        # "from" is a word of Python's own.
        self.fields["from"] = _date_field(pgettext_lazy("first day", "From"))
        self.fields["to"] = _date_field(pgettext_lazy("last day", "Until"))
        moments = [
            choice
            for choice in Moment.choices
            if choice[0] != Moment.DARE_TO_TRY or company.dare_to_try
        ]
        self._offer("moment", _("Every moment"), moments)
        self._offer("value", _("Every value"), [(v.pk, v.name) for v in choices.values])
        self._offer(
            "department", _("Every department"), [(d.pk, d.name) for d in choices.departments]
        )
        for name in ("q", "group", "person"):
            if name not in self.initial:
                del self.fields[name]

    def _offer(self, name: str, everything: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- named by ourselves
        field.choices = [("", everything), *choices]


def _date_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
