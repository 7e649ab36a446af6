"""Departments: where people work, and which customer groups they serve."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kudos.lib.text import validate_plain_text


class Department(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True, validators=[validate_plain_text])

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
