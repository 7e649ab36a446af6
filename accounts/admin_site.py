"""The admin as culture leads see it: one sign-in for everything, no way round a story's rules."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class KudosAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.KudosAdminSite"


class KudosAdminSite(AdminSite):
    site_title = _("Kudos")
    site_header = _("Kudos")
    index_title = _("What culture leads look after")

    def get_urls(self) -> list[Any]:
        """Django's addresses but one: its shortcut from a row's number to the row's own page
        tells the reference of any story, private ones included."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Passwords are changed in one place, which limits how often one may guess."""
        return redirect("account_change_password")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign-out is the same everywhere too; the browser sends the button's form on."""
        return redirect("account_logout", preserve_request=True)
