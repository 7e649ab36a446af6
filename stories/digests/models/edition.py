"""An edition: one week's digest, and the stories picked for it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, cast

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import History, User
from kudos.lib.text import validate_plain_text
from stories.digests.timing import TIMING
from stories.models import Story
from stories.querysets import StoryQuerySet


class EditionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    FROZEN = "frozen", _("Frozen")
    SENDING = "sending", _("On its way")
    SENT = "sent", _("Sent")
    ABORTED = "aborted", _("Given up")


class EditionQuerySet(models.QuerySet["Edition"]):
    def unfinished(self) -> EditionQuerySet:
        return self.filter(
            state__in=[EditionState.PLANNED, EditionState.FROZEN, EditionState.SENDING]
        )

    def planned(self) -> EditionQuerySet:
        return self.filter(state=EditionState.PLANNED)

    def unsent(self) -> EditionQuerySet:
        """Those of which no copy can have left."""
        return self.filter(state__in=[EditionState.PLANNED, EditionState.FROZEN])

    def begun(self) -> EditionQuerySet:
        """Those that are on their way, or over: sent or given up."""
        return self.exclude(state__in=[EditionState.PLANNED, EditionState.FROZEN])

    def sent(self) -> EditionQuerySet:
        """Those that readers have, or are getting right now."""
        return self.filter(state__in=[EditionState.SENDING, EditionState.SENT])

    def running(self) -> EditionQuerySet:
        """Those whose copies may leave now."""
        return self.filter(state=EditionState.SENDING, paused_at=None)

    def outdate(self, story: Story) -> None:
        """A picked story changed. In a planned edition nothing is shared yet; and whoever freezes
        it waits for the story, so that to wait for the edition in turn would never end."""
        begun = self.exclude(state=EditionState.PLANNED)
        picked = begun.filter(pk__in=self.filter(picks__story=story).values("pk"))
        for edition in picked.select_for_update():
            edition.outdate()


class Edition(models.Model):
    """One a week, named after the Monday of the week in which it is sent."""

    week_start = models.DateField(_("week"), unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=EditionState, default=EditionState.PLANNED
    )
    cutoff_at = models.DateTimeField(_("cutoff"))
    # The cutoff of the edition before it, or four weeks earlier: what it covers begins there.
    covers_from = models.DateTimeField(_("covers stories from"), null=True)
    # Set when a person sent it at once instead of at each reader's own hour.
    at_once = models.DateTimeField(_("sent at once"), null=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    # As it was rendered last.
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    own_subject = models.CharField(
        _("subject"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        validators=[validate_plain_text],
    )
    note = models.TextField(
        _("note from the desk"), max_length=500, blank=True, validators=[validate_plain_text]
    )
    # What a culture lead took out. Once copies leave, the pick stays as well: somebody may have
    # read it, and no story is told twice.
    left_out = models.ManyToManyField(Story, related_name="+")
    # How many people were to get it at the cutoff: the ledger must have as many rows.
    eligible = models.PositiveIntegerField(null=True)
    # A first share of its copies got through, or a culture lead let it go on all the same.
    is_vetted = models.BooleanField(default=False, db_default=False)
    mail_date = models.DateTimeField(_("date in the mail"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    paused_at = models.DateTimeField(_("paused"), null=True)

    objects: ClassVar[EditionQuerySet] = EditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-week_start"]

    def __str__(self) -> str:
        return self.week_start.isoformat()

    def get_absolute_url(self) -> str:
        return reverse("digest:edition", args=[self.week_start])

    @property
    def is_sent(self) -> bool:
        return self.state == EditionState.SENT

    @property
    def is_departing(self) -> bool:
        """Whether a person sent it at once, and its copies are still to be made: nothing is
        changed in it any more, but for what must not be read."""
        return self.state == EditionState.FROZEN and self.at_once is not None

    def told(self) -> StoryQuerySet:
        """The picked stories that everybody may read today, in their order."""
        rows = Story.objects.on_feed().filter(pick__edition=self)
        told: StoryQuerySet = rows.exclude(pk__in=self.left_out.values("pk"))
        return told.order_by("pick__position")

    def picked(self) -> list[Story]:
        """The same with their cards."""
        return list(self.told().with_card())

    def outdate(self) -> None:
        """What the copies share is no longer true: no message fenced from now on carries it
        (digest.md, "Freeze"), and what was sent is not kept.

        The caller has locked the row: whoever is rendering holds it, so that what they wrote is
        there to be deleted.
        """
        self.renderings.all().delete()
        rows = type(self).objects.filter(pk=self.pk)
        rows.update(subject="")
        rows.unfinished().update(version=F("version") + 1)

    def covered(self) -> StoryQuerySet:
        """The stories of the edition's weeks that everybody may read today, newest first."""
        stories: StoryQuerySet = Story.objects.on_feed()
        return stories.filter(published_at__gt=self.covers_from, published_at__lte=self.cutoff_at)

    def others(self) -> StoryQuerySet:
        """The stories of its weeks beside those that an edition tells: with its picks they are all
        that the mail counts and that its page in the archive has. What a culture lead took out is
        in neither; the feed goes on telling it."""
        return self._without_left_out(self.covered().filter(pick=None))

    def candidates(self) -> StoryQuerySet:
        """What may be picked: what its weeks have, but for what a culture lead took out, and what
        another edition told, however long ago: a story may be published anew."""
        mine = Q(pick=None) | Q(pick__edition=self.pk) if self.pk else Q(pick=None)
        return self._without_left_out(self.of_its_weeks().filter(mine))

    def _without_left_out(self, stories: StoryQuerySet) -> StoryQuerySet:
        left_out = type(self).left_out.through.objects.filter(edition_id=self.pk)
        return stories.exclude(pk__in=left_out.values("story_id"))

    def of_its_weeks(self) -> StoryQuerySet:
        """What may be told: also what was dated just before these weeks, since its transaction
        may have ended only after the edition before froze. No story is told twice."""
        dated_from = cast(datetime, self.covers_from) - TIMING.commit
        stories: StoryQuerySet = Story.objects.on_feed()
        return stories.filter(published_at__gt=dated_from, published_at__lte=self.cutoff_at)

    def pause(self, *, by: User | None, note: str) -> bool:
        """Hold every copy that has not left; False where it is held already. Where nobody asked
        for it, culture leads are told by mail."""
        with transaction.atomic():
            rows = type(self).objects.unfinished().filter(pk=self.pk, paused_at=None)
            if not rows.update(paused_at=Now()):
                return False
            History.objects.record("pause", self, actor=by, note=note)
            if by is None:
                self.desk_mails.tell_leads(self, note)
            return True

    def resume(self, *, by: User | None) -> bool:
        """Let the copies leave again; False where it was not held. Whoever does this has seen
        how many failed."""
        with transaction.atomic():
            rows = type(self).objects.unfinished().filter(pk=self.pk, paused_at__isnull=False)
            if not rows.update(paused_at=None, is_vetted=True):
                return False
            History.objects.record("resume", self, actor=by)
            return True

    def abort(self, *, by: User | None, note: str) -> bool:
        """Give this week up, and every copy that has not left; False where it is over already.

        The next edition covers its stories. The picked ones too, unless somebody has read them:
        no story is told twice. Where copies were planned, the next tick decides that, when none
        is in flight any more.
        """
        with transaction.atomic():
            rows = type(self).objects.unfinished().filter(pk=self.pk)
            if not rows.update(state=EditionState.ABORTED):
                return False
            self.state = EditionState.ABORTED
            self.deliveries.cancel()
            if not self.deliveries.exists():
                self.picks.all().delete()
            self.renderings.all().delete()
            History.objects.record("abort", self, actor=by, note=note)
            return True
