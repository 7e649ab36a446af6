"""What a teller wants their published story to say, until a reviewer has decided about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.changes import Snapshot
from accounts.models import User
from stories.models.choices import Role
from stories.models.customer_group import CustomerGroup
from stories.models.telling import TEXTS, Telling, snapshot
from stories.models.value import Value

if TYPE_CHECKING:
    from stories.models.story import Story


class Proposal(models.Model):
    """A change that waits, while readers go on reading the old text; its teller made it.

    `says` holds what it changes and nothing else, by the names of `telling.snapshot`, the customer
    group and the values by their keys: what others change meanwhile in the rest stays as they left
    it. One that was sent back is its teller's alone, with the reviewer's note.
    """

    story = models.OneToOneField("stories.Story", models.CASCADE, related_name="proposal")
    says = models.JSONField()
    # Another photo. Taking one away waits for nobody.
    photo = models.ImageField(upload_to="stories/", blank=True)
    # Whom it names and the story does not: they review it no more than the story that it makes.
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    proposed_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")

    def __str__(self) -> str:
        return f"a change of {self.story}"

    @property
    def photo_url(self) -> str:
        """Where its photo is served to those who may read it, or ""."""
        return reverse("story_proposal_photo", args=[self.story.ref]) if self.photo else ""

    @property
    def is_returned(self) -> bool:
        return self.returned_at is not None

    def telling(self) -> Telling:
        """Everything that the story would say."""
        words = wording(told_by(self.story)) | self.says
        if not words["customer_agreed"]:
            # Taken back in the story since: a name goes with its agreement.
            words["customer_name"] = ""
        return replace(
            _telling(words), photo=self.photo.name or None, visibility=self.story.visibility
        )

    def snapshot(self) -> Snapshot:
        """The same, as `telling.snapshot` says it."""
        telling = self.telling()
        group = telling.customer_group
        return snapshot(self.story) | {
            **{name: getattr(telling, name) for name in TEXTS},
            "customer_group": group.name if group else "",
            "values": [value.name for value in telling.values],
            "named": _named(telling),
            "photo": self.photo.name or self.story.photo.name or "",
        }

    def keep(self, says: Snapshot, photo: UploadedFile[Any] | str | bool | None) -> None:
        """Let it wait with these words and, if not None, this photo or none (False)."""
        if photo is not None:
            self.forget_photo()
            self.photo = photo or ""
        self.says, self.proposed_at = says, timezone.now()
        self.returned_at, self.note = None, ""
        self.save()
        already = self.story.named.values("person__ref")
        refs = [ref for _role, ref in says.get("named", [])]
        self.people.set(User.objects.filter(ref__in=refs).exclude(ref__in=already))

    def wait_again(self) -> None:
        """As if no reviewer had sent it back."""
        self.returned_at, self.note = None, ""
        self.save()

    def forget_photo(self) -> None:
        """The file goes only after the commit, so that a rollback still has it."""
        if self.photo:
            transaction.on_commit(partial(default_storage.delete, str(self.photo.name)))


def told_by(story: Story) -> Telling:
    """What the story says now."""
    return Telling(
        nominees=story.nominees,
        helping_hands=story.helping_hands,
        customer_group=story.customer_group,
        values=list(story.values.all()),
        visibility=story.visibility,
        **{name: getattr(story, name) for name in TEXTS},
    )


def wording(telling: Telling) -> Snapshot:
    """What it says, but for its photo and who may see it, as a proposal keeps it."""
    texts: Snapshot = {name: getattr(telling, name) for name in TEXTS}
    return texts | {
        "customer_group": telling.customer_group.pk if telling.customer_group else None,
        "values": sorted(value.pk for value in telling.values),
        "named": _named(telling),
    }


def _named(telling: Telling) -> list[list[str]]:
    helpers = [person for person in telling.helping_hands if person not in telling.nominees]
    return [[Role.HELPER.value, person.ref] for person in helpers] + [
        [Role.NOMINEE.value, person.ref] for person in telling.nominees
    ]


def _telling(words: Snapshot) -> Telling:
    """The reverse of `wording`. What is gone since, such as a value, is left out."""
    refs = {ref for _role, ref in words["named"]}
    people = {person.ref: person for person in User.objects.filter(ref__in=refs)}

    def named(wanted: Role) -> list[User]:
        return [people[ref] for role, ref in words["named"] if role == wanted and ref in people]

    return Telling(
        nominees=named(Role.NOMINEE),
        helping_hands=named(Role.HELPER),
        customer_group=CustomerGroup.objects.filter(pk=words["customer_group"]).first(),
        values=list(Value.objects.filter(pk__in=words["values"])),
        **{name: words[name] for name in TEXTS},
    )
