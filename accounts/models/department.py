"""Departments: where people work, and which customer groups they serve."""

from itertools import batched
from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.company import ReviewPolicy
from kudos.lib.text import validate_plain_text

BATCH = 500


class Department(models.Model):
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_text])
    review_policy = models.CharField(
        _("review"),
        max_length=10,
        choices=ReviewPolicy,
        blank=True,
        default="",
        db_default="",
        help_text=_("For stories told by or about its people. Empty means as the company does."),
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="department_name_unique_in_any_case",
                violation_error_message=_("There is a department of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if not is_new:
            self.refold_people()

    def refold_people(self) -> None:
        """Let colleague search know this department's people by its new name."""
        people = self.people.order_by("pk").select_related("department").iterator(BATCH)
        for batch in batched(people, BATCH):
            for person in batch:
                person.search_text = person.folded()
            self.people.model.objects.bulk_update(batch, ["search_text"])
