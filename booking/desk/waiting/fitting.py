"""Whom a free time fits: from the calendar's open time, or from a visit that was called off."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booking.actions.waiting_list import suits_wishes
from booking.cells import cell_of, instant_of
from booking.desk.times import read_time, value_of
from booking.desk.waiting.access import WaitingMixin
from booking.desk.waiting.listing import SHOWN, WaitingRow, waiting_rows, with_details
from booking.models import Claim, Practitioner, ServiceAssignment, WaitingListEntry
from clinic_site.access_log.looks import note_looks
from clinic_site.clinic.models.locations import Location


class FitsView(WaitingMixin, TemplateView):
    """Those who could come then, in their order, each with a button that offers it."""

    template_name = "booking/desk/waiting/fits.html"
    page_title = _("Who fits this time?")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.asked is None:
            return redirect("waiting:index")
        return super().get(request, *args, **kwargs)

    @cached_property
    def asked(self) -> tuple[datetime, Practitioner] | None:
        try:
            time = read_time(self.request.GET.get("slot", ""))
        except ValidationError:
            return None
        return (time.starts_at, time.practitioner) if time.practitioner else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.asked is None:
            return context
        starts_at, practitioner = self.asked
        now = timezone.now()
        until = free_until(practitioner, starts_at, now)
        rows = who_fits(practitioner, starts_at, until, now)
        note_looks(row.appointment for row in rows)
        zone = _zone_of(practitioner, self.request.GET.get("location", ""))
        return context | {
            "practitioner": practitioner,
            "local": starts_at.astimezone(zone) if zone else starts_at,
            "is_past": starts_at <= now,
            "is_taken": until == starts_at,
            "rows": rows,
            "slot": value_of(starts_at, practitioner.pk),
            "may_change": self.may_change,
            "next": self.back,
        }


def who_fits(
    practitioner: Practitioner, starts_at: datetime, until: datetime | None, now: datetime
) -> list[WaitingRow]:
    """Those who wait for such a time with this person, and whose visit has room until then.

    Whether the person is at work is asked when it is offered.
    """
    does = ServiceAssignment.objects.filter(practitioner=practitioner)
    places = {(one.service_id, one.location_id) for one in does}
    wants = Q(appointment__practitioner=practitioner) | Q(any_practitioner=True)
    no_visit_or_later = Q(appointment__starts_at=None) | Q(appointment__starts_at__gt=starts_at)
    entries = (
        WaitingListEntry.objects.still_waiting(now)
        .filter(wants, no_visit_or_later, appointment__class_session=None)
        .filter(appointment__service__in={service for service, _place in places})
        .exclude(offers__state="open")
    )
    rows = waiting_rows(with_details(entries)[: 3 * SHOWN], now)
    return [row for row in rows if _fits(row, places, starts_at, until)][:SHOWN]


def _fits(
    row: WaitingRow, places: set[tuple[int, int]], starts_at: datetime, until: datetime | None
) -> bool:
    visit = row.appointment
    length = timedelta(minutes=visit.duration_minutes + visit.buffer_minutes)
    has_room = until is None or starts_at + length <= until
    there = (visit.service_id, visit.location_id) in places
    return there and has_room and suits_wishes(row.entry, starts_at.astimezone(visit.location.zone))


def free_until(practitioner: Practitioner, starts_at: datetime, now: datetime) -> datetime | None:
    """When the next thing of that person begins, within a day; the time itself if it is taken."""
    claims = Claim.objects.in_force(now).filter(
        practitioner=practitioner, cell__gte=cell_of(starts_at)
    )
    later = claims.between(starts_at, starts_at + timedelta(days=1))
    cell = later.aggregate(next=Min("cell"))["next"]
    return instant_of(cell) if cell else None


def _zone_of(practitioner: Practitioner, key: str) -> Any:
    places = Location.objects.all()
    if key.isdecimal() and len(key) < 10:
        places = places.filter(pk=key)
    place = places.first() or Location.objects.first()
    return place and place.zone
