from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "stories.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from stories.notices import decisions, receivers, reports, standing_in  # noqa: F401
