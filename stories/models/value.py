"""The company's service values; a story may show up to three."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kudos.lib.text import validate_plain_text


class Value(models.Model):
    name = models.CharField(_("name"), max_length=60, validators=[validate_plain_text])
    meaning = models.CharField(
        _("meaning"), max_length=160, blank=True, validators=[validate_plain_text]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(
        _("offered"), default=True, help_text=_("Untick to keep it for old stories only.")
    )

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="value_name_unique_in_any_case",
                violation_error_message=_("There is a value of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
