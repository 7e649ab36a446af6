from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from accounts.db.similarity import teach_sqlite


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and the company")

    def ready(self) -> None:
        connection_created.connect(teach_sqlite)
