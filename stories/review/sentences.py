"""What was done to a story, as a sentence for whoever came second."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import History


def who_did_what(deed: History) -> str:
    """ "Maya Rao published it 5 seconds ago." """
    said = {
        "submit": _("%(name)s told it %(when)s."),
        "agree": _("%(name)s agreed to it %(when)s."),
        "agree without photo": _("%(name)s agreed to it without its photo %(when)s."),
        "keep private": _("%(name)s kept it private %(when)s."),
        "rewrite": _("%(name)s took it back to write on %(when)s."),
        "withdraw": _("%(name)s withdrew it %(when)s."),
        "edit": _("%(name)s edited it %(when)s."),
        "publish": _("%(name)s published it %(when)s."),
        "send back": _("%(name)s sent it back %(when)s."),
        "hide": _("%(name)s hid it %(when)s."),
        "unhide": _("%(name)s showed it again %(when)s."),
        "keep": _("%(name)s kept it as it is %(when)s."),
        "feature": _("%(name)s featured it %(when)s."),
        "unfeature": _("%(name)s took it off the featured stories %(when)s."),
        "report": _("%(name)s reported it %(when)s."),
        "look": _("%(name)s looked at it %(when)s."),
        "hand over": _("%(name)s handed it over %(when)s."),
        "propose edit": _("%(name)s proposed a change to it %(when)s."),
        "take edit back": _("%(name)s took a change to it back %(when)s."),
        "publish edit": _("%(name)s published a change to it %(when)s."),
        "send edit back": _("%(name)s sent a change to it back %(when)s."),
    }
    undone = _("%(name)s undid a decision about it %(when)s.")
    changed = _("%(name)s changed it %(when)s.")
    sentence = said.get(deed.verb, undone if deed.verb.startswith("undo ") else changed)
    name = deed.actor.name if deed.actor else _("Kudos")
    return sentence % {"name": name, "when": how_long_ago(deed.at)}


def how_long_ago(moment: datetime) -> str:
    """Within a sentence, to the second: two people met here a moment ago."""
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds < 60:
        return ngettext("%(n)s second ago", "%(n)s seconds ago", seconds) % {"n": seconds}
    if (minutes := seconds // 60) < 60:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
    if (hours := minutes // 60) < 24:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
