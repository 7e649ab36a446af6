"""Where on the review page somebody is, as its addresses and forms say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Self
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse

from accounts import roles
from accounts.requests import Request
from stories.review.tabs import Tab, tab_of

type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """A tab, and the cursor of the page of its list."""

    tab: Tab
    after: str = ""

    @classmethod
    def of(cls, said: QueryDict) -> Self | None:
        """None where no tab is named. Raises Http404 for one that there is not."""
        if "tab" not in said:
            return None
        return cls(tab_of(said.get("tab", "")), said.get("after", ""))

    def url(self, story: str = "", after: str | None = None) -> str:
        """The address of this list with a story open, by its reference, or of another page."""
        named = {
            "tab": self.tab.name,
            "after": self.after if after is None else after,
            "story": story,
        }
        said = {name: value for name, value in named.items() if value}
        return f"{reverse('review')}?{urlencode(said)}"


def reviewers_only(view: View) -> View:
    """For everybody else there is no such address."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not roles.is_reviewer(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
