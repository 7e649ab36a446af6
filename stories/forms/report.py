"""Why somebody reports a story: for its reviewers to read."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.forms.fields import ProseField
from stories.models.limits import REPORT_MAX


class ReasonField(ProseField):
    draft_max = REPORT_MAX


class ReportForm(forms.Form):
    reason = ReasonField(
        label=_("What is wrong with it?"),
        help_text=_(
            "Only its reviewers read this, and who wrote it. Its teller and the people in it do "
            "not."
        ),
    )
    # A form that is sent twice is one report.
    key = forms.CharField(widget=forms.HiddenInput, required=False, initial=uuid4)

    use_required_attribute = False

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not reason:
            raise forms.ValidationError(_("Say what is wrong: a reviewer reads it."))
        return reason

    def clean_key(self) -> UUID:
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()
