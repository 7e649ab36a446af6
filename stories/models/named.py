"""The people whom a story names: nominees and helping hands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Publicity, User
from stories.models.choices import Role


class Answer(models.TextChoices):
    """What somebody who wants to be asked said of this one story."""

    NOT_ASKED = "", _("Not asked")
    ASKED = "asked", _("Asked")
    AGREED = "agreed", _("Agreed")
    AGREED_WITHOUT_PHOTO = "agreed_without_photo", _("Agreed without the photo")
    KEPT_PRIVATE = "kept_private", _("Kept private")


AGREEMENTS = (Answer.AGREED, Answer.AGREED_WITHOUT_PHOTO)


class NamedQuerySet(models.QuerySet["Named"]):
    def nominees(self) -> NamedQuerySet:
        return self.filter(role=Role.NOMINEE)

    def want_privacy(self) -> bool:
        """Whether anybody named lets no story about them be published."""
        return self.filter(
            models.Q(person__publicity=Publicity.PRIVATE_ONLY)
            | models.Q(answer=Answer.KEPT_PRIVATE)
        ).exists()

    def to_ask(self, *, with_photo: bool) -> NamedQuerySet:
        """Those who want to be asked and have not agreed yet; of a story with a photo, whoever
        agreed to it without one as well, whatever they wish for other stories by now."""
        wants = models.Q(person__publicity=Publicity.ASK_FIRST)
        unasked = wants & ~models.Q(answer__in=AGREEMENTS)
        if with_photo:
            unasked |= models.Q(answer=Answer.AGREED_WITHOUT_PHOTO)
        return self.filter(unasked)


class Named(models.Model):
    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="named")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="named_in")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(
        _("answer"), max_length=20, choices=Answer, default=Answer.NOT_ASKED, blank=True
    )
    # When the question that is open, or was answered, was put to them.
    asked_at = models.DateTimeField(null=True, editable=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        ordering = ["role", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "person"], name="named_once_a_story")
        ]
        indexes = [models.Index(fields=["person", "role", "story"], name="named_person_role")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.story_id} ({self.role})"

    @classmethod
    def plan(cls, nominees: list[User], helping_hands: list[User]) -> dict[int, tuple[str, int]]:
        """Person's key to (role, position), nominees first; a nominee is no helping hand too."""
        helpers = {
            person.pk: (Role.HELPER.value, place) for place, person in enumerate(helping_hands)
        }
        return helpers | {
            person.pk: (Role.NOMINEE.value, place) for place, person in enumerate(nominees)
        }
