"""Before the sign-in of `clinic_site.accounts`, whose address and name the first of them has."""

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from clinic_site.second_factor import views
from clinic_site.second_factor.sign_in import TwoStepSignInView

two_step = [
    path("code/", views.code, name="code"),
    path("set-up/", views.set_up, name="set_up"),
    path("", require_admin_access(views.overview), name="overview"),
    path("recovery-codes/", require_admin_access(views.renew_codes), name="renew_codes"),
    path("sign-ins/end/", require_admin_access(views.end_others), name="end_others"),
    path("sign-ins/<int:pk>/end/", require_admin_access(views.end_sign_in), name="end_sign_in"),
    path("password/", require_admin_access(views.identify), name="identify"),
    path("reset/<int:pk>/", require_admin_access(views.reset), name="reset"),
]

urlpatterns = [
    path("login/", never_cache(TwoStepSignInView.as_view()), name="wagtailadmin_login"),
    path("two-step/", include((two_step, "second_factor"))),
]
