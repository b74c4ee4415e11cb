"""A clinic of twenty with 100,000 appointments, and one of twenty that has just opened."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, product
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.rows import Row
from bench.site import Site
from booking.cells import cell_of
from booking.models import Appointment, Claim, Practitioner, Service
from booking.scheduling.slots import AvailabilityQuery, free_times, next_free_times
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import make_practitioner, make_service

PEOPLE, APPOINTMENTS, DAYS = 20, 100_000, 60
ROUNDS = 7
# Starts of a working day, of which the coming days have about two of three taken.
HOURS = range(9, 17)


def measure(site: Site) -> Iterator[Row]:
    location = Location.objects.get()
    busy, new = (_open_clinic(name) for name in ("Busy", "New"))
    _fill(busy, location)
    now = timezone.now()
    today = timezone.localdate(timezone=location.zone)
    until = today + timedelta(days=DAYS - 1)
    searches = {"busy": AvailabilityQuery(busy, location), "new": AvailabilityQuery(new, location)}

    def search(name: str) -> Callable[[], object]:
        return lambda: free_times(searches[name], today, until, now=now)

    found = {name: len(free_times(searches[name], today, until, now=now)) for name in searches}
    yield Row(
        f"free times in {DAYS} days, {APPOINTMENTS:,} appointments, of none: processor time",
        f"{_ratio(search('busy'), search('new')):.2f} ×",
        "≤ 5 ×",
    )
    yield Row("such times found, of those in an empty calendar", f"{found['busy']}/{found['new']}")
    yield Row("free times: queries", str(_queries(search("busy"))), "≤ 6")
    soon = _queries(lambda: next_free_times(searches["busy"], now=now))
    yield Row("next free times: queries", str(soon), "≤ 6")
    yield from _measure_week(today)


def _measure_week(today: date) -> Iterator[Row]:
    owner = get_user_model().objects.create_superuser("bench", "bench@clinic.example", "bench")
    full, empty = (
        _week_page(owner, day) for day in (today + timedelta(days=7), today + timedelta(days=700))
    )
    full(), empty()
    yield Row("calendar week of forty people: queries", str(_queries(full)), "≤ 25")
    yield Row("such a week, of an empty one: processor time", f"{_ratio(full, empty):.2f} ×")


def _week_page(owner: User, day: date) -> Callable[[], object]:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(owner)

    def read() -> None:
        page = client.get(f"/admin/calendar/?view=week&day={day}")
        if page.status_code != 200:
            raise RuntimeError(f"the calendar answered {page.status_code}")

    return read


def _open_clinic(name: str) -> Service:
    service = make_service(f"{name} service", duration_minutes=45, buffer_minutes=5)
    for number in range(PEOPLE):
        make_practitioner(f"{name} Person {number}", service)
    return service


@transaction.atomic
def _fill(service: Service, location: Location) -> None:
    """Fill the coming sixty days for two of three, and as many past ones as there have to be."""
    people = list(Practitioner.objects.providing(service, location))
    starts = islice(_starts(people, location.zone), APPOINTMENTS)
    visits = [
        Appointment(
            reference=f"V{number}",
            idempotency_key=f"bench {number}",
            state=Appointment.State.CONFIRMED,
            location=location,
            service=service,
            practitioner=person,
            service_name=service.name,
            duration_minutes=45,
            buffer_minutes=5,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=45),
            name="Jo O’Brien",
            phone="+18055550123",
            new_patient=False,
        )
        for number, (person, begins) in enumerate(starts)
    ]
    stored = Appointment.objects.bulk_create(visits, batch_size=2000)
    Claim.objects.bulk_create(
        (
            Claim(practitioner_id=visit.practitioner_id, cell=cell, appointment=visit)
            for visit in stored
            if visit.starts_at
            for cell in range(cell_of(visit.starts_at), cell_of(visit.starts_at) + 10)
        ),
        batch_size=5000,
    )


def _starts(people: list[Practitioner], zone: ZoneInfo) -> Iterator[tuple[Practitioner, datetime]]:
    day = timezone.localdate(timezone=zone) + timedelta(days=DAYS)
    number = 0
    while True:
        day -= timedelta(days=1)
        if day.weekday() > 4:
            continue
        for person, hour in product(people, HOURS):
            number += 1
            if number % 3:
                yield person, datetime.combine(day, time(hour), zone).astimezone(UTC)


def _ratio(one: Callable[[], object], other: Callable[[], object]) -> float:
    """How much longer `one` takes: the median of rounds that do both in turn."""
    return median(_seconds(one) / _seconds(other) for _round in range(ROUNDS))


def _seconds(action: Callable[[], object]) -> float:
    before = process_time()
    action()
    return process_time() - before


def _queries(action: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        action()
    return len(asked)
