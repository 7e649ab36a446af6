"""allauth's forms with our words: labels that say what is asked, no placeholders."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

LOGIN_MAX = 254


def _rules() -> str:
    return " ".join(password_validators_help_texts())


def _say(form: forms.Form, **labels: Any) -> None:
    """Give each field its label, and take allauth's placeholders and links off."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            login=_("Email or employee number"),
            password=_("Password"),
            remember=_("Keep me signed in on this device"),
        )
        login = self.fields["login"]
        login.validators.append(MaxLengthValidator(LOGIN_MAX))
        login.widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": LOGIN_MAX,
        }


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=_("Your email address at work"))


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=_("New password"), password2=_("New password, once more"))
        self.fields["password1"].help_text = _rules()


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            oldpassword=_("Password that you use now"),
            password1=_("New password"),
            password2=_("New password, once more"),
        )
        self.fields["password1"].help_text = _rules()
