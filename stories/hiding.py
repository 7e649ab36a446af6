"""Why a reviewer hides a story: said to its teller, and kept in its history."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kudos.lib.text import validate_plain_text

NOTE_MAX = 500


class HidingForm(forms.Form):
    note = forms.CharField(
        label=_("Why hide it?"),
        help_text=_("The teller reads this. Say what would have to change."),
        max_length=NOTE_MAX,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the teller reads it.")},
    )
