"""What an owner sets up before anybody can book."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from booking.models import Service, ServiceAssignment, WeeklyHours
from clinic_site.admin.first_steps import FirstStep

STEPS = [
    FirstStep(
        25,
        _("List your services"),
        _("What people can book, how long it takes and what it costs."),
        lambda: reverse("services:index"),
        Service.objects.all,
    ),
    FirstStep(
        26,
        _("Say who does what"),
        _("Make a practitioner of each person who treats patients."),
        lambda: reverse("practitioners:index"),
        ServiceAssignment.objects.all,
    ),
    FirstStep(
        27,
        _("Set their hours"),
        _("Free times come from them. They’re on each practitioner’s page."),
        lambda: reverse("practitioners:index"),
        WeeklyHours.objects.all,
    ),
]
