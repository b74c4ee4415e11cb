"""Before Wagtail's, whose addresses and names they have. `second_factor` has the way in."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from clinic_site.accounts import sign_in_views
from clinic_site.accounts.session import session

urlpatterns = [
    path("session/", session, name="admin_session"),
    path("logout/", never_cache(sign_in_views.SignOutView.as_view()), name="wagtailadmin_logout"),
    path(
        "password_reset/",
        never_cache(sign_in_views.AskForPasswordView.as_view()),
        name="wagtailadmin_password_reset",
    ),
]

# Of those who are signed in, so that what they typed is kept if they are no longer.
for_signed_in = [
    path(
        "account/",
        never_cache(require_admin_access(sign_in_views.AccountView.as_view())),
        name="wagtailadmin_account",
    ),
]
