"""Addresses of people and of sign-in."""

from django.urls import include, path

from accounts.views import accent, away, photo, preferences

urlpatterns = [
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/away/", away.away, name="away"),
    path("preferences/away/<int:pk>/end/", away.end, name="away_end"),
    path("people/<slug:ref>/photo/", photo.person_photo, name="person_photo"),
    path("company/accent.css", accent.accent_css, name="accent_css"),
    path("accounts/", include("accounts.sign_in_urls")),
]
