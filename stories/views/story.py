"""One story: its text, and what its reader may do with it."""

from collections.abc import Mapping

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import Request
from stories import access, decisions
from stories.cheering import attach_cheers
from stories.models import State, Story
from stories.models.deeds import last_decisive_key
from stories.reports import reporting_of
from stories.review.forms import decision_forms
from stories.review.sent_back import why_sent_back
from stories.timeline import timeline
from stories.voices import voices_of


@require_safe
def story(request: Request, ref: str) -> HttpResponse:
    """The whole story; what the reader may not see is not found. Whoever comes by an old mail that
    asked them reads that they were, and the same whatever became of the story."""
    readable = Story.objects.visible_to(request.user).with_card()
    shown = readable.annotate(seen=last_decisive_key(Story)).filter(ref=ref).first()
    if shown is None:
        get_object_or_404(Story.objects.asking_once(request.user), ref=ref)
        return render(request, "stories/story_closed.html", status=404)
    return story_page(request, shown)


def story_page(
    request: Request, story: Story, *, sent: Mapping[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page of a story that the reader may see. `sent` are the forms that come back, by
    the verbs of history."""
    user = request.user
    if access.may_cheer(user, story):
        attach_cheers([story], user)
    is_teller = user.pk == story.teller_id
    history = timeline(story, user) if access.may_read_history(user, story) else []
    may_decide = decisions.open_to(user, story)
    reads_edit = bool(history) and decisions.may_read_edit(user, story)
    context = {
        "story": story,
        "proposal": story.proposed if reads_edit else None,
        "is_teller": is_teller,
        "just_told": is_teller and story.is_published and request.GET.get("told") == "1",
        "share_url": f"{settings.KUDOS_URL}{story.get_absolute_url()}",
        "may_answer": access.may_answer(user, story),
        # Its teller goes on writing what was sent back from where they read why.
        "may_edit": access.may_edit(user, story) and story.state != State.RETURNED,
        "may_keep_private": access.may_keep_private(user, story),
        "may_rewrite": access.may_rewrite(user, story),
        "may_withdraw": access.may_withdraw(user, story),
        "may": {verb.replace(" ", "_"): True for verb in may_decide},
        "seen": getattr(story, "seen", 0),
        "history": history,
        "sent_back": why_sent_back(story),
        "has_versions": any(deed.changed for deed in history),
        "is_held": is_teller and decisions.is_held(story),
        "reporting": reporting_of(story, user, (sent or {}).get("report")),
        "voices": voices_of(story, user, request.GET.get("voices", "")),
        **decision_forms(story, user, may_decide, sent or {}, request.GET.get("find", "")),
    }
    return render(request, "stories/story.html", context, status=status)
