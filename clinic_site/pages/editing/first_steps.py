"""The pages that an owner fills first."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinic_site.admin.first_steps import FirstStep
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.pages.models.home import HomePage


def edit_home() -> str:
    return _edit(HomePage.objects.order_by("pk").values_list("pk", flat=True).first())


def edit_notice() -> str:
    notices = ClinicDetails.objects.exclude(privacy_notice=None)
    return _edit(notices.values_list("privacy_notice", flat=True).first())


def _edit(page: int | None) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page]) if page else reverse("wagtailadmin_home")


STEPS = [
    FirstStep(
        30,
        _("Write your home page"),
        _("A headline, what you do, who will see people, where you are."),
        edit_home,
        lambda: HomePage.objects.exclude(latest_revision=None),
    ),
    FirstStep(
        40,
        _("Check the notice of privacy practices"),
        _("A model text is there as a draft. Have your lawyer read it, then publish it."),
        edit_notice,
        lambda: Page.objects.live().filter(
            pk__in=ClinicDetails.objects.values_list("privacy_notice")
        ),
    ),
]
