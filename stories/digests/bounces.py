"""What follows when a copy comes back, or its reader complains of it.

The delivery stays `sent`, for the mail server did accept it. What was learned afterwards is a row
of its own, and may suppress the address.
"""

import re
from hashlib import sha256
from itertools import islice

from django.db import transaction

from accounts.models import User
from stories.digests.addresses import ascii_address
from stories.digests.models import (
    Delivery,
    Edition,
    MailEvent,
    MailEventKind,
    Suppression,
    UnsubscribeToken,
)
from stories.digests.reports import NoReportError, Outcome, Report, parse
from stories.digests.verp import LOCAL_PART, REFERENCE, delivery_of

BOUNCE_ADDRESS = re.compile(rf"(?i)\b({LOCAL_PART}{REFERENCE.pattern})@")
OWN_MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[^<>\s]+>")
# A report may name any number of addresses, each of which costs a query.
ADDRESSES_MOST = 5
# Message-IDs are not indexed, so only the copies of so many editions are searched for one.
EDITIONS = 4
COMPLAINED = "The reader reported it as unwanted."


@transaction.atomic
def record(
    delivery: Delivery,
    kind: MailEventKind,
    *,
    source: str,
    name: str,
    code: str = "",
    text: str = "",
    has_no_mailbox: bool = False,
) -> bool:
    """Note one event, named `name` by its source, and what follows from it; False, and nothing
    done, where it was noted before.

    A complaint or a mailbox that does not exist suppresses the address; whoever unsubscribed at
    the mail provider gets no digest any more.
    """
    key = sha256(f"{delivery.pk} {name}".encode()).hexdigest()
    _row, is_new = MailEvent.objects.get_or_create(
        event=f"{source}:{key}",
        defaults={"delivery": delivery, "kind": kind, "code": code[:20], "text": text[:500]},
    )
    if not is_new:
        return False
    if kind == MailEventKind.UNSUBSCRIBED:
        UnsubscribeToken.objects.stop_for(User.objects.filter(pk=delivery.person_id))
    elif kind == MailEventKind.COMPLAINED:
        Suppression.objects.suppress(delivery.address, f"{COMPLAINED} {text}".strip())
    elif has_no_mailbox:
        Suppression.objects.suppress(delivery.address, text or code)
    return True


def take_report(content: bytes) -> str:
    """Note what a returned mail reports, and say so in a sentence. Raises NoReportError, with
    nothing changed, where it is no report or about no mail of ours."""
    report = parse(content)
    delivery = _delivery_of(report)
    if delivery is None:
        raise NoReportError("This report is about no mail of ours.")
    if report.is_complaint:
        is_new = record(delivery, MailEventKind.COMPLAINED, source="report", name=report.name)
        return f"{delivery.address} complained. {_addendum(is_new, suppressed=True)}"
    outcome = _outcome_for(delivery, report)
    if not outcome.is_failure:
        return f"The mail to {delivery.address} is {outcome.action}. There is nothing to note."
    has_no_mailbox = outcome.has_no_mailbox and _names(outcome, delivery)
    is_new = record(
        delivery,
        MailEventKind.BOUNCED,
        source="report",
        name=report.name,
        code=outcome.status,
        text=outcome.said,
        has_no_mailbox=has_no_mailbox,
    )
    came_back = f"The mail to {delivery.address} came back ({outcome.status or 'no status'})."
    return f"{came_back} {_addendum(is_new, suppressed=has_no_mailbox)}"


def _addendum(is_new: bool, *, suppressed: bool) -> str:
    if not is_new:
        return "This was noted before."
    return "Noted; nothing more is sent there." if suppressed else "Noted."


def _delivery_of(report: Report) -> Delivery | None:
    for found in islice(BOUNCE_ADDRESS.finditer(report.returned_to), ADDRESSES_MOST):
        if delivery := delivery_of(found[1]):
            return delivery
    if not OWN_MESSAGE_ID.fullmatch(report.message_id):
        return None
    newest = list(Edition.objects.values_list("pk", flat=True)[:EDITIONS])
    copies = Delivery.objects.filter(edition__in=newest, message_id=report.message_id)
    return copies.first()


def _outcome_for(delivery: Delivery, report: Report) -> Outcome:
    """The one about our recipient, else the first that failed, else the first: behind one address
    there may be many."""
    by_weight = sorted(report.outcomes, key=lambda o: (not _names(o, delivery), not o.is_failure))
    return by_weight[0]


def _names(outcome: Outcome, delivery: Delivery) -> bool:
    """Whether the outcome is about our recipient. One dead mailbox behind a shared address, or one
    to which mail was forwarded, says nothing against the address itself."""
    try:
        address = ascii_address(delivery.address)
    except ValueError:
        return False
    return address.lower() in outcome.addresses
