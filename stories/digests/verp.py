"""Which delivery a returned mail is about: an envelope sender of its own for each copy (VERP).

A reference is made of the delivery's key and half of the random part of its Message-ID. The key
finds the row; the random half proves that whoever names it has held the copy.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from stories.digests.addresses import ascii_address, bare
from stories.digests.models import Delivery
from stories.digests.transports import Envelope

RANDOM_DIGITS = 16
# Twelve digits of base 36 fit a 64-bit key.
REFERENCE = re.compile(rf"([0-9a-z]{{1,12}})\.([0-9a-f]{{{RANDOM_DIGITS}}})")
LOCAL_PART = "bounce-"


def reference(delivery: Delivery) -> str:
    """The delivery's key in base 36, a dot, 16 hexadecimal digits."""
    return f"{int_to_base36(delivery.pk)}.{_random_part(delivery)}"


def envelope(delivery: Delivery) -> Envelope:
    """What the mail server is told of this copy. Raises ValueError where no server takes its
    address."""
    return Envelope(_sender(delivery), ascii_address(delivery.address), reference(delivery))


def _sender(delivery: Delivery) -> str:
    """The address to which a mail server returns this copy: its own where a bounce domain is set,
    else the bare sender."""
    if settings.DIGEST_BOUNCE_DOMAIN:
        return f"{LOCAL_PART}{reference(delivery)}@{settings.DIGEST_BOUNCE_DOMAIN}"
    return bare(settings.DIGEST_FROM_EMAIL)


def delivery_of(text: str) -> Delivery | None:
    """The delivery that a reference, or the local part made of it, names; None for a foreign, a
    forged or an old one. Mail servers may change the case on the way."""
    found = REFERENCE.fullmatch(text.lower().removeprefix(LOCAL_PART))
    if found is None:
        return None
    delivery = Delivery.objects.filter(pk=base36_to_int(found[1])).first()
    if delivery is None or not constant_time_compare(_random_part(delivery), found[2]):
        return None
    return delivery


def _random_part(delivery: Delivery) -> str:
    return delivery.message_id.lstrip("<")[:RANDOM_DIGITS]
