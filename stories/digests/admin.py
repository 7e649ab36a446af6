"""Editions and deliveries to look at; addresses without a mailbox to give another chance.

No headline is shown here: a story may have been kept private since its edition was sent.
"""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin import ReadOnlyAdmin
from accounts.models import User
from accounts.roles import is_culture_lead
from stories.digests.desk.suppressing import lift_suppression
from stories.digests.models import Delivery, Edition, MailEvent, Suppression


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

    def delete_model(self, request: HttpRequest, obj: Suppression) -> None:
        lift_suppression(obj, by=cast(User, request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Suppression]) -> None:
        for suppression in queryset:
            self.delete_model(request, suppression)


@admin.register(MailEvent)
class MailEventAdmin(ReadOnlyAdmin):
    """What mail servers and services told of a copy after they had taken it."""

    list_display = ("at", "kind", "delivery__person", "code", "text")
    list_filter = ("kind",)
    list_select_related = ("delivery__person",)
    fields = ("at", "kind", "delivery", "code", "text")
