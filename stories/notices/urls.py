"""Where each person chooses which mails they get, and the way out that is in each mail."""

from django.urls import path

from stories.notices import views

app_name = "notices"
urlpatterns = [
    path("preferences/mail/", views.mail, name="mail"),
    path("preferences/mail/off/<str:secret>/", views.off, name="off"),
]
