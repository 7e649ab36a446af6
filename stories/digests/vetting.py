"""Stopping a bad edition early, while few have got it."""

from django.db.models import Count, Q

from stories.digests.models import DeliveryState, Edition
from stories.digests.reasons import FAILED_EARLY

FIRST_MOST = 100
FAILED_LEAST = 5
FAILED_SHARE = 0.2


def vet(edition: Edition) -> None:
    """After a failure: pause where more than 20 % of the first min(100, a fifth of all) copies,
    and at least 5, failed (digest.md, "When sending fails"). Later failures stop nothing."""
    if edition.is_vetted:
        return
    tried = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN)
    counts = edition.deliveries.aggregate(
        total=Count("pk"),
        tried=Count("pk", Q(state__in=tried)),
        failed=Count("pk", Q(state=DeliveryState.FAILED)),
    )
    first = min(FIRST_MOST, counts["total"] / 5)
    if counts["tried"] > first:
        edition.is_vetted = True
        edition.save(update_fields=["is_vetted"])
    elif counts["failed"] >= FAILED_LEAST and counts["failed"] > FAILED_SHARE * first:
        edition.pause(by=None, note=FAILED_EARLY % counts)
