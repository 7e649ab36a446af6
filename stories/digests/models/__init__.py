"""Editions, everybody's copies of them, and what stops a copy."""

from stories.digests.models.delivery import Delivery, DeliveryState
from stories.digests.models.edition import Edition, EditionState, Heartbeat, Pick
from stories.digests.models.rendering import Rendering
from stories.digests.models.suppression import Suppression
from stories.digests.models.unsubscribe import UnsubscribeToken

__all__ = [
    "Delivery",
    "DeliveryState",
    "Edition",
    "EditionState",
    "Heartbeat",
    "Pick",
    "Rendering",
    "Suppression",
    "UnsubscribeToken",
]
