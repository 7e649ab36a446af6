"""A story's photo, for those who may see the story."""

from mimetypes import guess_type

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.requests import Request
from stories.models import Story


@require_safe
def story_photo(request: Request, ref: str) -> HttpResponseBase:
    """Stream the photo. Browsers keep it, but ask again each time: who may see it can change,
    and somebody else may sign in on the same machine."""
    story = get_object_or_404(Story.objects.visible_to(request.user), ref=ref)
    if not story.photo:
        raise Http404
    return stream(request, story.photo)


def stream(request: Request, photo: FieldFile) -> HttpResponseBase:
    """The file, to somebody who may see it."""
    name = str(photo.name)
    etag = quote_etag(name)
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponseNotModified(), etag)
    try:
        content = photo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = guess_type(name)[0] or "application/octet-stream"
    return _guarded(FileResponse(content, content_type=kind), etag)


def _guarded[R: HttpResponseBase](response: R, etag: str) -> R:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
