"""Adding one's voice to a story, changing it, and taking it back."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import History
from accounts.requests import Request
from stories import access
from stories.forms.named import well_formed
from stories.forms.voice import VoiceForm
from stories.models import State, Story, Voice
from stories.review.forms import HidingForm


@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: Request, ref: str) -> HttpResponse:
    """The story and a form under it, with what an own draft says in it (`?draft=`)."""
    story = _visible(request, ref)
    key = _key(request)
    if request.method == "POST" and _was_added(request, story, key):
        return _back(story)
    if not access.may_add_voice(request.user, story):
        return _closed(request, story, _why_not(request, story))
    if request.method != "POST":
        draft = _draft(request)
        form = VoiceForm(initial={"text": _said_in(draft)}, label_suffix="")
        return _page(request, story, form, key=draft.key if draft else uuid4())
    form = VoiceForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, story, form, key=key)
    try:
        story.add_voice(form.cleaned_data["text"], by=request.user, key=key)
    except PermissionDenied:  # a second click was faster, or a reviewer
        if not _was_added(request, story, key):
            return _closed(request, story, _why_not(request, story))
    messages.success(request, _("Thank you. Your voice is under the story."))
    return _back(story)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, ref: str) -> HttpResponse:
    """The form with one's own words in it; who may change them no longer is told why."""
    story = _visible(request, ref)
    own = get_object_or_404(Voice, story=story, teller=request.user)
    form = VoiceForm(
        request.POST if request.method == "POST" else None,
        initial={"text": own.text},
        label_suffix="",
    )
    too_late = _("You could change your words for 24 hours. You can still take them back.")
    if not access.may_edit_voice(request.user, own):
        return _closed(request, story, too_late)
    if not form.is_valid():
        return _page(request, story, form, own=own)
    try:
        own.edit(form.cleaned_data["text"], by=request.user)
    except PermissionDenied:
        return _closed(request, story, too_late)
    messages.success(request, _("Your change is saved. Readers see that it was edited."))
    return _back(story)


@require_POST
def take_back(request: Request, ref: str) -> HttpResponse:
    """Remove one's own words, also under a story that one may not open any more. Asked twice, it
    changes nothing the second time."""
    own = Voice.objects.exclude(text="").filter(story__ref=ref, teller=request.user).first()
    if own:
        own.take_back(by=request.user)
        messages.success(request, _("Done. Your voice is no longer under the story."))
    elif not _took_back(request, ref):
        return _back(_visible(request, ref))
    story = Story.objects.visible_to(request.user).filter(ref=ref).first()
    return _back(story) if story else redirect("mine")


def _took_back(request: Request, ref: str) -> bool:
    story = Story.objects.filter(ref=ref).first()
    rows = History.objects.about(story) if story else History.objects.none()
    return rows.filter(actor=request.user, verb="take voice back").exists()


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: Request, ref: str, person: str) -> HttpResponse:
    """Somebody named does without this voice; a reviewer hides it and says why."""
    story = _visible(request, ref)
    voice = get_object_or_404(story.voices.said(), teller__ref=person)
    if access.may_unhide_voice(request.user, voice):
        return _back(story)  # a second click
    if not access.may_hide_voice(request.user, voice):
        raise PermissionDenied(
            _("Voices are hidden by the people whom the story names, and by its reviewers.")
        )
    sent = request.POST if request.method == "POST" else None
    form = None if access.may_object(request.user, story) else HidingForm(sent)
    if request.method != "POST" or (form and not form.is_valid()):
        context = {"story": story, "voice": voice, "form": form}
        status = 422 if request.method == "POST" else 200
        return render(request, "stories/voice_hide.html", context, status=status)
    voice.hide(by=request.user, note=form.cleaned_data["note"] if form else "")
    messages.success(request, _("Done. Readers no longer see this voice."))
    return _back(story)


@require_POST
def unhide(request: Request, ref: str, person: str) -> HttpResponse:
    """Let a hidden voice be read again."""
    story = _visible(request, ref)
    voice = get_object_or_404(story.voices.said(), teller__ref=person)
    if not access.may_hide_voice(request.user, voice):  # or it is shown already
        try:
            voice.unhide(by=request.user)
        except PermissionDenied as error:
            raise PermissionDenied(
                _("A voice is shown again by whoever hid it, or by another reviewer.")
            ) from error
        messages.success(request, _("Readers see this voice again."))
    return _back(story)


def _visible(request: Request, ref: str) -> Story:
    story: Story = get_object_or_404(Story.objects.visible_to(request.user).with_card(), ref=ref)
    return story


def _key(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _was_added(request: Request, story: Story, key: UUID) -> bool:
    return story.voices.filter(teller=request.user, key=key).exists()


def _draft(request: Request) -> Story | None:
    drafts = Story.objects.told_by(request.user).filter(state=State.DRAFT)
    return drafts.filter(ref__in=well_formed([request.GET.get("draft", "")])).first()


def _said_in(draft: Story | None) -> str:
    return "\n\n".join(filter(None, (draft.what_they_did, draft.difference))) if draft else ""


def _why_not(request: Request, story: Story) -> str:
    if not story.is_published:
        return _("Voices are for published stories.")
    if request.user.pk == story.teller_id:
        return _("You told this story: your words are in it already.")
    if story.voices.filter(teller=request.user, hidden_at__isnull=False).exists():
        return _("Your voice here is hidden from readers, and so would another one be.")
    if story.voices.filter(teller=request.user).exists():
        return _("You have added your voice to this story already.")
    return _("This story is about you, so its voices are those of others.")


def _page(
    request: Request,
    story: Story,
    form: VoiceForm,
    *,
    key: UUID | None = None,
    own: Voice | None = None,
) -> HttpResponse:
    context = {"story": story, "form": form, "key": key, "own": own}
    return render(request, "stories/voice.html", context, status=422 if form.errors else 200)


def _closed(request: Request, story: Story, why: str) -> HttpResponse:
    """What was typed comes back, to be copied."""
    context = {"story": story, "why": why, "typed": request.POST.get("text", "")}
    return render(request, "stories/voice_closed.html", context, status=403)


def _back(story: Story) -> HttpResponse:
    return redirect(f"{story.get_absolute_url()}#voices")
