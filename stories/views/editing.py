"""Changing a story that is published already."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.context import company_of
from accounts.requests import Request
from stories import access
from stories.forms import StoryForm
from stories.models import Story
from stories.views.composer import Found, find, page, refuse_unpicked, typed


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, ref: str) -> HttpResponse:
    """The form with the story in it; saved at once. Who may not is told why."""
    story = get_object_or_404(Story.objects.visible_to(request.user).with_card(), ref=ref)
    if access.may_submit(request.user, story):
        return redirect(f"{reverse('compose')}?draft={story.ref}")
    if not access.may_edit_published(request.user, story):
        return _closed(request, story)
    if request.method == "POST":
        return _receive(request, story)
    return _editor(request, StoryForm(by=request.user, company=company_of(request), story=story))


def _receive(request: Request, story: Story) -> HttpResponse:
    form = StoryForm(
        typed(request),
        request.FILES,
        by=request.user,
        company=company_of(request),
        story=story,
        complete=True,
    )
    found = find(request)
    form.full_clean()
    if "save" in request.POST:
        refuse_unpicked(form, found)
        if form.is_valid() and _save(form, story):
            messages.success(request, _("Your change is saved. Readers see that it was edited."))
            # Whoever made it private, or named somebody who is asked first, may not read it now.
            return redirect(story if access.may_see(request.user, story) else "feed")
    if form.cleaned_data.get("photo"):
        form.add_error("photo", _("Choose the photo again: it is kept only with the change."))
    return _editor(request, form, found)


def _save(form: StoryForm, story: Story) -> bool:
    """Make the change; False, with a sentence in the form, where its people changed meanwhile."""
    try:
        story.edit(form.telling(), by=form.by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _closed(request: Request, story: Story) -> HttpResponse:
    """The day is over, or the story is no longer there to change: what was typed comes back."""
    typed = [request.POST.get(name, "") for name in ("headline", "what_they_did", "difference")]
    context = {"story": story, "typed": "\n\n".join(filter(None, typed))}
    return render(request, "stories/edit_closed.html", context, status=403)


def _editor(
    request: Request, form: StoryForm, found: dict[str, Found] | None = None
) -> HttpResponse:
    return page(
        request,
        "stories/edit.html",
        form,
        found,
        story=form.story,
        action=request.path,
    )
