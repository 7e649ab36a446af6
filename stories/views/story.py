"""One story: its text, and what its reader may do with it."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import Request
from stories import access
from stories.cheering import attach_cheers
from stories.hiding import HidingForm
from stories.models import Answer, Story
from stories.timeline import timeline
from stories.voices import voices_of


@require_safe
def story(request: Request, ref: str) -> HttpResponse:
    """The whole story; what the reader may not see is not found."""
    shown = get_object_or_404(Story.objects.visible_to(request.user).with_card(), ref=ref)
    return story_page(request, shown)


def story_page(
    request: Request, story: Story, *, hiding: HidingForm | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page of a story that the reader may see. `hiding` is a form sent back."""
    user = request.user
    attach_cheers([story], user)
    is_teller = user.pk == story.teller_id
    history = timeline(story) if access.may_read_history(user, story) else []
    reads_edit = bool(history) and access.may_read_edit(user, story)
    context = {
        "story": story,
        "proposal": story.proposed if reads_edit else None,
        "is_teller": is_teller,
        "just_told": is_teller and story.is_published and request.GET.get("told") == "1",
        "still_asked": _still_asked(story) if is_teller else [],
        "share_url": f"{settings.KUDOS_URL}{story.get_absolute_url()}",
        "may_answer": access.may_answer(user, story),
        "may_edit": access.may_edit(user, story),
        "may_keep_private": access.may_keep_private(user, story),
        "may_withdraw": access.may_withdraw(user, story),
        "may_hide": access.may_hide(user, story),
        "may_unhide": access.may_unhide(user, story),
        "hiding": hiding or HidingForm(),
        "history": history,
        "has_versions": any(deed.changed for deed in history),
        "voices": voices_of(story, user, request.GET.get("voices", "")),
    }
    return render(request, "stories/story.html", context, status=status)


def _still_asked(story: Story) -> list[User]:
    return [named.person for named in story.named.all() if named.answer == Answer.ASKED]
