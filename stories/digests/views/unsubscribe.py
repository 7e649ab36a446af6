"""The way out of the digest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kudos.lib.way_out import way_out
from stories.digests.models import UnsubscribeToken


@way_out
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The link in every copy (RFC 8058). Looking changes nothing; a POST, from a mail program or
    from the button, turns the digest off.

    Every token and every method gets the same answer with status 200: the page says nothing about
    who has an account, and an address that holds a secret is never logged as refused. But for the
    link of a test, which is no secret and says that it stops nothing.
    """
    if request.method == "POST":
        UnsubscribeToken.objects.stop(token)
    context = {"is_done": request.method == "POST", "is_test": token == UnsubscribeToken.OF_NOBODY}
    return render(request, "digests/unsubscribe.html", context)
