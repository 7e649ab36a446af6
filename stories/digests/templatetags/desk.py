"""How the desk says when something happens, and how much of it there is."""

from datetime import datetime

from django import template
from django.template.defaultfilters import date as date_text
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stories.digests.reasons import said

register = template.Library()
register.filter("said", said)


@register.simple_tag
def at_time(moment: datetime) -> SafeString:
    """A moment near by, past or to come, in a <time> whose title is exact."""
    exact = date_text(timezone.localtime(moment), _("j F Y, H:i:s"))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, in_words(moment)
    )


def in_words(moment: datetime, now: datetime | None = None) -> str:
    """ "today at 09:00", "tomorrow at 09:00", "Monday at 09:00" for the coming days, then with the
    date. Days and hours are those of the current time zone."""
    here = timezone.localtime(moment)
    days = (here.date() - timezone.localtime(now).date()).days
    hour = date_text(here, "H:i")
    if days in (-1, 0, 1):
        said = {-1: _("yesterday at %s"), 0: _("today at %s"), 1: _("tomorrow at %s")}
        return said[days] % hour
    if 1 < days < 7:
        return _("%(day)s at %(hour)s") % {"day": date_text(here, "l"), "hour": hour}
    return _("%(day)s at %(hour)s") % {"day": date_text(here, _("l, j F")), "hour": hour}
