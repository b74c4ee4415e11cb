"""What saving a practitioner or service says: whom it affects, and whether any time is left."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from booking.models import Appointment, Practitioner, Service, ServiceAssignment


def count_affected_appointments(**whose: Any) -> int:
    """The visits to come, and requests without a time, that patients could book so no longer."""
    offered = ServiceAssignment.objects.bookable().filter(
        practitioner=OuterRef("practitioner"),
        service=OuterRef("service"),
        location=OuterRef("location"),
    )
    ahead = Q(starts_at__gt=timezone.now()) | Q(starts_at=None)
    withdrawn = Q(practitioner__isnull=False) & ~Exists(offered)
    with_anybody = Q(practitioner=None, service__active=False)
    standing = Appointment.objects.standing().filter(ahead, **whose)
    return standing.filter(withdrawn | with_anybody).count()


def warn_of_affected_appointments(request: HttpRequest, affected: int, **query: Any) -> None:
    if not affected:
        return
    text = ngettext(
        "%(count)s agreed or requested visit stands, and can be booked like this no longer. "
        "It stays as it is; please call the patient if it cannot take place.",
        "%(count)s agreed or requested visits stand, and can be booked like this no longer. "
        "They stay as they are; please call the patients if they cannot take place.",
        affected,
    ) % {"count": affected}
    url = f"{reverse('appointments:index')}?{urlencode(query, doseq=True)}"
    messages.warning(request, text, buttons=[messages.button(url, _("Show the visits"))])


def warn_of_nothing_to_book(request: HttpRequest, saved: Practitioner | Service) -> None:
    """Say if what has been saved as bookable leaves patients nothing to book."""
    if not saved.active or (isinstance(saved, Service) and saved.mode == Service.Mode.BY_PHONE):
        return
    if not saved.assignments.exists():
        why = _("Nobody is down for this service yet, so patients find no times for it.")
        if isinstance(saved, Practitioner):
            why = _("No service is chosen here yet, so patients cannot book this practitioner.")
        messages.warning(request, why)
    elif isinstance(saved, Practitioner) and not saved.weekly_hours.exists():
        messages.warning(request, _("No working hours are given yet, so no time can be booked."))
