"""Departments."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import CultureLeadAdmin
from accounts.models import Department, History, User


@admin.register(Department)
class DepartmentAdmin(CultureLeadAdmin):
    list_display = ["name", "review_policy", "people_count"]
    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        return Department.objects.annotate(people_count=Count("people"))

    @admin.display(description=_("people"), ordering="people_count")
    def people_count(self, department: Any) -> int:
        return int(department.people_count)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that nobody works in, such as a name typed wrongly in an import."""
        return obj is not None and self.has_change_permission(request) and not obj.people.exists()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actor: User = request.user  # type: ignore[assignment]
        History.objects.record("delete", obj, actor=actor, before={"name": obj.name})
        super().delete_model(request, obj)
