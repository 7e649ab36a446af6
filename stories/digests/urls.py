"""Addresses of the digest: the archive, its editions, and the link that stops it."""

from datetime import date

from django.urls import path, register_converter

from stories.digests.views import archive, unsubscribe


class IsoDate:
    """A day as `2026-11-16`; anything that is no day is no address of ours."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(IsoDate, "day")

app_name = "digest"
urlpatterns = [
    path("digest/", archive.archive, name="archive"),
    path("digest/<day:week_start>/", archive.edition, name="edition"),
    path("digest/unsubscribe/<slug:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
