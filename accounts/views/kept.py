"""What somebody was writing when their session ended, given back."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import kept
from accounts.requests import Request


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept_post(request: Request) -> HttpResponse:
    """Show it; on the button, send it where it was going. The browser sends the form itself
    (307), so that the address which answers cannot tell the difference."""
    found = kept.kept(request)
    if found is None:
        return redirect("feed")
    if request.method == "POST":
        kept.forget(request)
        return HttpResponseRedirect(found["path"], preserve_request=True)
    context = {"fields": found["fields"], "written": kept.prose(found["fields"])}
    return render(request, "accounts/kept.html", context)
