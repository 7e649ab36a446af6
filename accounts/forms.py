"""The preferences."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.changes import remembered
from accounts.models import DigestChoice, Publicity, Theme, User
from accounts.models.languages import languages
from accounts.zones import ZoneField
from kudos.lib.images import clean_photo

CHOICES = ["name", "language", "time_zone", "digest", "publicity", "theme", "shortcuts"]
FACE_PIXELS = 640


def own_language() -> list[tuple[str, Any]]:
    return [("", _("The company’s language")), *languages()]


def publicity_in_full() -> list[tuple[str, Any]]:
    """Each choice with what it does to a story (product.md, "Asked first")."""
    return [
        (Publicity.FINE, _("Fine: it is published, and I hear of it at once.")),
        (
            Publicity.ASK_FIRST,
            _(
                "Ask me first: nobody reads it until I agree. If I say nothing, it is never "
                "published."
            ),
        ),
        (
            Publicity.PRIVATE_ONLY,
            _(
                "Private only: it is never published. Its teller, the people celebrated and their "
                "managers read it."
            ),
        ),
    ]


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(label=_("Language"), required=False, choices=own_language)
    time_zone = ZoneField(label=_("Time zone"), required=False)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("A JPEG, PNG, WebP or GIF of up to 10 MB. Without one your initials stand in."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    remove_photo = forms.BooleanField(label=_("Take my photo away"), required=False)
    publicity = forms.ChoiceField(
        label=_("When a story names me"),
        choices=publicity_in_full,
        widget=forms.RadioSelect,
        help_text=_(
            "This is for new stories. What is published already stays as it is; "
            "the teller or a reviewer can take a story back."
        ),
    )
    digest = forms.ChoiceField(
        label=_("Weekly digest"), choices=DigestChoice, widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(label=_("Light or dark"), choices=Theme, widget=forms.RadioSelect)
    shortcuts = forms.BooleanField(
        label=_("Keyboard shortcuts"),
        required=False,
        help_text=_("Single keys such as “n” for a new story; “?” lists them."),
    )

    class Meta:
        model = User
        fields = CHOICES
        labels = {"name": _("Name")}
        help_texts = {"name": _("As colleagues know you.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"autocomplete": "name", "dir": "auto"}
        if not self.instance.photo:
            del self.fields["remove_photo"]

    def clean_photo(self) -> UploadedFile[Any] | None:
        """The picture ready to be kept; raises ValidationError where it is none."""
        upload: UploadedFile[Any] | None = self.cleaned_data["photo"]
        return clean_photo(upload, longest=FACE_PIXELS) if upload else None

    def save(self, commit: bool = True) -> User:
        """Keep the choices, with a row of history that says which ones changed."""
        person: User = self.instance
        with remembered("change preferences", person, [*CHOICES, "photo"], by=person):
            self.put_photo(person)
            super().save(commit)
        return person

    def put_photo(self, person: User) -> None:
        """Replace the photo or take it away. The old file goes after the commit, so that a
        rollback still has it."""
        photo = self.cleaned_data["photo"]
        if not (photo or self.cleaned_data.get("remove_photo")):
            return
        if person.photo:
            transaction.on_commit(partial(default_storage.delete, str(person.photo)))
        person.photo = photo or ""
