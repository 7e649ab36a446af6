"""Editions and deliveries to look at; addresses without a mailbox to give another chance.

No headline is shown here: a story may have been kept private since its edition was sent.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin import ReadOnlyAdmin
from accounts.roles import is_culture_lead
from stories.digests.models import Delivery, Edition, Suppression


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("week_start", "state", "cutoff_at", "version", "paused_at")
    list_filter = ("state",)
    fields = (
        "week_start",
        "state",
        "cutoff_at",
        "covers_from",
        "at_once",
        "version",
        "mail_date",
        "created_at",
        "paused_at",
    )


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("edition", "person", "state", "due_at", "sent_at", "attempts", "code")
    list_filter = ("state", "edition")
    list_select_related = ("edition", "person")
    search_fields = ("person__name", "address")
    fields = (
        "edition",
        "person",
        "address",
        "state",
        "due_at",
        "attempts",
        "started_at",
        "sent_at",
        "next_attempt_at",
        "code",
        "error",
        "message_id",
        "version",
    )


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    """Deleting a row lifts the suppression: the next edition goes to that address again."""

    list_display = ("address", "reason", "since")
    search_fields = ("address",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and is_culture_lead(request.user)
