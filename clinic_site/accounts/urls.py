"""Before Wagtail's, whose addresses and names they have."""

from django.urls import path
from django.views.decorators.cache import never_cache

from clinic_site.accounts import sign_in_views
from clinic_site.accounts.session import session

urlpatterns = [
    path("session/", session, name="admin_session"),
    path("login/", never_cache(sign_in_views.SignInView.as_view()), name="wagtailadmin_login"),
    path("logout/", never_cache(sign_in_views.SignOutView.as_view()), name="wagtailadmin_logout"),
    path(
        "password_reset/",
        never_cache(sign_in_views.AskForPasswordView.as_view()),
        name="wagtailadmin_password_reset",
    ),
]
