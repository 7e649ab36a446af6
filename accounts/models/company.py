"""The one company that an installation serves."""

from datetime import timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.languages import languages
from accounts.models.zones import validate_zone
from kudos.lib.text import validate_plain_text


class QuietWeek(models.TextChoices):
    SKIP = "skip", _("Send nothing")
    PROMPT = "prompt", _("Send a one-line invitation to tell a story")


class ReviewPolicy(models.TextChoices):
    """When reviewers see a story: after its readers, or before them."""

    PUBLISH_FIRST = "publish", _("Publish at once, review afterwards")
    REVIEW_FIRST = "review", _("Review before anybody reads it")


class Resends(models.IntegerChoices):
    """What becomes of a copy that the mail server took without an answer."""

    NEVER = 0, _("Waits for a person to decide")
    ONCE = 1, _("Goes once more, identical")


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


DEFAULT_ACCENT_HUE = 22
REPORTS_TO_HIDE = 3


class Company(models.Model):
    """Name, vision and schedule: a single row, edited by culture leads."""

    name = models.CharField(
        _("name"), max_length=80, default="Kudos", validators=[validate_plain_text]
    )
    vision = models.CharField(
        _("service vision"),
        max_length=200,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("One sentence. It stands on the feed and closes the digest."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_zone]
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=languages,
        default="en",
        db_default="en",
        help_text=_("For everybody who has not chosen their own."),
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("digest day"), choices=Weekday, default=Weekday.MONDAY
    )
    digest_hour = models.PositiveSmallIntegerField(
        _("digest hour"), default=9, validators=[MaxValueValidator(23)]
    )
    quiet_week = models.CharField(
        _("a week without stories"), max_length=10, choices=QuietWeek, default=QuietWeek.SKIP
    )
    reply_to = models.EmailField(
        _("reply-to address"), blank=True, help_text=_("Where answers to the digest go.")
    )
    digest_resends = models.PositiveSmallIntegerField(
        _("a copy of which nobody knows whether it arrived"),
        choices=Resends,
        default=Resends.ONCE,
        db_default=Resends.ONCE,
    )
    digest_per_second = models.PositiveSmallIntegerField(
        _("digest mails a second, at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("As your mail server allows. Empty means no limit."),
    )
    digest_per_minute = models.PositiveSmallIntegerField(
        _("digest mails a minute, at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Exchange Online, for one, takes 30."),
    )
    accent_hue = models.PositiveSmallIntegerField(
        _("accent hue"),
        default=DEFAULT_ACCENT_HUE,
        validators=[MaxValueValidator(359)],
        help_text=_("0 to 359 on the colour wheel; 22 is the coral of Kudos. Contrast is kept."),
    )
    dare_to_try = models.BooleanField(
        _("“Dare to try” stories"),
        default=False,
        help_text=_("Worthy attempts that did not work out, and what we learned."),
    )

    review_policy = models.CharField(
        _("review"),
        max_length=10,
        choices=ReviewPolicy,
        default=ReviewPolicy.PUBLISH_FIRST,
        db_default=ReviewPolicy.PUBLISH_FIRST,
        help_text=_("For every department that has not chosen its own."),
    )
    reports_to_hide = models.PositiveSmallIntegerField(
        _("reports that hide a story"),
        default=REPORTS_TO_HIDE,
        db_default=REPORTS_TO_HIDE,
        help_text=_(
            "A story that so many people have reported waits hidden for a reviewer. 0 means that "
            "only a reviewer hides."
        ),
    )

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("company")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="company_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(digest_hour__lt=24, digest_weekday__lt=7),
                name="company_digest_is_a_moment_of_the_week",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def digest_interval(self) -> timedelta | None:
        """How far apart two mails of the digest leave, so that both limits hold in any second and
        any minute; None without a limit."""
        limits = ((1, self.digest_per_second), (60, self.digest_per_minute))
        waits = [timedelta(seconds=seconds / most) for seconds, most in limits if most]
        return max(waits, default=None)

    @classmethod
    def current(cls) -> Self:
        """The company's row, with the defaults of a new one where nothing is set up yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
