"""The way out of one kind of mail, in each of them (RFC 8058), without signing in: a secret that is
signed and not stored, made of who gets the mail and its kind."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import User
from stories.notices.kinds import Kind

ONE_CLICK = "List-Unsubscribe=One-Click"


def secret_of(person: User, kind: Kind | str) -> str:
    return _signer().sign(f"{kind}.{person.ref}")


def meant_by(secret: str) -> tuple[User, Kind] | None:
    """Who is to get no more mails of which kind; None where Kudos has made no such secret."""
    try:
        kind, ref = _signer().unsign(secret).split(".")
        return User.objects.get(ref=ref), {known.value: known for known in Kind}[kind]
    except (BadSignature, KeyError, User.DoesNotExist):
        return None


def off_url(person: User, kind: Kind | str) -> str:
    return f"{settings.KUDOS_URL}{reverse('notices:off', args=[secret_of(person, kind)])}"


def off_headers(address: str) -> dict[str, str]:
    """By which a mail program shows a button of its own, and posts to the address."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": ONE_CLICK}


def _signer() -> Signer:
    return Signer(salt="notices.off")
