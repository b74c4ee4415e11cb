"""Finding free times asks the database little, however far it looks."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking.models import Service
from booking.scheduling.slots import (
    AvailabilityQuery,
    free_times,
    free_times_of_week,
    nearest_free_times,
    next_free_times,
)
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import MONDAY_MORNING, at, make_practitioner

MONDAY = date(2027, 1, 4)


def test_a_week_shows_who_is_free_when_and_the_nearest_times_follow_from_it(
    service: Service,
) -> None:
    robin, dana = (make_practitioner(name, service) for name in ("Robin Alvarez", "Dana W."))
    dana.weekly_hours.exclude(weekday=2).delete()
    search = AvailabilityQuery(service, Location.objects.get())
    days = dict(free_times_of_week(search, MONDAY, now=MONDAY_MORNING))
    assert [len(days[MONDAY + timedelta(days=n)]) for n in range(7)] == [0, 29, 29, 29, 29, 0, 0]
    assert days[MONDAY + timedelta(days=2)][0].practitioners == (dana.pk, robin.pk)
    assert next_free_times(search, now=MONDAY_MORNING, count=1)[0].local == at(5, 9)
    assert [
        slot.local for slot in nearest_free_times(search, at(9, 12), now=MONDAY_MORNING, count=1)
    ] == [at(8, 16)]


def test_a_search_asks_at_most_six_times(service: Service) -> None:
    for n in range(5):
        make_practitioner(f"Person {n}", service).weekly_hours.update(first_day=date(2027, 2, 15))
    search = AvailabilityQuery(service, Location.objects.get())
    with CaptureQueriesContext(connection) as far:
        assert len(next_free_times(search, now=MONDAY_MORNING)) == 6
    with CaptureQueriesContext(connection) as whole:
        assert free_times(search, MONDAY, MONDAY + timedelta(days=60), now=MONDAY_MORNING)
    assert len(far) <= 6
    assert len(whole) <= 4


def test_what_is_hidden_or_by_phone_only_is_free_to_the_desk_alone(service: Service) -> None:
    make_practitioner("Robin Alvarez", service)
    for change in ({"active": False}, {"active": True, "mode": Service.Mode.BY_PHONE}):
        for name, value in change.items():
            setattr(service, name, value)
        location = Location.objects.get()
        assert not next_free_times(AvailabilityQuery(service, location), now=MONDAY_MORNING)
        assert next_free_times(
            AvailabilityQuery(service, location, by_desk=True), now=MONDAY_MORNING
        )
