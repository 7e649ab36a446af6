"""What a culture lead writes into an edition, and why they give one up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kudos.lib.text import validate_plain_text
from stories.digests.desk.words import Words
from stories.digests.models import Edition
from stories.forms.fields import LineField, ProseField

WHY_MAX = 500


class SubjectField(LineField):
    draft_max = 120


class NoteField(ProseField):
    draft_max = 500


class ShownField(forms.CharField):
    """What stood in another field when the page was made: where somebody else has written
    meanwhile, it tells what was changed here."""

    def __init__(self) -> None:
        super().__init__(required=False, strip=False, widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """As long as the edition's own fields allow."""

    subject = SubjectField(label=_("Subject"))
    note = NoteField(
        label=_("Note from the desk"),
        help_text=_(
            "A few lines of yours at the top of the mail, before the stories. In a week of many "
            "words it is shortened: the preview shows how."
        ),
    )

    shown_subject = ShownField()
    shown_note = ShownField()

    @classmethod
    def of(cls, edition: Edition) -> WordsForm:
        words = Words.of(edition)
        return cls(initial=words._asdict() | _shown(words))

    @property
    def typed(self) -> Words:
        return Words(self.cleaned_data["subject"], self.cleaned_data["note"])

    @property
    def shown(self) -> Words:
        return Words(self.cleaned_data["shown_subject"], self.cleaned_data["shown_note"])

    def refuse(self, sentence: str, edition: Edition) -> None:
        """Say why it is not saved, beside what is stored now: to save once more is to mean it."""
        self.add_error(None, sentence)
        self.data = dict(self.data.items()) | _shown(Words.of(edition))


def _shown(words: Words) -> dict[str, str]:
    return {f"shown_{name}": text for name, text in words._asdict().items()}


class AbortForm(forms.Form):
    note = forms.CharField(
        label=_("Why?"),
        max_length=WHY_MAX,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("History keeps it for the other culture leads."),
        error_messages={"required": _("Say in a few words why nobody gets it this week.")},
    )
