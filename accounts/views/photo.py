"""Photos of people, for colleagues alone."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from accounts.models import User
from accounts.requests import Request


def _etag(request: HttpRequest, ref: str) -> str | None:
    name = User.objects.filter(ref=ref).values_list("photo", flat=True).first()
    return f'"{name}"' if name else None


@require_safe
@cache_control(private=True, no_cache=True)
@condition(etag_func=_etag)
def person_photo(request: Request, ref: str) -> HttpResponseBase:
    """The picture as `clean_photo` encoded it; SecurityMiddleware forbids guessing another type.

    Raises Http404 without one. A new photo is a new file, so the file's name tells versions apart.
    """
    person = get_object_or_404(User.objects.exclude(photo=""), ref=ref)
    try:
        return FileResponse(person.photo.open(), content_type="image/webp")
    except FileNotFoundError as error:
        raise Http404 from error
