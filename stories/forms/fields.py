"""Fields as the composer needs them: their sentences, and nothing that a browser adds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kudos.lib.text import one_line, validate_plain_text
from stories.models.limits import DRAFT_LINE_MAX, DRAFT_TEXT_MAX

PEOPLE_MAX = 20


class ProseField(forms.CharField):
    """Text of many lines, whose length is counted as its writer sees it, and as a draft keeps it.

    Browsers send each line break as two characters; kept and counted is one.
    """

    widget: forms.Widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})

    draft_max = DRAFT_TEXT_MAX

    def __init__(self, **options: Any) -> None:
        # Without max_length: the browser would then cut what is pasted, silently.
        super().__init__(required=False, **options)
        self.validators = [validate_plain_text, TooLong(self.draft_max)]

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class LineField(ProseField):
    """Text of one line."""

    draft_max = DRAFT_LINE_MAX
    widget = forms.TextInput(attrs={"dir": "auto"})

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value))


class TooLong(MaxLengthValidator):
    message = ngettext_lazy(
        "Keep this to %(limit_value)d letter; it has %(show_value)d.",
        "Keep this to %(limit_value)d letters; it has %(show_value)d.",
        "limit_value",
    )


class PeopleInput(forms.Widget):
    """The references of the people picked. The template draws them as chips."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[str]:
        return data.getlist(name) if isinstance(data, MultiValueDict) else list(data.get(name, []))


class PeopleField(forms.Field):
    """References of people, at most 20 of them."""

    widget = PeopleInput

    def to_python(self, value: Sequence[str] | None) -> list[str]:
        refs = list(value or [])
        if len(refs) > PEOPLE_MAX:
            raise forms.ValidationError(
                _("Up to %(most)s people, so that each of them is seen."),
                params={"most": PEOPLE_MAX},
                code="too_many",
            )
        return refs


class TileField(forms.ChoiceField):
    """One of a few tiles, drawn by the template."""

    widget = forms.RadioSelect

    def __init__(self, *, unknown: Any, **options: Any) -> None:
        super().__init__(required=False, error_messages={"invalid_choice": unknown}, **options)


class TilesField(forms.MultipleChoiceField):
    """Some of a few tiles, drawn by the template."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, most: int, unknown: Any, too_many: Any, **options: Any) -> None:
        super().__init__(required=False, error_messages={"invalid_choice": unknown}, **options)
        self.most, self.too_many = most, too_many

    def validate(self, value: Iterable[str]) -> None:
        super().validate(value)
        chosen = list(value)
        if len(set(chosen)) > self.most:
            raise forms.ValidationError(
                self.too_many, params={"most": self.most, "ticked": len(chosen)}, code="too_many"
            )
