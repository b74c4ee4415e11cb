from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from clinic_site.admin.first_steps import FirstStep
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location, OpeningHours
from clinic_site.clinic.models.people import Person
from clinic_site.clinic.viewsets import LocationViewSet


@hooks.register("register_admin_viewset")
def register_locations() -> LocationViewSet:
    return LocationViewSet()


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return [
        FirstStep(
            10,
            _("Say where you are"),
            _("Address, phone, email, parking. Every page and email takes them from here."),
            lambda: reverse("location:index"),
            Location.objects.all,
        ),
        FirstStep(
            11,
            _("Set your opening hours"),
            _("They’re part of each location."),
            lambda: reverse("location:index"),
            OpeningHours.objects.all,
        ),
        FirstStep(
            12,
            _("Name your clinic"),
            _("Its name, tagline and main location."),
            lambda: reverse("wagtailsettings:edit", args=["clinic", "clinicdetails"]),
            lambda: ClinicDetails.objects.exclude(location=None),
        ),
        FirstStep(
            20,
            _("Introduce your people"),
            _("Whoever treats patients or writes: name, training, a photo."),
            lambda: reverse("wagtailsnippets_clinic_person:list"),
            Person.objects.all,
        ),
    ]
