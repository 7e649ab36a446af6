"""What a mail service tells of a copy after it has taken it: django-anymail's tracking events.

There is one address, for the service that the digest leaves through, and only where an option of
its mail address proves that it is the service who calls.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any

from anymail import urls
from anymail.exceptions import AnymailAPIError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kudos.lib.mail import SIGNING_OPTIONS
from stories.digests.addresses import one_line
from stories.digests.bounces import record
from stories.digests.models import Delivery, MailEventKind
from stories.digests.reports import NO_SUCH_MAILBOX, first_status
from stories.digests.verp import delivery_of

KINDS = {
    EventType.BOUNCED: MailEventKind.BOUNCED,
    # The service had taken the copy and found only then that it would not or could not pass it on.
    EventType.REJECTED: MailEventKind.BOUNCED,
    EventType.FAILED: MailEventKind.BOUNCED,
    EventType.COMPLAINED: MailEventKind.COMPLAINED,
    EventType.UNSUBSCRIBED: MailEventKind.UNSUBSCRIBED,
}
# Each tag that looks like a reference costs a query.
TAGS_MOST = 5


@csrf_exempt
@login_not_required
def tracked(request: HttpRequest, esp: str) -> HttpResponse:
    """A mail service's call. Unsigned, wrongly signed or garbled is 400; another service's, 404."""
    view = _view_for(esp)
    if view is None:
        raise Http404
    return view(request)


@receiver(tracking)
def note_event(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Events of other mails, and those that say nothing of a bounce or a complaint, change
    nothing; nor does one that is told again."""
    kind = KINDS.get(event.event_type)
    if kind is None:
        return
    delivery = _delivery_of(event)
    if delivery is None:
        return
    text = one_line(str(event.mta_response or event.description or ""))
    code = first_status(text)
    is_invalid = event.reject_reason == RejectReason.INVALID
    record(
        delivery,
        kind,
        source=esp_name,
        name=_name_of(event),
        code=code,
        text=text,
        has_no_mailbox=is_invalid or code in NO_SUCH_MAILBOX,
    )


def _delivery_of(event: AnymailTrackingEvent) -> Delivery | None:
    """By what the copy was marked with when it left (transports/api.py)."""
    marks = [(event.metadata or {}).get("delivery", ""), *islice(event.tags or [], TAGS_MOST)]
    return next(filter(None, (delivery_of(str(mark)) for mark in marks)), None)


def _name_of(event: AnymailTrackingEvent) -> str:
    """The service's own name of the event; all that it said where it gave none."""
    return event.event_id or json.dumps(event.esp_event, sort_keys=True, default=str)


class CarefulView(AnymailBaseWebhookView):
    """anymail's view, that answers 400 also where its parser stumbles over a garbled request."""

    def run_validators(self, request: HttpRequest) -> None:
        with _garbled_is_refused():
            super().run_validators(request)

    def parse_events(self, request: HttpRequest) -> Any:
        with _garbled_is_refused():
            return super().parse_events(request)


@contextmanager
def _garbled_is_refused() -> Iterator[None]:
    try:
        yield
    except (AnymailAPIError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise AnymailWebhookValidationFailure("A garbled request to a webhook.") from error


def _view_for(esp: str) -> Callable[[HttpRequest], HttpResponse] | None:
    if settings.MAILERS["digest"]["BACKEND"] != f"anymail.backends.{esp}.EmailBackend":
        return None
    if not _is_proven(esp):
        return None
    for route in urls.urlpatterns:
        if route.name == f"{esp}_tracking_webhook":
            return _careful(route.callback.view_class)
    return None


@cache
def _careful(base: Any) -> Callable[[HttpRequest], HttpResponse]:
    view: Any = type(base.__name__, (CarefulView, base), {})
    callback: Callable[[HttpRequest], HttpResponse] = view.as_view()
    return callback


def _is_proven(esp: str) -> bool:
    """Whether the service signs what it says, or else has to show a password."""
    signing = SIGNING_OPTIONS.get(esp)
    setting = f"{esp}_{signing}".upper() if signing else "WEBHOOK_SECRET"
    return bool(settings.ANYMAIL.get(setting))
