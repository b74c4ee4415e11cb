"""Whom a free time fits: from the calendar's open time, or from a visit that was called off."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booking.cells import cell_of, instant_of
from booking.desk.times import read_time, value_of
from booking.desk.waiting.listing import WaitingRowsMixin
from booking.models import (
    Claim,
    ClassSession,
    Practitioner,
    ServiceAssignment,
    WaitingListEntry,
)
from booking.parts_of_day import PartOfDay
from clinic_site.clinic.models.locations import Location


class FitsView(WaitingRowsMixin, TemplateView):
    """Those who could come then, in their order, each with a button that offers it."""

    template_name = "booking/desk/waiting/fits.html"
    page_title = _("Who fits this time?")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.asked is None:
            return redirect("waiting:index")
        if session := self.class_then():
            return redirect(f"{reverse('classes:date', args=[session.pk])}#waits")
        return super().get(request, *args, **kwargs)

    @cached_property
    def asked(self) -> tuple[datetime, Practitioner] | None:
        try:
            time = read_time(self.request.GET.get("slot", ""))
        except ValidationError:
            return None
        return (time.starts_at, time.practitioner) if time.practitioner else None

    def class_then(self) -> ClassSession | None:
        """The class that this person gives then: who waits for a seat stands on its own page."""
        assert self.asked  # noqa: S101 - asked before
        starts_at, practitioner = self.asked
        meets = ClassSession.objects.open().filter(practitioner=practitioner, starts_at=starts_at)
        return meets.first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.asked is None:
            return context
        starts_at, practitioner = self.asked
        now = timezone.now()
        until = free_until(practitioner, starts_at, now)
        zone = _zone_of(practitioner, self.request.GET.get("location", ""))
        return context | {
            "practitioner": practitioner,
            "local": starts_at.astimezone(zone) if zone else starts_at,
            "is_past": starts_at <= now,
            "is_taken": until == starts_at,
            **self.rows_of(who_fits(practitioner, starts_at, until, now), now),
            "slot": value_of(starts_at, practitioner.pk),
            "next": self.back,
        }


def who_fits(
    practitioner: Practitioner, starts_at: datetime, until: datetime | None, now: datetime
) -> Any:  # of WaitingListEntry, as its queryset has them
    """Those who wait for such a time with this person, and whose visit has room until then.

    Whether the person is at work is asked when it is offered.
    """
    wants = Q(appointment__practitioner=practitioner) | Q(any_practitioner=True)
    no_visit_or_later = Q(appointment__starts_at=None) | Q(appointment__starts_at__gt=starts_at)
    entries = (
        WaitingListEntry.objects.still_waiting(now)
        .filter(wants, no_visit_or_later, appointment__class_session=None)
        .filter(_suits(practitioner, starts_at))
        .exclude(offers__state="open")
    )
    if until is None:
        return entries
    room = (until - starts_at).total_seconds() // 60
    minutes = F("appointment__duration_minutes") + F("appointment__buffer_minutes")
    return entries.alias(minutes=minutes).filter(minutes__lte=room)


def _suits(practitioner: Practitioner, starts_at: datetime) -> Q:
    """What this person does at each place, on days and in a part of them that are wished."""
    services = defaultdict(list)
    does = ServiceAssignment.objects.filter(practitioner=practitioner).select_related("location")
    for one in does:
        services[one.location].append(one.service_id)
    found = Q(pk__in=[])
    for location, theirs in services.items():
        local = starts_at.astimezone(location.zone)
        day = local.date()
        parts = [part for part in PartOfDay if part.includes(local.time())]
        found |= (
            Q(appointment__location=location, appointment__service__in=theirs)
            & Q(Q(first_day=None) | Q(first_day__lte=day))
            & Q(Q(last_day=None) | Q(last_day__gte=day))
            & Q(part_of_day__in=parts)
        )
    return found


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
