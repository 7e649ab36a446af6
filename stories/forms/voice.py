"""Somebody's own words under a story of another."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.forms.fields import ProseField
from stories.models.limits import VOICE_MAX


class WordsField(ProseField):
    """Prose as long as readers are shown: a voice has no draft."""

    draft_max = VOICE_MAX


class VoiceForm(forms.Form):
    text = WordsField(
        label=_("What did you see?"), help_text=_("In your own words. Two sentences are enough.")
    )

    use_required_attribute = False

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text:
            raise forms.ValidationError(_("Say what you saw."), code="required")
        return text
