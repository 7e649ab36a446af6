from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DigestsConfig(AppConfig):
    name = "stories.digests"
    label = "digests"
    verbose_name = _("Digest")

    def ready(self) -> None:
        from stories.digests import receivers  # noqa: F401
