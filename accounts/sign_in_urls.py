"""The part of allauth that is open here: signing in and out, and passwords.

Signing up answers that it is closed. allauth's pages for addresses are left out: a person could
claim somebody else's.
"""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts import sign_in_forms as forms
from accounts.views.kept import kept_post

urlpatterns = [
    path(
        "login/",
        views.LoginView.as_view(form_class=forms.SignInForm),
        name="account_login",
    ),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("kept/", kept_post, name="kept_post"),
    path(
        "password/change/",
        views.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm),
        name="account_change_password",
    ),
    # Where allauth sends somebody signed in without a password: the mail sets the first one too.
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path(
        "password/reset/",
        views.PasswordResetView.as_view(form_class=forms.ForgottenPasswordForm),
        name="account_reset_password",
    ),
    path(
        "password/reset/done/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.PasswordResetFromKeyView.as_view(form_class=forms.NewPasswordForm),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
