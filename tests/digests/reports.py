"""Reports as real mail servers and mailbox providers write them, for any of our copies."""

from stories.digests.models import Delivery
from stories.digests.verp import reference

DOMAIN = "bounces.company.example"
EXIM_SAYS = "550 5.1.1 No such user here"


def bounce_address(delivery: Delivery) -> str:
    return f"bounce-{reference(delivery)}@{DOMAIN}"


def postfix(
    delivery: Delivery,
    *,
    to: str | None = None,
    status: str = "5.1.1",
    action: str = "failed",
    recipient: str | None = None,
    message_id: str = "<20261122.4D2@mx.company.example>",
    original_id: str | None = None,
) -> bytes:
    """RFC 3464, as Postfix writes it."""
    address = recipient or delivery.address
    return f"""Return-Path: <>
Delivered-To: {bounce_address(delivery) if to is None else to}
Date: Sun, 22 Nov 2026 09:00:05 +0000 (UTC)
From: MAILER-DAEMON@mx.company.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {bounce_address(delivery) if to is None else to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4D2.1/mx.company.example"
Message-Id: {message_id}

This is a MIME-encapsulated message.

--4D2.1/mx.company.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.company.example.

--4D2.1/mx.company.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.company.example
X-Postfix-Queue-ID: 4D2
Arrival-Date: Sun, 22 Nov 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.company.example
Diagnostic-Code: smtp; 550 {status} <{address}>: Recipient address
    rejected: User unknown

--4D2.1/mx.company.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Subject: A kayak school kept its season
Message-ID: {delivery.message_id if original_id is None else original_id}

--4D2.1/mx.company.example--
""".replace("\n", "\r\n").encode()


def exim(delivery: Delivery, said: str = EXIM_SAYS) -> bytes:
    """Exim leaves the status at 5.0.0 and returns the whole mail; its pipe adds Envelope-to."""
    return f"""Envelope-to: {bounce_address(delivery).upper()}
X-Failed-Recipients: {delivery.address}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@relay.example>
To: undisclosed-recipients:;
Content-Type: multipart/report; report-type=delivery-status; boundary=1700-eximdsn-2
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1vQ-0001@relay.example>

--1700-eximdsn-2
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

--1700-eximdsn-2
Content-type: message/delivery-status

Reporting-MTA: dns; relay.example

Action: failed
Final-Recipient: rfc822;{delivery.address}
Status: 5.0.0
Remote-MTA: dns; mail.company.example
Diagnostic-Code: smtp; {said}

--1700-eximdsn-2
Content-type: message/rfc822

Return-path: <{bounce_address(delivery)}>
Message-ID: {delivery.message_id}
Subject: A kayak school kept its season

Hello.

--1700-eximdsn-2--
""".encode()


def complaint(delivery: Delivery, kind: str = "abuse") -> bytes:
    """RFC 5965, as a mailbox provider's feedback loop sends it."""
    return f"""From: <abusedesk@provider.example>
Date: Sun, 22 Nov 2026 17:40:36 +0000
Subject: FW: A kayak school kept its season
To: <postmaster@company.example>
Message-ID: <433689.81121@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
     boundary="part1_13d.2e68ed54_boundary"

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{bounce_address(delivery)}>
Original-Rcpt-To: <{delivery.address}>

--part1_13d.2e68ed54_boundary
Content-Type: message/rfc822
Content-Disposition: inline

From: <kudos@company.example>
Message-ID: {delivery.message_id}
Subject: A kayak school kept its season

Hello.
--part1_13d.2e68ed54_boundary--
""".encode()
