"""What a culture lead writes into an edition, and why they give one up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kudos.lib.text import validate_plain_text
from stories.digests.models import Edition
from stories.forms.fields import LineField, ProseField

WHY_MAX = 500


class SubjectField(LineField):
    draft_max = 120


class NoteField(ProseField):
    draft_max = 500


class WordsForm(forms.Form):
    """As long as the edition's own fields allow."""

    subject = SubjectField(label=_("Subject"))
    note = NoteField(
        label=_("Note from the desk"),
        help_text=_("A few lines of yours at the top of the mail, before the stories."),
    )

    @classmethod
    def of(cls, edition: Edition) -> WordsForm:
        return cls(initial={"subject": edition.own_subject, "note": edition.note})


class AbortForm(forms.Form):
    note = forms.CharField(
        label=_("Why?"),
        max_length=WHY_MAX,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("History keeps it for the other culture leads."),
        error_messages={"required": _("Say in a few words why nobody gets it this week.")},
    )
