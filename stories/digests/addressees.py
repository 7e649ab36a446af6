"""Whom each copy is for."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from stories.digests.models import Delivery, UnsubscribeToken
from stories.digests.personal import Reader
from stories.digests.rendering import link


def ways_out(people: Iterable[User]) -> dict[int, str]:
    """Each person's address of the page that stops the digest, by their key. Only for those who
    have come without their token is the database asked."""
    page = link(reverse("digest:unsubscribe", args=["x"])).removesuffix("x/")
    known = {person.pk: getattr(person, "unsubscribe_token", None) for person in people}
    tokens = {key: row.token for key, row in known.items() if row}
    if missing := known.keys() - tokens.keys():
        tokens |= UnsubscribeToken.objects.of(missing)
    return {key: f"{page}{token}/" for key, token in tokens.items()}


def reader_of(delivery: Delivery, way_out: str) -> Reader:
    person = delivery.person
    return Reader(
        person=person.pk,
        name=person.name,
        department=person.department_id,
        address=delivery.address,
        unsubscribe_url=way_out,
        message_id=delivery.message_id,
    )
