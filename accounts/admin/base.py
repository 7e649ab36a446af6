"""What every page of the admin shares: who may do what, and that history hears of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from accounts import roles
from accounts.changes import record, snapshot
from accounts.zones import ZoneField


class CultureLeadAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A culture lead may see, add and change; nobody deletes. No per-model permission rows.

    Every change writes a row of history with the fields that it touched, beside Django's own log.
    """

    show_full_result_count = False
    view_on_site: Any = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_culture_lead(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_culture_lead(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_culture_lead(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_culture_lead(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what a filter on the page asks. `?told=7` in the address would tell who told story
        7, and a path on through the tables would spell out, letter by letter, what nobody may read.
        """
        return lookup in {name for item in self.list_filter for name in self._lookups_of(str(item))}

    def _lookups_of(self, name: str) -> set[str]:
        """The parameters of the filter by one field, which Django names by the kind of field."""
        is_relation = self.opts.get_field(name).is_relation
        asked = ("id__exact", "pk__exact") if is_relation else ("exact", "gte", "lt")
        return {name, *(f"{name}__{lookup}" for lookup in (*asked, "isnull"))}

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "time_zone":
            return db_field.formfield(form_class=ZoneField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ModelForm[Any], change: bool
    ) -> None:
        names = form.changed_data if change else form.fields
        stored = self.model._default_manager.filter(pk=obj.pk).first() if change else None
        form.before = snapshot(stored, names) if stored else {}  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        names = form.changed_data if change else form.fields
        record(
            "change" if change else "add",
            form.instance,
            actor=request.user,  # type: ignore[arg-type]
            before=form.before,  # type: ignore[attr-defined]
            after=snapshot(form.instance, names),
        )


class ReadOnlyAdmin(CultureLeadAdmin):
    """Pages to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _is_culture_lead(request: HttpRequest) -> bool:
    return request.user.is_authenticated and roles.is_culture_lead(request.user)
