"""The admin's pages about stories: the lists that a company edits, and what happened, to read."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin import CultureLeadAdmin, ReadOnlyAdmin
from accounts.models import History, User
from stories.models import CustomerGroup, Named, State, Story, Value, Visibility
from stories.replay import Withheld, as_read
from stories.timeline import OF_REPORTS

# What history tells freely: rows about anything else of ours are shown only where said below.
OPEN_APPS = ("accounts", "digests")
OPEN_MODELS = ("customergroup", "value")


@admin.register(CustomerGroup)
class CustomerGroupAdmin(CultureLeadAdmin):
    fields = ["name", "hint", "hue", "served_by", "position", "is_active"]
    list_display = ["name", "hint", "hue", "position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    filter_horizontal = ["served_by"]


@admin.register(Value)
class ValueAdmin(CultureLeadAdmin):
    fields = ["name", "meaning", "position", "is_active"]
    list_display = ["name", "meaning", "position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]


def stories_to_read(user: User) -> QuerySet[Story]:
    """What a culture lead reads here: the company's stories, as far as their own pages show them.

    Private stories, drafts and withdrawn ones are nobody's but their people's (product.md).
    """
    visible: QuerySet[Story] = Story.objects.visible_to(user)
    return visible.filter(visibility=Visibility.COMPANY, state__in=[State.PUBLISHED, State.HIDDEN])


@admin.register(Story)
class StoryAdmin(ReadOnlyAdmin):
    fields = [
        "state",
        "published_at",
        "teller",
        "nominees",
        "helping_hands",
        "customer_group",
        "moment",
        "headline",
        "what_they_did",
        "difference",
        "customer_words",
        "words_source",
        "customer_role",
        "customer_name",
        "values",
    ]
    list_display = ["headline", "teller", "customer_group", "moment", "state", "published_at"]
    list_filter = ["state", "moment", "customer_group"]
    list_select_related = ["teller", "customer_group"]
    search_fields = ["headline"]
    ordering = ["-published_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return stories_to_read(request.user).order_by(*self.ordering)  # type: ignore[arg-type]

    def view_on_site(self, story: Story) -> str:
        return story.get_absolute_url()

    @admin.display(description=_("nominees"))
    def nominees(self, story: Story) -> str:
        return ", ".join(person.name for person in story.nominees)

    @admin.display(description=_("helping hands"))
    def helping_hands(self, story: Story) -> str:
        return ", ".join(person.name for person in story.helping_hands)


@admin.register(History)
class HistoryAdmin(ReadOnlyAdmin):
    """Rows keep old texts and reasons: those of a story are for whoever may read its history
    on its own page, which leaves out the people whom it names."""

    fields = ["at", "actor", "verb", "about", "note", "was", "became"]
    list_display = ["at", "actor", "verb", "about", "note"]
    list_select_related = ["actor", "subject_type"]
    list_filter = ["at"]
    search_fields = ["actor__search_text", "verb"]
    ordering = ["-at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[History]:
        user: User = request.user  # type: ignore[assignment]
        named = Named.objects.filter(story=OuterRef("pk"), person=user)
        stories = stories_to_read(user).filter(Q(teller=user) | ~Exists(named))
        about_stories = Q(subject_type=ContentType.objects.get_for_model(Story))
        # Whom nobody whose own story it is may know.
        told = about_stories & Q(subject_id__in=stories.filter(teller=user).values("pk"))
        return (
            History.objects.filter(
                Q(subject_type__app_label__in=OPEN_APPS)
                | Q(subject_type__app_label="stories", subject_type__model__in=OPEN_MODELS)
                | about_stories & Q(subject_id__in=stories.values("pk"))
            )
            .exclude(told, verb__in=OF_REPORTS)
            .prefetch_related("subject")
            .order_by(*self.ordering)
        )

    @admin.display(description=_("about"))
    def about(self, row: History) -> str:
        kind = row.subject_type.name
        return f"{kind}: {row.subject}" if row.subject else kind

    @admin.display(description=_("before"))
    def was(self, row: History) -> SafeString:
        return _listed(row, row.before)

    @admin.display(description=_("after"))
    def became(self, row: History) -> SafeString:
        return _listed(row, row.after)


def _listed(row: History, fields: dict[str, Any]) -> SafeString:
    if isinstance(row.subject, Story):
        withheld = Withheld.of(row.subject, History.objects.about(row.subject))
        fields = withheld.leave_out_of(as_read(row, fields))
    return format_html("<pre>{}</pre>", json.dumps(fields, indent=2, ensure_ascii=False))
