"""The address of the page on which each person chooses which mails they get."""

from django.urls import path

from stories.notices import views

app_name = "notices"
urlpatterns = [path("preferences/mail/", views.mail, name="mail")]
