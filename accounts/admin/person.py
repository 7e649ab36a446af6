"""People: whom a culture lead adds, moves and says goodbye to."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import CultureLeadAdmin
from accounts.models import History, User
from kudos.lib.text import fold


@admin.register(User)
class PersonAdmin(CultureLeadAdmin):
    """What decides over the admin itself cannot be seized in it: superusers are made on the
    command line, and whoever could set a lead's password or address could become that lead."""

    fieldsets = [
        (None, {"fields": ["name", "email", "employee_id"]}),
        (_("Where they work"), {"fields": ["department", "manager", "time_zone"]}),
        (_("In Kudos"), {"fields": ["is_active", "is_culture_lead", "publicity"]}),
    ]
    list_display = [
        "name",
        "email",
        "employee_id",
        "department",
        "manager",
        "is_active",
        "is_culture_lead",
    ]
    list_filter = ["is_active", "is_culture_lead", "department"]
    list_select_related = ["department", "manager"]
    ordering = ["name", "pk"]
    search_fields = ["search_text", "employee_id"]
    search_help_text = _("Name, department, email address or employee number")
    autocomplete_fields = ["manager"]
    # Read by Django's password page.
    change_password_form = AdminPasswordChangeForm
    change_user_password_template = None

    def view_on_site(self, person: User) -> str:
        return person.get_absolute_url()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is not None and obj.is_superuser:
            return allowed and _is_operator(request)
        return allowed

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The person's own choice, and what would let a lead take over or lock everybody out."""
        fields = ["publicity", "password_page"]
        if obj is None:
            return fields
        if obj == request.user:
            fields += ["is_active", "is_culture_lead"]
        elif obj.is_culture_lead and not _is_operator(request):
            # Somebody who could be made no lead for a moment could be taken over in that moment.
            fields += ["email", "employee_id", "is_culture_lead"]
        return fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is not None and _is_operator(request):
            fieldsets.append((_("For the operator"), {"fields": ["password_page"]}))
        return fieldsets

    @admin.display(description=_("password"))
    def password_page(self, person: User) -> SafeString:
        url = reverse("admin:accounts_user_password", args=[person.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Set one for them"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if obj == request.user:
            update_session_auth_hash(request, obj)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.set_password)
        return [path("<id>/password/", view, name="accounts_user_password"), *super().get_urls()]

    def set_password(self, request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 (Django's)
        """For people without a mailbox, by the operator alone.

        Raises PermissionDenied for everybody else, culture leads included.
        """
        if not _is_operator(request):
            raise PermissionDenied
        person = self.get_object(request, id)
        page = UserAdmin.user_change_password(self, request, id)  # type: ignore[arg-type]
        if page.status_code == 200:
            page.context_data["title"] = gettext("A password for %(name)s") % {"name": person}  # type: ignore[attr-defined]
        else:
            History.objects.record("set password", person, actor=request.user)  # type: ignore[arg-type]
        return page


def _is_operator(request: HttpRequest) -> bool:
    """Whoever runs the installation, rather than the company's culture."""
    return bool(request.user.is_active and request.user.is_superuser)
