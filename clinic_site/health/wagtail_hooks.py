from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic_site.admin.first_steps import FirstStep
from clinic_site.backups.writing import JOB
from clinic_site.health.permissions import SEE_HEALTH
from clinic_site.health.views import HealthView
from clinic_site.jobs.models import JobStatus


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("health/", HealthView.as_view(), name="health")]


class HealthMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE_HEALTH)


@hooks.register("register_reports_menu_item")
def register_health() -> MenuItem:
    return HealthMenuItem(
        _("Health"), reverse("health"), name="health", icon_name="tick-inverse", order=90
    )


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return [
        FirstStep(
            50,
            _("Have backups made"),
            _("Ask whoever runs the server for one each night. This step is done after the first."),
            lambda: reverse("health"),
            lambda: JobStatus.objects.filter(name=JOB).exclude(succeeded_at=None),
        )
    ]
