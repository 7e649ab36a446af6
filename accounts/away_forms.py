"""Who reviews in somebody's place, and on which days."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, User
from accounts.models.delegation import today
from accounts.people import colleagues


class AwayForm(forms.Form):
    """A colleague is typed; where several answer to that, the form comes back with them to choose
    from."""

    colleague = forms.CharField(
        label=_("Who reviews in your place?"),
        help_text=_("A name or an address."),
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Say who.")},
    )
    first_day = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say from which day.")},
    )
    last_day = forms.DateField(
        label=_("To, that day included"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say until which day.")},
    )

    def __init__(self, *args: Any, reviewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["first_day"] = today()
        self.reviewer = reviewer
        # Those who answer to what was typed, where it is more than one.
        self.found: list[User] = []

    def clean_colleague(self) -> User:
        """Raises ValidationError unless exactly one colleague is meant."""
        chosen = str(self.data.get("chosen", ""))
        found = colleagues(self.cleaned_data["colleague"], exclude=[self.reviewer.ref])
        if chosen in {person.ref for person in found}:
            return next(person for person in found if person.ref == chosen)
        if len(found) > 1:
            self.found = found
            raise ValidationError(_("Several people answer to that. Choose one of them."))
        if not found:
            raise ValidationError(_("Nobody here answers to that. Try fewer letters."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Make the delegation, so that what it refuses is said beside the field."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            first, last = cleaned["first_day"], cleaned["last_day"]
            self.hand_over(cleaned["colleague"], first, last)
        return cleaned

    def hand_over(self, delegate: User, first: date, last: date) -> None:
        try:
            Delegation.objects.hand_over(self.reviewer, delegate, first=first, last=last)
        except ValidationError as error:
            self.add_error("last_day", error)
