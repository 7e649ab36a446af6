"""Rendering what every copy of an edition shares: once a version and language."""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

from css_inline import CSSInliner
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from accounts.models import Company, Department
from kudos.lib.text import one_line
from stories.digests import wording
from stories.digests.models import Edition, Rendering
from stories.models import CustomerGroup, Story

INLINER = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
SLOTS = ("greeting", "own", "own_more", "unsubscribe")
# A mail is to be read, not studied: product.md, "The digest, as a reader sees it".
WORDS_MAX = 250


def link(path: str) -> str:
    """The public address of one of our pages."""
    return settings.KUDOS_URL + path


class UnrenderableError(Exception):
    """What all copies share cannot be made: no copy can leave."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story as the mail tells it."""

    headline: str
    url: str
    group: str
    hue: str
    nominees: str
    teller: str
    text: str = ""
    words: str = ""
    words_by: str = ""


def rendering_for(edition: Edition, language: str) -> Rendering:
    """The stored rendering of the edition's version of this moment, made by whoever asks first.

    Raises UnrenderableError. The edition's row is held meanwhile: a story that is hidden now
    waits with its new version until this one is written, so that nothing outlives the version
    that it belongs to.
    """
    with transaction.atomic():
        edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
        known = edition.renderings.filter(version=edition.version, language=language).first()
        if known is not None:
            return known
        stories = edition.picked()
        try:
            rendering = render(edition, stories, language)
        except Exception as error:
            raise UnrenderableError(f"{type(error).__name__}: {error}") from error
        rendering.save()
        Edition.objects.filter(pk=edition.pk).update(subject=rendering.subject)
        edition.subject = rendering.subject
        return rendering


def render(edition: Edition, stories: list[Story], language: str) -> Rendering:
    """An unsaved rendering that tells `stories` in their order."""
    with translation.override(language):
        nonce = secrets.token_hex(8)
        context = _context(edition, stories, nonce)
        html = INLINER.inline(render_to_string("emails/digest/body.html", context))
        text = render_to_string("emails/digest/body.txt", context)
        return Rendering(
            edition=edition,
            version=edition.version,
            language=language,
            subject=context["subject"],
            layouts={
                "html": layouts("\n".join(line.strip() for line in html.splitlines()), nonce),
                "text": layouts(text, nonce),
            },
            facts=facts(stories),
        )


def layouts(body: str, nonce: str) -> dict[str, list[str]]:
    """A rendered body cut at its slots, with and without the personal block.

    Slots are marked with a number that nobody could have written into a story.
    """
    own = re.sub(rf"{nonce}-(begin|end)-\n?", "", body)
    plain = re.sub(rf"{nonce}-begin-.*?{nonce}-end-\n?", "", body, flags=re.DOTALL)
    return {
        name: re.split(rf"{nonce}-({'|'.join(SLOTS)})-", whole)
        for name, whole in (("own", own), ("plain", plain))
    }


def facts(stories: list[Story]) -> dict[str, Any]:
    """What the personal block is made of (see Rendering)."""
    departments = Department.objects.filter(customer_groups__isnull=False).distinct()
    return {
        "stories": [
            {
                "headline": one_line(story.headline),
                "url": link(story.get_absolute_url()),
                "nominees": [person.pk for person in story.nominees],
                "departments": sorted(
                    {person.department_id for person in story.nominees if person.department_id}
                ),
                "group": story.customer_group_id,
                "group_name": str(story.customer_group),
            }
            for story in stories
        ],
        "serves": {
            str(department.pk): [group.pk for group in department.customer_groups.all()]
            for department in departments.prefetch_related("customer_groups")
        },
    }


def _context(edition: Edition, stories: list[Story], nonce: str) -> dict[str, Any]:
    company = Company.current()
    others = edition.covered().exclude(pk__in=[story.pk for story in stories])
    total = len(stories) + others.filter(pick=None).count()
    told = [_told(story) for story in stories]
    context: dict[str, Any] = {
        "company": company,
        "edition": edition,
        "week": date_format(edition.week_start, "j F"),
        "weekday": date_format(edition.week_start + timedelta(days=company.digest_weekday), "l"),
        "total": total,
        "others": max(0, total - 1),
        "lead": told[0] if told else None,
        "teasers": told[1:],
        "groups": wording.and_list(list(dict.fromkeys(story.group for story in told))[:3]),
        "compose_url": link(reverse("compose")),
        "browser_url": link(edition.get_absolute_url()),
        "preferences_url": link(reverse("preferences")),
        "slot": {name: f"{nonce}-{name}-" for name in (*SLOTS, "begin", "end")},
    }
    if stories:
        context["lead"] = _lead(stories[0], told, context)
        context["headline"] = wording.subject_headline(stories[0].headline, context["others"])
    context["subject"] = render_to_string("emails/digest/subject.txt", context).strip()
    return context


def _told(story: Story) -> Told:
    group = cast(CustomerGroup, story.customer_group)
    return Told(
        headline=one_line(story.headline),
        url=link(story.get_absolute_url()),
        group=group.name,
        hue=group.hue,
        nominees=wording.people([one_line(person.name) for person in story.nominees]),
        teller=one_line(story.teller.name),
    )


def _lead(story: Story, told: list[Told], context: dict[str, Any]) -> Told:
    """The first story with as much of its text as the mail has room for."""
    words = wording.excerpt(story.customer_words, 30)
    spoken = [words, context["company"].vision, context["edition"].note]
    for one in told:
        spoken += [one.headline, one.group, one.nominees]
    # The fixed sentences around the stories and the personal block take about 60 words.
    room = WORDS_MAX - 60 - sum(len(text.split()) for text in spoken)
    return replace(
        told[0],
        text=wording.excerpt(story.what_they_did, max(15, min(70, room))),
        words=words,
        words_by=story.customer_name or story.customer_role,
    )
