"""Who may see patients' records, and what their screens have in common."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.permissions import ModelPermissionPolicy

from booking.desk.access import DeskMixin
from booking.models import Patient
from booking.patients.search import Found
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.pages.context import shared_context_of
from clinic_site.privacy.encryption import CannotDecrypt, decrypt, encrypt
from clinic_site.search.words import MAX_QUERY

PATIENTS = ModelPermissionPolicy(Patient)
SEARCH = "s"  # in the address, what is looked for, encrypted: it is a name as often as not
_PLACE = "booking.patients.search"
STALE = _("Someone else just changed this record. Please look at it again.")


class PatientsMixin(DeskMixin, TemplateView):
    """A screen about patients."""

    permission_policy = PATIENTS
    header_icon = "group"

    request: HttpRequest

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("patients:index"), "label": _("Patients")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        location = shared_context_of(self.request).clinic.location
        zone = location.time_zone if location else settings.TIME_ZONE
        return context | {"clinic_zone": zone}  # on whose clock visits are told

    @property
    def user(self) -> User:
        return cast(User, self.request.user)


def patient_or_404(pk: int | str) -> Patient:
    """Return the record that stands for a patient. Raises Http404."""
    records = Patient.objects.records().with_bookers()
    return records.filter(pk=pk).first() or get_object_or_404(records, merged=pk)


def address_with(address: str, text: str) -> str:
    """Return the address of a screen that looks for `text`, in which nobody reads it."""
    if not text.strip():
        return address
    return f"{address}?{SEARCH}={encrypt(text[:MAX_QUERY], place=_PLACE)}"


def looked_for(request: HttpRequest) -> str:
    """Return what an address looks for; nothing if no screen has made it."""
    try:
        return decrypt(request.GET.get(SEARCH, ""), place=_PLACE)
    except CannotDecrypt:
        return ""


def note_found(found: Found, *, renews: bool = False) -> None:
    """Note that the answer shows what a search has found."""
    note_looks([one.patient for one in found.patients], renews=renews)
    note_looks(found.bookings, renews=renews)
