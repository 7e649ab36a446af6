"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):
    """People are added by the company; nobody registers themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
