"""The composer's form: lenient for a draft, exact for publishing, and losing nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Company, User
from kudos.lib.images import clean_photo
from stories.forms.fields import (
    PEOPLE_MAX,
    LineField,
    PeopleField,
    ProseField,
    TileField,
    TilesField,
    TooLong,
)
from stories.forms.groups import Offer, offer
from stories.forms.named import PICKERS, Eligible, look_up
from stories.forms.opening import moments, offered_values, said_by, told_in
from stories.models import Moment, Story, Visibility, WordsSource
from stories.models.limits import PUBLISHED_MAX, VALUES_MAX
from stories.models.telling import TEXTS, Telling

CUSTOMER_FIELDS = ("customer_words", "words_source", "customer_role", "customer_name")
DARE_HELP = _("If it was worth trying and did not work out, say what we learned.")
ASK_CONSENT = _("Did they agree to be named? Tick the box below, or leave the name out.")
PHOTO_REFUSED = _("The photo was not taken over. Choose another one, or go on without.")
NAME_WAITS = _("We keep the name once you tick that they agreed.")


class StoryForm(forms.Form):
    """A story as typed. `telling()` is what of it is valid, with the story's own for the rest.

    A new story opens with the references `nominees` picked. With `complete`, a nominee, a customer
    group, a headline and what they did are asked for, and no text is longer than readers are shown
    (Life.submit). The draft keeps what was typed.
    """

    nominees = PeopleField(label=_("Who was it?"), required=False)
    customer_group = TileField(
        label=_("Whose customer was it?"), unknown=_("Choose one of the groups shown here.")
    )
    moment = TileField(
        label=_("What kind of moment was it?"), unknown=_("Choose one of the moments shown here.")
    )
    headline = LineField(label=_("In one line, what happened?"))
    what_they_did = ProseField(label=_("What did they do?"))
    difference = ProseField(
        label=_("What difference did it make?"),
        help_text=_("For the customer, and for us."),
    )
    customer_words = ProseField(label=_("Their words"))
    words_source = forms.ChoiceField(
        label=_("Where were they heard?"),
        choices=[("", _("Not said")), *WordsSource.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the places in the list.")},
    )
    customer_role = LineField(
        label=_("Who is the customer?"),
        help_text=_("Their role is enough, such as “the owner of a kayak school”."),
    )
    customer_name = LineField(
        label=_("Their name"), help_text=_("Only if they agreed to be named.")
    )
    customer_agreed = forms.BooleanField(
        label=_("They agreed to be named in this story"), required=False
    )
    helping_hands = PeopleField(label=_("Who helped behind the scenes?"), required=False)
    values = TilesField(
        label=_("Which of our values does it show?"),
        help_text=_("Up to three."),
        most=VALUES_MAX,
        unknown=_("Choose from the values shown here."),
        too_many=_("Choose up to %(most)s values; %(ticked)s are ticked."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, up to 10 MB. Where it was taken is removed from it."),
        error_messages={"empty": _("This file is empty. Choose the photo again.")},
        widget=forms.FileInput,
    )
    photo_refused = forms.BooleanField(required=False, widget=forms.HiddenInput)
    photo_off = forms.BooleanField(label=_("Take this photo away"), required=False)
    photo_alt = LineField(
        label=_("What does the photo show?"),
        help_text=_("For colleagues who cannot see it."),
    )
    visibility = TileField(
        label=_("Who may read it?"),
        choices=Visibility.choices,
        unknown=_("Choose one of the two."),
    )

    use_required_attribute = False

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        by: User,
        company: Company,
        story: Story | None = None,
        nominees: Collection[str] = (),
        complete: bool = False,
    ) -> None:
        told = told_in(story, by)
        super().__init__(data, files, initial=said_by(told, nominees), label_suffix="")
        self.by, self.story, self.complete = by, story, complete
        self.picked = look_up({name: self[name].value() or [] for name in PICKERS})
        self.eligible = Eligible.for_story(story, by)
        self.offered_values = offered_values(told)
        self.choose("values", [(value.pk, value.name) for value in self.offered_values])
        self.offer: Offer = offer(self.celebrated, told.customer_group if told else None)
        self.choose("customer_group", [(group.pk, group.name) for group in self.offer.groups])
        self.choose("moment", moments(company, story))
        learns = company.dare_to_try
        self.fields["what_they_did"].help_text = DARE_HELP if learns else ""

    def choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [(str(value), label) for value, label in choices]

    @property
    def celebrated(self) -> list[User]:
        return self.picked["nominees"].people

    @property
    def helpers(self) -> list[User]:
        return self.picked["helping_hands"].people

    @property
    def photo_url(self) -> str:
        """The photo that the story has, or that its teller proposed in its place."""
        if self.story is None:
            return ""
        proposal = self.story.opened_by(self.by)
        return (proposal.photo_url if proposal else "") or self.story.photo_url

    @property
    def has_customer_words(self) -> bool:
        """Whether the folded questions about the customer have answers, or errors."""
        return any(self[name].value() or self[name].errors for name in CUSTOMER_FIELDS)

    @property
    def has_helping_hands(self) -> bool:
        return bool(self.helpers or self["helping_hands"].errors)

    def clean_photo(self) -> UploadedFile[bytes] | None:
        upload = self.cleaned_data["photo"]
        return clean_photo(upload) if upload else None

    def check_photo(self) -> None:
        """Say once more that an earlier photo was refused: a page drawn anew does not show it."""
        chosen = self.cleaned_data.get("photo") or "photo" in self.errors
        if self.cleaned_data["photo_refused"] and not chosen:
            self.add_error("photo", PHOTO_REFUSED)

    def clean(self) -> None:
        for name in PICKERS:
            for complaint in self.eligible.complaints(self.picked[name]):
                self.add_error(name, complaint)
        self.check_each_in_one_place()
        self.check_consent()
        self.check_photo()
        self.keepable = dict(self.cleaned_data)
        if self.complete:
            self.check_complete()
            self.check_lengths()

    def check_each_in_one_place(self) -> None:
        for person in self.helpers:
            if person in self.celebrated:
                text = _("%(name)s is celebrated already, so cannot be a helping hand too.")
                self.add_error("helping_hands", text % {"name": person.name})

    def check_consent(self) -> None:
        if self.cleaned_data.get("customer_name") and not self.cleaned_data.get("customer_agreed"):
            sentence = ASK_CONSENT if self.complete else NAME_WAITS
            self.add_error("customer_name", sentence)

    def check_complete(self) -> None:
        asked = {
            "nominees": _("Name at least one colleague."),
            "customer_group": _("Choose whose customer it was."),
            "headline": _("Say it in one line."),
            "what_they_did": _("Say what they did. Two sentences are enough."),
        }
        for name, sentence in asked.items():
            if name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, sentence)

    def check_lengths(self) -> None:
        for name, most in PUBLISHED_MAX.items():
            try:
                TooLong(most)(self.cleaned_data.get(name, ""))
            except forms.ValidationError as error:
                self.add_error(name, error)

    @property
    def name_waits(self) -> bool:
        """Whether a customer's name is left out of the draft only for want of their consent."""
        return list(self.errors.get("customer_name", [])) == [NAME_WAITS]

    @property
    def left_out(self) -> list[str]:
        """The labels of what is not in the draft because something is wrong with it."""
        wrong = [field for field in self.visible_fields() if field.errors]
        waiting = {"customer_name"} if self.name_waits else set()
        return [str(field.label) for field in wrong if field.name not in waiting]

    def telling(self) -> Telling:
        """What is valid of what was typed; for the rest, what the story said before."""
        said = {name: self.valid(name) for name in TEXTS}
        said["moment"] = said["moment"] or Moment.CUSTOMER_LOVE
        if not said["customer_agreed"]:
            said["customer_name"] = ""
        groups = {str(group.pk): group for group in self.offer.groups}
        values = self.valid("values")
        return Telling(
            nominees=self.welcome(self.celebrated),
            helping_hands=self.welcome(
                [person for person in self.helpers if person not in self.celebrated]
            ),
            customer_group=groups.get(self.valid("customer_group")),
            values=[value for value in self.offered_values if str(value.pk) in values],
            photo=self.keepable.get("photo") or (False if self.valid("photo_off") else None),
            visibility=self.valid("visibility") or Visibility.COMPANY,
            **said,
        )

    def welcome(self, people: list[User]) -> list[User]:
        return [person for person in people if self.eligible(person)][:PEOPLE_MAX]

    def valid(self, name: str) -> Any:
        return self.keepable[name] if name in self.keepable else self.initial.get(name, "")
