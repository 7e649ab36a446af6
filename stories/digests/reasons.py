"""Why an edition was held or given up and why a copy did not leave, where Kudos itself decided it:
stored in English, and shown in the language of whoever reads it."""

import re
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

QUIET = gettext_noop("No story was published since the last edition.")
TOO_LATE = gettext_noop("It could no longer reach anybody in time.")
UNRECEIVED = gettext_noop("No copy reached anybody.")
FAILED_EARLY = gettext_noop("%(failed)d of the first %(tried)d copies failed.")
NOTHING_LEFT = gettext_noop("There is no story left to tell.")
NO_ANSWER = gettext_noop("No reply came after the message was handed over.")

REASONS = (QUIET, TOO_LATE, UNRECEIVED, FAILED_EARLY, NOTHING_LEFT, NO_ANSWER)


def said(note: str) -> str:
    """A stored reason in the language of the moment. What a person wrote or a mail server said
    stays as it is."""
    for reason in REASONS:
        if found := _with_figures(reason).fullmatch(note):
            return _(reason) % {name: int(figure) for name, figure in found.groupdict().items()}
    return note


@cache
def _with_figures(reason: str) -> re.Pattern[str]:
    """Matches the sentence as it is stored, each %(name)d being some figure."""
    return re.compile(re.sub(r"%\\\((\w+)\\\)d", r"(?P<\1>\\d+)", re.escape(reason)))
