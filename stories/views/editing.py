"""Changing a story that is published already."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.context import company_of
from accounts.models import User
from accounts.requests import Request
from stories import access
from stories.forms import StoryForm
from stories.forms.opening import told_in
from stories.meanwhile import Meanwhile, meanwhile
from stories.models import Proposal, State, Story
from stories.models.limits import PUBLISHED_MAX
from stories.models.telling import fingerprint
from stories.models.writing import OvertakenError
from stories.views.composer import Found, find, page, refuse_unpicked, typed


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, ref: str) -> HttpResponse:
    """The form with the story in it; saved at once. Who may not is told why."""
    story = _visible(request, ref)
    if request.method == "POST" and story is None:
        return _closed(request, None)
    if story is None:
        raise Http404
    if access.may_submit(request.user, story):
        return redirect(f"{reverse('compose')}?draft={story.ref}")
    if not access.may_edit(request.user, story):
        return _closed(request, story)
    if request.method == "POST":
        return _receive(request, story)
    form = StoryForm(by=request.user, company=company_of(request), story=story)
    return _editor(request, form, seen=_fingerprint(story, request))


def _visible(request: Request, ref: str) -> Story | None:
    found: Story | None = Story.objects.visible_to(request.user).with_card().filter(ref=ref).first()
    return found


def _fingerprint(story: Story, request: Request) -> str:
    """Of what the form opens with."""
    return fingerprint(story.as_opened_by(request.user))


def _form(request: Request, data: QueryDict, story: Story) -> StoryForm:
    return StoryForm(
        data,
        request.FILES,
        by=request.user,
        company=company_of(request),
        story=story,
        complete=True,
    )


def _receive(request: Request, story: Story) -> HttpResponse:
    form = _form(request, typed(request), story)
    found = find(request)
    form.full_clean()
    if "save" in request.POST:
        refuse_unpicked(form, found)
        if form.is_valid():
            try:
                return _save(request, form, story)
            except ValidationError as error:  # somebody named has left since the form was checked
                form.add_error(None, error)
            except PermissionDenied:  # the day ended, or a reviewer hid it, since it was checked
                return _closed(request, _visible(request, story.ref))
            except OvertakenError:
                return _overtaken(request, form, story.ref)
    _ask_for_photo_again(form)
    return _editor(request, form, found=found, seen=request.POST.get("seen", ""))


def _save(request: Request, form: StoryForm, story: Story) -> HttpResponse:
    before = (story.opened_by(form.by), story.edited_at)
    if story.edit(form.telling(), by=form.by, seen=request.POST.get("seen", "")):
        messages.success(request, _saved(story, form.by, before))
    else:
        messages.info(request, _("The story says exactly this."))
    # Whoever made it private, or named somebody who is asked first, may not read it now.
    return redirect(story if access.may_see(request.user, story) else "feed")


def _saved(story: Story, by: User, before: tuple[Proposal | None, datetime | None]) -> str:
    proposed, edited_at = before
    if story.has_waiting_edit and by == story.teller:
        return _("Your change waits for a reviewer. Until then readers go on reading the old text.")
    if story.is_waiting:
        return _("Your change is saved. The story goes on waiting for a reviewer.")
    if proposed and story.edited_at == edited_at:
        return _("The story stays as it is. What you proposed is taken back.")
    return _("Your change is saved. Readers see that it was edited.")


def _overtaken(request: Request, form: StoryForm, ref: str) -> HttpResponse:
    """Somebody was faster: what they changed is shown, and both are in the form to be saved."""
    story = _visible(request, ref)
    if story is None:
        return _closed(request, None)
    seen = request.POST.get("seen", "")
    news, data = meanwhile(story, typed(request), form.telling(), seen=seen, by=form.by)
    merged = _form(request, data, story)
    merged.full_clean()
    _ask_for_photo_again(merged)
    response = _editor(request, merged, seen=_fingerprint(story, request), news=news)
    response.status_code = 409
    return response


def _ask_for_photo_again(form: StoryForm) -> None:
    if form.cleaned_data.get("photo"):
        form.add_error("photo", _("Choose the photo again: it is kept only with the change."))


def _closed(request: Request, story: Story | None) -> HttpResponse:
    """The day is over, or the story is no longer there to change: what was typed comes back.

    Without a story nothing is said of it: this person may not see it, or it never was.
    """
    typed = [request.POST.get(name, "") for name in PUBLISHED_MAX]
    context = {
        "story": story,
        "why": _why_closed(request, story),
        "typed": "\n\n".join(filter(None, typed)),
    }
    return render(request, "stories/edit_closed.html", context, status=403 if story else 404)


def _waits(form: StoryForm) -> bool:
    """Whether a change of what the form opened with waits for a reviewer."""
    telling = told_in(form.story, form.by)
    return bool(form.story and telling and form.story.edit_waits(telling, by=form.by))


def _why_closed(request: Request, story: Story | None) -> str:
    if story is None:
        return _("There is no story here that you may read.")
    elsewhere = {
        State.WITHDRAWN: _("You withdrew it. It stays as it was."),
        State.HIDDEN: _("A reviewer hid it. It can be changed once it is shown again."),
        State.WAITING: _("It waits for a reviewer. Until then only its teller can change it."),
        State.ASKING: _(
            "It waits for the people who are asked. It can be changed once it is read."
        ),
    }
    if not story.is_published:
        return elsewhere.get(State(story.state), _("It can be changed once it is published."))
    if story.teller_id == request.user.pk:
        return _(
            "You could change it for 24 hours after it was published. Now only a reviewer can: "
            "ask your manager or a culture lead."
        )
    return _(
        "Its teller can change it for 24 hours after it was published, and reviewers later on."
    )


def _editor(
    request: Request,
    form: StoryForm,
    *,
    seen: str,
    found: dict[str, Found] | None = None,
    news: Meanwhile | None = None,
) -> HttpResponse:
    return page(
        request,
        "stories/edit.html",
        form,
        found,
        story=form.story,
        proposal=form.story.opened_by(request.user) if form.story else None,
        waits=_waits(form),
        action=request.path,
        seen=seen,
        news=news,
    )
