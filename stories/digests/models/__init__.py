"""Editions, everybody's copies of them, and what stops a copy."""

from stories.digests.models.delivery import Delivery
from stories.digests.models.delivery_queryset import DeliveryState
from stories.digests.models.desk_mail import DeskMail, DeskMailKind
from stories.digests.models.edition import Edition, EditionState
from stories.digests.models.heartbeat import Heartbeat
from stories.digests.models.mail_event import MailEvent, MailEventKind
from stories.digests.models.pick import Pick
from stories.digests.models.relay import Relay
from stories.digests.models.rendering import Rendering
from stories.digests.models.suppression import Suppression
from stories.digests.models.unsubscribe import UnsubscribeToken

__all__ = [
    "Delivery",
    "DeliveryState",
    "DeskMail",
    "DeskMailKind",
    "Edition",
    "EditionState",
    "Heartbeat",
    "MailEvent",
    "MailEventKind",
    "Pick",
    "Relay",
    "Rendering",
    "Suppression",
    "UnsubscribeToken",
]
