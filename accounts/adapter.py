"""How allauth behaves here."""

import logging
from typing import Any, ClassVar
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import make_msgid
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.context import company_of
from accounts.kept import has_kept
from accounts.models import User
from kudos.lib.letter import letter

logger = logging.getLogger("kudos")

NO_MATCH = _("These two do not belong together. Try again, or ask for a new password.")


class ClosedSignup(DefaultAccountAdapter):
    """People are added by the company; nobody registers themselves."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NO_MATCH,
        "username_password_mismatch": NO_MATCH,
        "enter_current_password": _("This is not the password that you use now."),
        "too_many_login_attempts": _("That was too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """What the person was writing when their session ended, else the stories."""
        return (
            reverse("kept_post") if has_kept(request) else super().get_login_redirect_url(request)
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("preferences")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the address that people know, whatever Host header the request came with."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.KUDOS_URL + path.replace("UID-KEY", quote(key))

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down must not tell a stranger which addresses are known here: the
        page says the same either way, and the log says what happened."""
        company = company_of(self.request)
        with translation.override(user.reads(company)):
            message = letter(
                "password_reset",
                {
                    "person": user,
                    "company": company,
                    "url": context["password_reset_url"],
                    "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
                },
                to=user.email or email,
                message_id=make_msgid(domain=settings.PUBLIC.hostname),
                date=timezone.now(),
            )
        try:
            message.send()
        except (OSError, AnymailError):
            logger.exception("A mail with a link for a new password could not be sent.")
