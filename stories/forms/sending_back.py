"""Why a reviewer sends a change back: said to its teller, and kept in the story's history."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kudos.lib.text import validate_plain_text

NOTE_MAX = 500


class SendingBackForm(forms.Form):
    note = forms.CharField(
        label=_("What should be different?"),
        help_text=_("The teller reads this, and may propose it anew."),
        max_length=NOTE_MAX,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what should be different: the teller reads it.")},
    )
