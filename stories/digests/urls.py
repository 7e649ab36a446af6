"""Addresses of the digest: the archive, its editions, the link that stops it, and the desk."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

from stories.digests import watch, webhooks
from stories.digests.views import archive, unsubscribe
from stories.digests.views.desk import (
    arranging,
    history,
    ledger,
    page,
    people,
    preview,
    schedule,
    sending,
)
from stories.digests.views.desk.common import culture_leads_only


class IsoDate:
    """A day as `2026-11-16`; anything that is no day is no address of ours."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(IsoDate, "day")


def desk(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """An address of the desk. There is none that anybody but a culture lead finds."""
    return path(f"digest/desk/{route}", culture_leads_only(view), name=name)


app_name = "digest"
urlpatterns = [
    path("digest/", archive.archive, name="archive"),
    path("digest/<day:week_start>/", archive.edition, name="edition"),
    path("digest/unsubscribe/<slug:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("digest/anymail/<slug:esp>/tracking/", webhooks.tracked, name="tracked"),
    path("health/beat", watch.beat, name="beat"),
    path("health/metrics", watch.metrics, name="metrics"),
    desk("", page.desk, "desk"),
    desk("preview/", preview.preview, "desk_preview"),
    desk("preview/<slug:ref>/html/", preview.html, "desk_preview_html"),
    desk("people/", people.people, "desk_people"),
    desk("people/<slug:ref>/", people.person, "desk_person"),
    desk("people/<slug:ref>/resending/<day:week_start>/", people.resend, "desk_resend_to"),
    desk("people/<slug:ref>/suppression/", people.lift, "desk_lift"),
    desk("editions/", ledger.editions, "desk_editions"),
    desk("schedule/", schedule.schedule, "desk_schedule"),
    desk("history/", history.history, "desk_history"),
    desk("<day:week_start>/", ledger.edition, "desk_edition"),
    desk("<day:week_start>/progress/", page.progress, "desk_progress"),
    desk("<day:week_start>/stories/", page.stories, "desk_stories"),
    desk("<day:week_start>/order/", arranging.order, "desk_order"),
    desk("<day:week_start>/suggestions/", arranging.afresh, "desk_afresh"),
    desk("<day:week_start>/words/", arranging.words, "desk_words"),
    desk("<day:week_start>/stories/<slug:ref>/place/", arranging.place, "desk_place"),
    desk("<day:week_start>/stories/<slug:ref>/removal/", arranging.take_out, "desk_take_out"),
    desk("<day:week_start>/stories/<slug:ref>/addition/", arranging.add, "desk_add"),
    desk("<day:week_start>/test/", sending.test, "desk_test"),
    desk("<day:week_start>/departure/", sending.send_now, "desk_send_now"),
    desk("<day:week_start>/freezing/", sending.freeze, "desk_freeze"),
    desk("<day:week_start>/pause/", sending.pause, "desk_pause"),
    desk("<day:week_start>/resumption/", sending.resume, "desk_resume"),
    desk("<day:week_start>/end/", sending.abort, "desk_abort"),
    desk("<day:week_start>/resending/<slug:which>/", sending.resend, "desk_resend"),
]
