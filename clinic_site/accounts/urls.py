"""Before Wagtail's, whose addresses and names they have."""

from django.urls import path
from django.views.decorators.cache import never_cache

from clinic_site.accounts import entrance
from clinic_site.accounts.session import session

urlpatterns = [
    path("session/", session, name="admin_session"),
    path("login/", never_cache(entrance.SignInView.as_view()), name="wagtailadmin_login"),
    path("logout/", never_cache(entrance.SignOutView.as_view()), name="wagtailadmin_logout"),
    path(
        "password_reset/",
        never_cache(entrance.AskForPasswordView.as_view()),
        name="wagtailadmin_password_reset",
    ),
]
