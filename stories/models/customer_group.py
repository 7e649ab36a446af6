"""Whose customer it was: the one tag that every story carries, a list that each company edits."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from kudos.lib.text import validate_plain_text


class Hue(models.TextChoices):
    """The eight hues of the design system (static/css/tokens.css)."""

    CORAL = "coral", _("Coral")
    AMBER = "amber", _("Amber")
    LIME = "lime", _("Lime")
    GREEN = "green", _("Green")
    CYAN = "cyan", _("Cyan")
    BLUE = "blue", _("Blue")
    VIOLET = "violet", _("Violet")
    ROSE = "rose", _("Rose")


class CustomerGroupQuerySet(models.QuerySet["CustomerGroup"]):
    def offered(self) -> CustomerGroupQuerySet:
        """The groups that a new story may choose."""
        return self.filter(is_active=True)

    def served_first_by(self, people: list[User]) -> list[CustomerGroup]:
        """The offered groups, those that these people's departments serve first."""
        departments = {person.department_id for person in people if person.department_id}
        served = set(self.filter(served_by__in=departments).values_list("pk", flat=True))
        return sorted(self.offered(), key=lambda group: group.pk not in served)


class CustomerGroup(models.Model):
    name = models.CharField(_("name"), max_length=60, validators=[validate_plain_text])
    hint = models.CharField(
        _("hint"),
        max_length=80,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("A few words under the name, such as “people we buy from”."),
    )
    hue = models.CharField(_("hue"), max_length=10, choices=Hue, default=Hue.CORAL)
    served_by = models.ManyToManyField(
        Department,
        blank=True,
        related_name="customer_groups",
        verbose_name=_("served by"),
        help_text=_("The composer offers this group first for people of these departments."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(
        _("offered"), default=True, help_text=_("Untick to keep it for old stories only.")
    )

    objects = CustomerGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer group")
        verbose_name_plural = _("customer groups")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="group_name_unique_in_any_case",
                violation_error_message=_("There is a customer group of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
