"""What each person decides for themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.languages import languages
from accounts.models.zones import validate_zone


class Publicity(models.TextChoices):
    """Whether stories that name this person may be published (product.md, "Asked first")."""

    FINE = "fine", _("Fine: publish stories about me")
    ASK_FIRST = "ask_first", _("Ask me first, each time")
    PRIVATE_ONLY = "private_only", _("Private only: nobody but my manager and me")


class DigestChoice(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    OFF = "off", _("Never")


class Theme(models.TextChoices):
    SYSTEM = "system", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Preferences(models.Model):
    """The part of a person's account that they alone decide."""

    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_zone],
        help_text=_("Empty means the company's zone."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        default="",
        db_default="",  # the release before this field writes people without it
        choices=languages,
        help_text=_("Empty means the company's language."),
    )
    digest = models.CharField(
        _("weekly digest"),
        max_length=10,
        choices=DigestChoice,
        default=DigestChoice.WEEKLY,
    )
    publicity = models.CharField(
        _("stories about me"), max_length=20, choices=Publicity, default=Publicity.FINE
    )
    theme = models.CharField(_("theme"), max_length=10, choices=Theme, default=Theme.SYSTEM)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)

    class Meta:
        abstract = True
