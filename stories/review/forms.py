"""What a reviewer says with a decision: said to whom it concerns, and kept in its history."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import AT_MOST, colleagues
from kudos.lib.text import one_line, validate_plain_text
from stories.models import Story
from stories.review.taken_back import notes_taken_back
from stories.reviewers import reviewers_of

NOTE_MAX = 500


def note_field(label: Any, help_text: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=NOTE_MAX,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why: the teller reads it.")},
        **options,
    )


class DecisionForm(forms.Form):
    """Several stand on one page: each calls its fields by its own name."""

    called = ""
    use_required_attribute = False

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id=f"id_{self.called}_%s", label_suffix="", **options)


class HidingForm(DecisionForm):
    called = "hide"
    note = note_field(_("Why hide it?"), _("The teller reads this. Say what would have to change."))


class SendingBackForm(DecisionForm):
    called = "send_back"
    note = note_field(
        _("What should change?"),
        _("The teller reads this, writes it anew and tells it again. Be as kind as you are clear."),
    )


class SendingEditBackForm(DecisionForm):
    called = "send_edit_back"
    note = note_field(
        _("What should be different?"), _("The teller reads this, and may propose it anew.")
    )


class HandingForm(DecisionForm):
    """Another reviewer of this story: one of up to 20 shown, or of those found by a name."""

    called = "hand_over"
    to = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who should decide?"),
        to_field_name="ref",
        error_messages={
            "required": _("Choose who should decide."),
            "invalid_choice": _("They do not review this story. Choose somebody else."),
        },
    )
    note = note_field(_("What should they know?"), "", required=False)

    def __init__(
        self, data: Any = None, *, story: Story, by: User, find: str = "", **options: Any
    ) -> None:
        super().__init__(data, **options)
        eligible = reviewers_of(story).exclude(pk=by.pk)
        self.fields["to"].queryset = eligible  # type: ignore[attr-defined]
        self.find = one_line(find)
        first = list(eligible.select_related("department").order_by("name", "pk")[: AT_MOST + 1])
        self.has_more = len(first) > AT_MOST
        self.people = colleagues(self.find, among=eligible) if self.find else first[:AT_MOST]


def decision_forms(
    story: Story,
    by: User,
    decisions: Collection[str],
    sent: Mapping[str, forms.Form],
    find: str = "",
) -> dict[str, forms.Form]:
    """The forms that ask for more, for what may be decided; as `sent` where they come back. `find`
    is the name by which another reviewer is looked for."""
    found: dict[str, forms.Form] = {}
    asking = {"hide", "send back", "hand over"}.intersection(decisions)
    notes = notes_taken_back(story, by) if asking else {}
    if "hide" in decisions:
        found["hiding"] = sent.get("hide") or HidingForm(initial=notes.get("hide"))
    if "send back" in decisions:
        found["sending_back"] = sent.get("send back") or SendingBackForm(
            initial=notes.get("send back")
        )
    if "hand over" in decisions:
        found["handing"] = sent.get("hand over") or HandingForm(
            story=story, by=by, find=find, initial=notes.get("hand over")
        )
    return found
