"""The company's accent: one number on the colour wheel, as a stylesheet of its own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from accounts.context import company_of


def _etag(request: HttpRequest) -> str:
    return f'"{company_of(request).accent_hue}"'


@login_not_required
@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
@condition(etag_func=_etag)
def accent_css(request: HttpRequest) -> HttpResponse:
    """In the layer of the tokens, after them, so that it wins. Pages name the hue in the address:
    a new hue is a new address, which no cache has seen."""
    hue = company_of(request).accent_hue
    return HttpResponse(
        f"@layer tokens {{ :root {{ --accent-hue: {hue}; }} }}\n", content_type="text/css"
    )
