"""A story: one nomination, from its draft to the feed."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kudos.lib.text import validate_plain_text
from kudos.lib.tokens import new_ref
from stories.models.choices import Moment, State, Visibility, WordsSource
from stories.models.customer_group import CustomerGroup
from stories.models.life import Life
from stories.models.limits import ALT_MAX, DRAFT_LINE_MAX, DRAFT_TEXT_MAX, HEADLINE_MAX
from stories.models.named import AGREEMENTS, Answer
from stories.models.proposing import Proposing
from stories.models.reporting import Reporting
from stories.models.reviewing import Reviewing
from stories.models.value import Value
from stories.models.voicing import Voicing
from stories.models.writing import Writing
from stories.querysets import FEATURED_FOR, StoryQuerySet


class Story(Writing, Proposing, Life, Reviewing, Reporting, Voicing, models.Model):
    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="told",
        verbose_name=_("teller"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=Visibility, default=Visibility.COMPANY
    )

    customer_group = models.ForeignKey(
        CustomerGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("customer group"),
    )
    moment = models.CharField(
        _("moment"), max_length=20, choices=Moment, default=Moment.CUSTOMER_LOVE
    )
    headline = models.CharField(
        _("headline"), max_length=DRAFT_LINE_MAX, blank=True, validators=[validate_plain_text]
    )
    what_they_did = models.TextField(
        _("what they did"),
        max_length=DRAFT_TEXT_MAX,
        blank=True,
        validators=[validate_plain_text],
    )
    difference = models.TextField(
        _("the difference"),
        max_length=DRAFT_TEXT_MAX,
        blank=True,
        validators=[validate_plain_text],
    )
    customer_words = models.TextField(
        _("the customer's words"),
        max_length=DRAFT_TEXT_MAX,
        blank=True,
        validators=[validate_plain_text],
    )
    words_source = models.CharField(
        _("where they were heard"), max_length=10, choices=WordsSource, blank=True
    )
    customer_role = models.CharField(
        _("who the customer is"),
        max_length=DRAFT_LINE_MAX,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("Their role, such as “the owner of a kayak school”."),
    )
    customer_name = models.CharField(
        _("the customer's name"),
        max_length=DRAFT_LINE_MAX,
        blank=True,
        validators=[validate_plain_text],
    )
    customer_agreed = models.BooleanField(_("agreed to be named"), default=False)
    values = models.ManyToManyField(
        Value, blank=True, related_name="stories", verbose_name=_("values")
    )
    photo = models.ImageField(_("photo"), upload_to="stories/", blank=True)
    photo_alt = models.CharField(
        _("what the photo shows"), max_length=ALT_MAX, blank=True, validators=[validate_plain_text]
    )

    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)

    waiting_since = models.DateTimeField(null=True, editable=False)
    # A mark, and no state: a reviewer has seen what it says now.
    looked_at = models.DateTimeField(null=True, editable=False)
    featured_at = models.DateTimeField(_("featured"), null=True, editable=False)
    # The reviewer whom another one asked to decide.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="handed_stories",
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.UniqueConstraint(fields=["teller", "key"], name="story_once_a_form"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | (~Q(headline="") & ~Q(what_they_did="") & Q(customer_group__isnull=False)),
                name="story_submitted_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | Q(LessThanOrEqual(Length("headline"), HEADLINE_MAX)),
                name="story_submitted_has_one_line",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.PUBLISHED, State.HIDDEN])
                | Q(published_at__isnull=False),
                name="story_published_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING) | Q(waiting_since__isnull=False),
                name="story_waiting_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(customer_name="") | Q(customer_agreed=True),
                name="story_names_customers_who_agreed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(state=State.PUBLISHED, visibility=Visibility.COMPANY),
                name="story_on_feed",
            ),
            models.Index(
                fields=["customer_group", "-published_at", "-id"],
                condition=Q(state=State.PUBLISHED, visibility=Visibility.COMPANY),
                name="story_on_feed_by_group",
            ),
            models.Index(
                fields=["moment", "-published_at", "-id"],
                condition=Q(state=State.PUBLISHED, visibility=Visibility.COMPANY),
                name="story_on_feed_by_moment",
            ),
            models.Index(
                fields=["waiting_since", "id"],
                condition=Q(state=State.WAITING),
                name="story_waiting",
            ),
            models.Index(
                fields=["state", "-published_at", "-id"],
                condition=Q(state__in=[State.RETURNED, State.HIDDEN]),
                name="story_taken_off",
            ),
            models.Index(
                fields=["-featured_at"],
                condition=Q(featured_at__isnull=False),
                name="story_featured",
            ),
            models.Index(fields=["teller", "-saved_at"], name="story_teller"),
        ]

    def __str__(self) -> str:
        return self.headline or self.ref

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.ref])

    @property
    def photo_url(self) -> str:
        """Where the photo is served to those who may see the story, or ""."""
        return reverse("story_photo", args=[self.ref]) if self.photo else ""

    @property
    def nominees(self) -> list[User]:
        return self._people("nominee")

    @property
    def still_asked(self) -> list[User]:
        return self._answering(Answer.ASKED)

    @property
    def without_photo(self) -> list[User]:
        """Those who agreed to it as long as it has no photo."""
        return self._answering(Answer.AGREED_WITHOUT_PHOTO)

    @property
    def all_agreed(self) -> bool:
        """Whether somebody was asked, and nobody's answer is missing."""
        return bool(self._answering(*AGREEMENTS)) and not self.still_asked

    @property
    def helping_hands(self) -> list[User]:
        return self._people("helper")

    def _people(self, role: str) -> list[User]:
        # Sorted here and not in the database, so that prefetched rows serve.
        rows = sorted(self.named.all(), key=lambda named: (named.position, named.pk))
        return [named.person for named in rows if named.role == role]

    def _answering(self, *answers: Answer) -> list[User]:
        return [named.person for named in self.named.all() if named.answer in answers]

    @property
    def is_private(self) -> bool:
        return self.visibility == Visibility.PRIVATE

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def is_featured(self) -> bool:
        """For the week; the digest of that week tells it first."""
        since = timezone.now() - FEATURED_FOR
        return self.is_published and self.featured_at is not None and self.featured_at > since

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT
