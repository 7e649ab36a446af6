"""The company: one row, always there to be changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import CultureLeadAdmin
from accounts.models import Company


@admin.register(Company)
class CompanyAdmin(CultureLeadAdmin):
    fieldsets = [
        (
            None,
            {"fields": ["name", "vision", "time_zone", "language", "accent_hue", "dare_to_try"]},
        ),
        (_("Review"), {"fields": ["review_policy", "reports_to_hide"]}),
        (_("Digest"), {"fields": ["digest_weekday", "digest_hour", "quiet_week", "reply_to"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Company | None:
        """The row, or the one that saving the page will make: a GET makes none."""
        return Company.current() if object_id == "1" else None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:accounts_company_change", 1)
