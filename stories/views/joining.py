"""Joining a story from the composer instead of telling the same deed again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.requests import Request
from stories.forms import StoryForm
from stories.forms.named import well_formed
from stories.models import Story
from stories.similar import Similar, similar_stories

# The value of "publish" that says: it is another deed.
ANYWAY = "anyway"


def similar_to(form: StoryForm) -> list[Similar]:
    """What colleagues told these days that reads like the text as it stands in the form."""
    texts = (form[name].value() or "" for name in ("headline", "what_they_did", "difference"))
    return similar_stories("\n".join(map(str, texts)), form.celebrated, teller=form.by)


def told_already(request: Request, form: StoryForm) -> list[Story]:
    """What to ask about before publishing; nothing once its teller has said that this is another
    deed."""
    if request.POST["publish"] == ANYWAY:
        return []
    return [similar.story for similar in similar_to(form) if similar.is_very]


def join(request: Request, draft: Story | None) -> HttpResponse | None:
    """To the form for one's voice, with what the draft says in it; None where the story chosen
    takes no voice of theirs (any more)."""
    refs = well_formed([request.POST["join"]])
    story = Story.objects.joinable_by(request.user).filter(ref__in=refs).first()
    if story is None:
        return None
    query = f"?{urlencode({'draft': draft.ref})}" if draft else ""
    return redirect(reverse("story_voice", args=[story.ref]) + query)
