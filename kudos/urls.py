"""Every address of the site, by room."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from kudos.lib.health import live, ready

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("stories.urls")),
    path("", include("stories.digests.urls")),
    path("", include("stories.notices.urls")),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("health/live", live, name="live"),
    path("health/ready", ready, name="ready"),
]
