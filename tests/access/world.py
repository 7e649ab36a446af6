"""A company with a thing of every kind in it, for the tests that go to every address."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts.models import Company, Department, History, Publicity, ReviewPolicy, User
from stories.digests.desk.planning import upcoming
from stories.digests.models import (
    Delivery,
    DeliveryState,
    Edition,
    EditionState,
    Heartbeat,
    MailEvent,
    Suppression,
    UnsubscribeToken,
)
from stories.digests.sending import send_now
from stories.models import CustomerGroup, Story, Visibility
from stories.notices.kinds import Kind
from stories.notices.off import secret_of
from tests.access.routes import fill
from tests.factories import ANOTHER_DEED, ValueFactory, draft_story, tell_story, telling, wants

# What stands behind the question mark, for addresses that mean nothing without.
ASKED = {
    "feed_news": "?since=MjAyNS0wMS0wMVQwMDowMDowMCswMDowMHwx",
    "admin:autocomplete": "?app_label=accounts&model_name=user&field_name=manager",
}
# What a form sends, where an empty one would be refused for its own sake.
SENT: dict[str, dict[str, str]] = {
    "cheer": {"pressed": "1"},
    "story_hide": {"note": "A name in it."},
    "story_report": {"reason": "A name in it."},
    "story_proposal_send_back": {"note": "A name in it."},
    "story_voice_hide": {"note": "A name in it."},
    "story_send_back": {"note": "A name in it."},
    "digest:desk_place": {"down": "0"},
    "digest:desk_abort": {"note": "Everybody is on holiday."},
}


class World:
    """The cast, a story of each kind by the teller that celebrates the nominee (the published one
    with the stranger's voice under it), an edition that is
    over, and the next one, which nobody has planned yet and for which there is a story."""

    def __init__(self, cast: Mapping[str, User]) -> None:
        self.cast = cast
        # Whoever left had all the rights that there are: none of them is left.
        User.objects.filter(pk=cast["leaver"].pk).update(is_culture_lead=True, is_superuser=True)
        self.stories = _stories(cast["teller"], cast["nominee"], cast["culture_lead"])
        self.edition = _sent_edition()
        self._since = tell_story(cast["teller"], cast["nominee"], **ANOTHER_DEED)
        self.stories["published"].add_voice("So it was.", by=cast["stranger"], key=uuid4())
        _photograph()
        Heartbeat.beat()
        self._parts = self._named_parts()
        self._rows = _rows(self.edition)

    def address(self, route: str, pattern: str, about: str) -> str:
        """Where this route leads for what a row of the matrix is about."""
        parts = self._parts["-"] | self._parts[about]
        if pattern.startswith("admin/"):
            parts |= self._admin_parts(pattern, about)
        return fill(pattern, parts) + ASKED.get(route, "")

    def _named_parts(self) -> dict[str, dict[str, str]]:
        """What stands in the gaps of an address, by what it is about."""
        edition, nominee = self.edition, self.cast["nominee"]
        colleague = self.cast["other_manager"].reports.all()[0]
        about: dict[str, dict[str, str]] = {
            kind: {"ref": story.ref} for kind, story in self.stories.items()
        }
        about |= {role: {"ref": person.ref} for role, person in self.cast.items()}
        about["sent"] = {"week_start": edition.week_start.isoformat()}
        about["next"] = {"week_start": upcoming().week_start.isoformat(), "ref": self._since.ref}
        about["copy"] = about["sent"] | about["nominee"]
        about["arranged"] = {"pk": str(self.cast["manager"].delegations.get().pk)}
        about["-"] = {
            "kind": "love",
            "person": self.cast["stranger"].ref,
            "which": "failed",
            "esp": "mailgun",
            "secret": secret_of(nominee, Kind.VOICED),
            "token": UnsubscribeToken.objects.of([nominee.pk])[nominee.pk],
            # A link for a new password dies when its owner signs in, as all of the cast do.
            "uidb36": int_to_base36(colleague.pk),
            "key": default_token_generator.make_token(colleague),
            "app_label": "stories",
            "url": "nothing/here/",
        }
        return about

    def _admin_parts(self, pattern: str, about: str) -> dict[str, str]:
        """The admin calls rows by their numbers."""
        model = pattern.split("/")[2] if pattern.count("/") > 2 else ""
        row: Model | None = self.stories.get(about) or self.cast.get(about) or self._rows.get(model)
        return {"object_id": str(row.pk), "id": str(row.pk)} if row else {}


def _stories(teller: User, nominee: User, culture_lead: User) -> dict[str, Story]:
    """One that everybody may see, and one of each kind that some may not."""
    stories = {
        "published": tell_story(teller, nominee, headline="A published story"),
        "private": tell_story(teller, nominee, visibility=Visibility.PRIVATE),
        "hidden": tell_story(teller, nominee),
        "asking": tell_story(teller, wants(nominee, Publicity.ASK_FIRST)),
        "draft": draft_story(teller, nominee),
    }
    wants(nominee, Publicity.FINE)
    stories["hidden"].hide(by=culture_lead, note="A name in it.")
    stories["proposed"] = _proposed(teller, nominee)
    return stories | _before_readers(teller, nominee, culture_lead)


def _before_readers(teller: User, nominee: User, culture_lead: User) -> dict[str, Story]:
    """What a company that reviews first has besides: one that waits, and one that was sent back."""
    Company.objects.update(review_policy=ReviewPolicy.REVIEW_FIRST)
    stories = {name: tell_story(teller, nominee) for name in ("waiting", "returned")}
    Company.objects.update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    stories["returned"].send_back(by=culture_lead, note="A name in it.")
    return stories


def _proposed(teller: User, nominee: User) -> Story:
    """A published story of which an edit waits, with a photo."""
    story = tell_story(teller, nominee)
    company = Company.objects.get()
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    photo = SimpleUploadedFile("new.webp", b"another photo")
    story.edit(telling(nominees=[nominee], photo=photo), by=teller)
    company.review_policy = ReviewPolicy.PUBLISH_FIRST
    company.save()
    return story


def _photograph() -> None:
    """One file for all: what it shows is no matter here."""
    photo = default_storage.save("one.webp", ContentFile(b"a photo"))
    Story.objects.update(photo=photo)
    User.objects.update(photo=photo)


def _sent_edition() -> Edition:
    edition = send_now()
    edition.deliveries.update(
        state=DeliveryState.SENT, next_attempt_at=None, sent_at=timezone.now()
    )
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    edition.refresh_from_db()
    return edition


def _rows(edition: Edition) -> dict[str, Model]:
    """A row of each model that the admin has pages for, but stories and people."""
    copy = Delivery.objects.filter(edition=edition)[0]
    Suppression.objects.suppress("gone@company.example", "5.1.1 no such mailbox")
    kind = ContentType.objects.get_for_model(Story)
    return {
        "company": Company.current(),
        "department": Department.objects.all()[0],
        "customergroup": CustomerGroup.objects.all()[0],
        "value": ValueFactory(),
        "history": History.objects.filter(subject_type=kind, verb="hide").get(),
        "edition": edition,
        "delivery": copy,
        "mailevent": MailEvent.objects.create(
            delivery=copy, kind="bounced", event="1", code="5.2.2"
        ),
        "suppression": Suppression.objects.get(),
    }
