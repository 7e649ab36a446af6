"""Rendering what every copy of an edition shares: once a version and language."""

import re
import secrets
from typing import Any

from css_inline import CSSInliner
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Department
from kudos.lib.letter import wrapped
from stories.digests import wording
from stories.digests.contents import ROOMS, Contents, Told
from stories.digests.contents import link as link
from stories.digests.models import Edition, Rendering
from stories.models import Story

INLINER = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
SLOTS = ("greeting", "own", "own_more", "unsubscribe")
# A mail is to be read, not studied: product.md, "The digest, as a reader sees it".
WORDS_MAX = 250
# The greeting, and the longest sentences of a personal block around what they name.
OWN_WORDS = 18


class UnrenderableError(Exception):
    """What all copies share cannot be made: no copy can leave."""


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
        slots = {name: f"{nonce}-{name}-" for name in (*SLOTS, "begin", "end")}
        contents = Contents(edition, stories)
        for room in ROOMS:
            context = contents.within(room) | {"slot": slots}
            text = layouts(wrapped(render_to_string("emails/digest/body.txt", context)), nonce)
            if words_to_read(text["plain"]) + own_words(context["told"]) <= WORDS_MAX:
                break
        html = INLINER.inline(render_to_string("emails/digest/body.html", context))
        return Rendering(
            edition=edition,
            version=edition.version,
            language=language,
            subject=context["subject"],
            layouts={"html": layouts(unindented(html), nonce), "text": text},
            facts=facts(stories, context["told"]),
        )


def unindented(html: str) -> str:
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


def words_to_read(layout: list[str]) -> int:
    """How many words everybody reads in the plain part, the addresses of our pages aside."""
    lines = "".join(layout[::2]).splitlines()
    return sum(wording.count(line) for line in lines if not line.startswith(link("/")))


def own_words(told: list[Told]) -> int:
    """How many words greeting and personal block may have: they name a headline or two groups."""
    named = [max(wording.count(s.headline), 2 * wording.count(s.group) + 3) for s in told]
    return OWN_WORDS + max(named, default=0)


def layouts(body: str, nonce: str) -> dict[str, list[str]]:
    """A rendered body cut at its slots, with and without the personal block.

    Slots are marked with a number that nobody could have written into a story. It ends with a
    line break: quoted-printable may not end with a soft one (RFC 2045, 6.7).
    """
    body = body.strip() + "\n"
    own = re.sub(rf"{nonce}-(begin|end)-\n?", "", body)
    plain = re.sub(rf"{nonce}-begin-.*?{nonce}-end-\n?", "", body, flags=re.DOTALL)
    return {
        name: re.split(rf"{nonce}-({'|'.join(SLOTS)})-", whole)
        for name, whole in (("own", own), ("plain", plain))
    }


def facts(stories: list[Story], told: list[Told]) -> dict[str, Any]:
    """What the personal block is made of (see Rendering)."""
    departments = Department.objects.filter(customer_groups__isnull=False).distinct()
    return {
        "stories": [
            {
                "headline": shown.headline,
                "nominees": [person.pk for person in story.nominees],
                "departments": sorted(
                    {person.department_id for person in story.nominees if person.department_id}
                ),
                "group": story.customer_group_id,
                "group_name": shown.group,
            }
            for story, shown in zip(stories, told, strict=True)
        ],
        "serves": {
            str(department.pk): [group.pk for group in department.customer_groups.all()]
            for department in departments.prefetch_related("customer_groups")
        },
    }
