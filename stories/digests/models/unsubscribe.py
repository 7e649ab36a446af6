"""The secret in a reader's unsubscribe link."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet

from accounts.models import DigestChoice, History, User


class UnsubscribeTokenQuerySet(models.QuerySet["UnsubscribeToken"]):
    def of(self, people: Iterable[int]) -> dict[int, str]:
        """Each person's token by their key, made the first time."""
        keys = set(people)
        known = dict(self.filter(person__in=keys).values_list("person_id", "token"))
        if missing := keys - known.keys():
            self.bulk_create(
                [UnsubscribeToken(person_id=key) for key in sorted(missing)], ignore_conflicts=True
            )
            known |= dict(self.filter(person__in=missing).values_list("person_id", "token"))
        return known

    def stop(self, token: str) -> None:
        """Turn the digest off for whoever this token was made for; nobody else's does anything."""
        self.stop_for(User.objects.filter(unsubscribe_token__token=token))

    def stop_for(self, people: QuerySet[User]) -> None:
        """Turn the digest off for these people. History keeps when, for the day on which they ask
        where their digest is."""
        readers = people.filter(digest=DigestChoice.WEEKLY)
        with transaction.atomic():
            for person in readers.select_for_update(of=("self",)):
                User.objects.filter(pk=person.pk).update(digest=DigestChoice.OFF)
                History.objects.record(
                    "unsubscribe",
                    person,
                    actor=person,
                    before={"digest": DigestChoice.WEEKLY},
                    after={"digest": DigestChoice.OFF},
                )


class UnsubscribeToken(models.Model):
    """Bound to one person and to the digest. Stored, not signed: it neither expires nor dies with
    the secret key, because the link in an old mail must keep working (RFC 8058)."""

    # What the link of a preview or a test holds: nobody's.
    OF_NOBODY = "preview"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsubscribe_token"
    )
    token = models.CharField(max_length=64, default=token_urlsafe)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UnsubscribeTokenQuerySet] = UnsubscribeTokenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        # Not the field's own `unique`, which on PostgreSQL has a second index, for beginnings.
        constraints = [models.UniqueConstraint(fields=["token"], name="unsubscribe_token_once")]

    def __str__(self) -> str:
        return f"of person {self.person_id}"
