"""What somebody was writing when their session ended: kept for an hour, for them alone.

A form that arrives signed out waits in the anonymous session of the same browser. Whose it is,
a signed cookie says, which every page for somebody signed in leaves behind; it opens nothing.
Kept are the fields of stories, preferences and the desk, never those of sign-in, and no files.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from accounts.models import User

KEPT = "kept_post"
COOKIE = "kudos_writer"
SALT = "accounts.kept"
# The forms that somebody writes in. The rest are buttons: to press one again is no loss.
WRITTEN_IN = frozenset(
    (
        "compose",
        "compose_draft",
        "story_edit",
        "story_send_back",
        "story_hide",
        "story_unhide",
        "story_hand_over",
        "story_proposal_send_back",
        "story_report",
        "story_voice",
        "story_voice_edit",
        "story_voice_hide",
        "preferences",
        "away",
        "desk_words",
        "desk_schedule",
        "desk_abort",
    )
)
# What a page with such a form asks for by itself or beside it, while its writer is still writing.
BESIDE_A_FORM = frozenset(
    (
        "compose_draft",
        "desk_stories",
        "desk_progress",
        "desk_test",
        "desk_order",
        "desk_afresh",
        "desk_place",
        "desk_take_out",
        "desk_add",
        "desk_pause",
        "desk_resume",
    )
)
BYTES_MAX = 200_000
SECONDS = 60 * 60
CSRF_FIELD = "csrfmiddlewaretoken"

type Fields = list[tuple[str, str]]


def mark_writer(request: HttpRequest, response: HttpResponse) -> None:
    """Leave the cookie that says who writes in this browser, where it says otherwise."""
    if _writer(request) != request.user.pk:
        response.set_cookie(
            COOKIE,
            signing.dumps(request.user.pk, salt=SALT),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _writer(request: HttpRequest) -> int | None:
    try:
        return int(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT))
    except signing.BadSignature:
        return None


def is_keepable(request: HttpRequest) -> bool:
    """Whether it comes from a form that somebody writes in, whose address has been resolved."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.url_name in WRITTEN_IN


def is_beside_a_form(request: HttpRequest) -> bool:
    """Whether it asks for a part of a page in which somebody may be writing."""
    match = request.resolver_match
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    return is_part and match is not None and match.url_name in BESIDE_A_FORM


def fields_of(request: HttpRequest) -> Fields:
    """What was typed, in its order, without the token of the form that held it."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != CSRF_FIELD
    ]


def prose(fields: Fields) -> str:
    """The texts among the fields: what has a space in it was typed, the rest was chosen. What a
    form holds already is no text either: a person's name, and what it was shown with."""
    texts = (value.strip() for name, value in fields if not _is_shown(name))
    return "\n\n".join(text for text in texts if " " in text)


def _is_shown(name: str) -> bool:
    return name in ("name", "groups_shown") or name.startswith("shown_")


def keep(request: HttpRequest) -> bool:
    """Put the form into the anonymous session; False when it is too long or nobody's, or when
    it would take the place of a text that waits there already and holds none itself."""
    writer, fields = _writer(request), fields_of(request)
    length = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    if writer is None or not fields or length > BYTES_MAX:
        return False
    waiting = _kept_for(request, writer)
    if waiting and prose(waiting["fields"]) and not prose(fields):
        return False
    request.session[KEPT] = {
        "writer": writer,
        "path": request.get_full_path(),
        "fields": fields,
        "until": time.time() + SECONDS,
    }
    request.session.set_expiry(SECONDS)
    return True


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for the person signed in, unless its hour is over."""
    return _kept_for(request, request.user.pk)


def waits(request: HttpRequest) -> bool:
    """Whether something is there to be given back to who writes here, once they sign in."""
    return _kept_for(request, _writer(request)) is not None


def _kept_for(request: HttpRequest, writer: int | None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(KEPT)
    if found is None or found["writer"] != writer or found["until"] < time.time():
        return None
    return found


def has_kept(request: HttpRequest) -> bool:
    return kept(request) is not None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


@receiver(user_logged_in, sender=User)
def forget_what_others_wrote(request: HttpRequest, user: User, **kwargs: Any) -> None:
    found = request.session.get(KEPT)
    if found and found["writer"] != user.pk:
        forget(request)
