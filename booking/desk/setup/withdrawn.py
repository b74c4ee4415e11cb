"""What saving a practitioner or service says: whom it affects, and whether any time is left."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from booking.models import Appointment, Practitioner, ProposedTime, Service, ServiceAssignment
from booking.scheduling.availability import bookable_days
from booking.scheduling.query import AvailabilityQuery
from booking.scheduling.slots import offered_times


def count_affected_appointments(
    *, service: Service | None = None, practitioner: Practitioner | None = None
) -> int:
    """The visits to come, and requests without a time, that patients could book so no longer.

    Among them are those who are to choose from times of this practitioner.
    """
    standing = Appointment.objects.standing()
    proposed = ProposedTime.objects.filter(appointment=OuterRef("pk")).exclude(
        _is_bookable("appointment__service")
    )
    with_whom = Q()
    if practitioner:
        with_whom = Q(practitioner=practitioner)
        proposed = proposed.filter(practitioner=practitioner)
    if service:
        standing = standing.filter(service=service)
    ahead = Q(starts_at__gt=timezone.now()) | Q(starts_at=None)
    withdrawn = Q(practitioner__isnull=False) & ~_is_bookable("service")
    with_anybody = Q(practitioner=None, service__active=False)
    to_choose = Q(state=Appointment.State.PROPOSED) & Exists(proposed)
    return standing.filter((with_whom & ahead & (withdrawn | with_anybody)) | to_choose).count()


def _is_bookable(service: str) -> Exists:
    """Whether patients can book what a row names: `service`, its practitioner and its location."""
    return Exists(
        ServiceAssignment.objects.bookable().filter(
            practitioner=OuterRef("practitioner"),
            service=OuterRef(service),
            location=OuterRef("location"),
        )
    )


def warn_of_affected_appointments(request: HttpRequest, affected: int, **query: Any) -> None:
    if not affected:
        return
    text = ngettext(
        "%(count)s agreed or requested visit stands, and can be booked like this no longer. "
        "It stays as it is; please call the patient if it can’t take place.",
        "%(count)s agreed or requested visits stand, and can be booked like this no longer. "
        "They stay as they are; please call the patients if they can’t take place.",
        affected,
    ) % {"count": affected}
    url = f"{reverse('appointments:index')}?{urlencode(query, doseq=True)}"
    messages.warning(request, text, buttons=[messages.button(url, _("Show the visits"))])


def warn_of_nothing_to_book(request: HttpRequest, saved: Practitioner | Service) -> None:
    """Say if what has been saved as bookable leaves patients nothing to book."""
    if not saved.active or (isinstance(saved, Service) and saved.mode == Service.Mode.BY_PHONE):
        return
    if not saved.assignments.exists():
        why = _("No one offers this service yet, so patients won’t find any times.")
        if isinstance(saved, Practitioner):
            why = _("No services are chosen here yet, so patients can’t book this practitioner.")
        messages.warning(request, why)
    elif isinstance(saved, Practitioner) and not saved.weekly_hours.exists():
        messages.warning(request, _("No working hours are set yet, so no times can be booked."))
    else:
        _warn_of_no_room(request, saved)


def _warn_of_no_room(request: HttpRequest, saved: Practitioner | Service) -> None:
    """Name the services that are too long for the hours of whoever offers them."""
    if names := ", ".join(f"“{service}”" for service in _without_room(saved)):
        why = _("Patients won’t find any times for %(names)s: no one’s working hours leave room.")
        if isinstance(saved, Practitioner):
            why = _("Patients won’t find any times here for %(names)s: these hours leave no room.")
        messages.warning(request, why % {"names": names})


def _without_room(saved: Practitioner | Service) -> list[Service]:
    now, room = timezone.now(), dict[Service, bool]()
    for offer in saved.assignments.select_related("service", "location", "practitioner"):
        search = AvailabilityQuery(offer.service, offer.location, offer.practitioner)
        if search.is_offered and not offer.service.is_class:  # a class has its own dates
            room[offer.service] = room.get(offer.service, False) or _has_room(search, now)
    return [service for service, is_there in room.items() if not is_there]


def _has_room(search: AvailabilityQuery, now: datetime) -> bool:
    zone, visit = search.location.zone, search.visit
    first, last = bookable_days(date.min, date.max, zone=zone, visit=visit, now=now)
    return bool(offered_times(search, search.practitioners, first, last, now=now))
