"""How a worker takes copies on: due ones, for itself alone, in one transaction."""

import json
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Exists, Model, OuterRef, TextField

from accounts.models import User
from stories.digests.clock import after
from stories.digests.db.insert import among
from stories.digests.db.prepared import PreparedSelect, PreparedUpdate, Slot, slot
from stories.digests.models.delivery import Delivery
from stories.digests.models.delivery_queryset import DeliveryState
from stories.digests.models.edition import Edition
from stories.digests.models.relay import Relay
from stories.digests.models.unsubscribe import UnsubscribeToken
from stories.digests.timing import TIMING

BATCH = 50


def columns(model: type[Model], *names: str) -> list[str]:
    """The fields of those names in the order in which `from_db` takes them."""
    fields = [model._meta.get_field(name) for name in names]
    return [field.attname for field in model._meta.concrete_fields if field in fields]


OF_A_DELIVERY = [field.attname for field in Delivery._meta.concrete_fields]
# What `addressees` and `User.reads` look at. Whole rows of people take as long to make as their
# copies.
OF_A_PERSON = columns(User, "id", "name", "department", "language")
TOKEN: Any = User._meta.get_field("unsubscribe_token")
OF_A_TOKEN = columns(UnsubscribeToken, "id", "person", "token")


def take(edition: Edition, most: int = BATCH, claim: UUID | None = None) -> list[Delivery]:
    """Take up to `most` due copies for this worker alone, with what a copy says of their people
    and what stops the digest for them; none while the breaker keeps this claim back."""
    claim = claim or uuid4()
    with transaction.atomic():
        rows = finding(most).run(edition=edition.pk, probe=claim)
        if rows:
            taking().run(keys=json.dumps([row[0] for row in rows]), claim=claim)
    return [_taken(claim, row) for row in rows]


def _taken(claim: UUID, row: tuple[Any, ...]) -> Delivery:
    to_person, to_token = len(OF_A_DELIVERY), len(OF_A_DELIVERY) + len(OF_A_PERSON)
    delivery = Delivery.from_db(DEFAULT_DB_ALIAS, OF_A_DELIVERY, row[:to_person])
    person = User.from_db(DEFAULT_DB_ALIAS, OF_A_PERSON, row[to_person:to_token])
    token = None
    if row[to_token] is not None:
        token = UnsubscribeToken.from_db(DEFAULT_DB_ALIAS, OF_A_TOKEN, row[to_token:])
    # Also that they have none, which an assignment would not keep.
    TOKEN.set_cached_value(person, token)
    delivery.person = person
    delivery.claim, delivery.state, delivery.started_at = claim, DeliveryState.SENDING, None
    return delivery


@cache
def finding(most: int) -> PreparedSelect:
    """Due copies that nobody else is taking at this moment. A statement for each number: all but a
    few are of workers whom the rate limit keeps waiting anyway."""
    running = Edition.objects.running().filter(pk=OuterRef("edition_id"))
    breaker = Relay.objects.open_to(slot(Relay, "probe"))
    due = Delivery.objects.due().filter(
        Exists(running), ~Exists(breaker), edition=slot(Delivery, "edition")
    )
    free = due.order_by("next_attempt_at").select_for_update(skip_locked=True, of=("self",))
    fields = [
        *OF_A_DELIVERY,
        *(f"person__{name}" for name in OF_A_PERSON),
        *(f"person__unsubscribe_token__{name}" for name in OF_A_TOKEN),
    ]
    return PreparedSelect(f"digest_find_{most}", free, fields, most)


@cache
def taking() -> PreparedUpdate:
    keys = among(Slot("keys", TextField()))
    return PreparedUpdate(
        "digest_take",
        Delivery.objects.filter(pk__in=keys),
        state=DeliveryState.SENDING,
        claim=slot(Delivery, "claim"),
        lease_until=after(TIMING.lease),
        started_at=None,
    )
