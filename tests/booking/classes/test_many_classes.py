"""Two hundred classes in a week cost no query more than two."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.models import ClassSession, Practitioner, Seat, Service
from booking.scheduling.class_dates import upcoming_class_dates
from booking.scheduling.query import AvailabilityQuery
from clinic_site.clinic.models.locations import Location
from tests.booking.classes.factories import fill, make_session, wait
from tests.booking.factories import at

DESK = ["/admin/classes/?day=2027-01-04", "/admin/calendar/?view=week&day=2027-01-04"]
SCREENS = [*DESK, "/admin/numbers/?month=2027-01", "/admin/waiting/"]


def two_hundred(session: ClassSession) -> None:
    """As many more in that week, with their seats, of people whose time nobody asks about."""
    fields = {
        field.attname: getattr(session, field.attname)
        for field in ClassSession._meta.concrete_fields
        if not field.primary_key
    }
    rows = []
    for number in range(200):
        starts_at = at(4, 6) + timedelta(days=number % 5, minutes=15 * (number // 5))
        ends_at = starts_at + timedelta(minutes=50)
        rows.append(ClassSession(**fields | {"starts_at": starts_at, "ends_at": ends_at}))
    ClassSession.objects.bulk_create(rows)
    made = ClassSession.objects.exclude(pk=session.pk).filter(seat_rows=None)
    Seat.objects.bulk_create(Seat(session=each, number=n) for each in made for n in range(6))


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what stands on every page is read once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_two_hundred_classes_a_week_take_as_many_queries_as_two(
    desk: Client, group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    make_session(group_class, theo, at(7, 9))
    fill(group_class)
    wait(session, 7)
    few = [queries_of(desk, address) for address in SCREENS]
    two_hundred(session)
    assert ClassSession.objects.count() == 202
    assert [queries_of(desk, address) for address in SCREENS] == few
    assert max(few) <= 30


@pytest.mark.parametrize("by_desk", [False, True])
def test_the_dates_of_two_hundred_classes_are_read_in_three_queries(
    group_class: Service, session: ClassSession, by_desk: bool
) -> None:
    two_hundred(session)
    search = AvailabilityQuery(group_class, Location.objects.get(), by_desk=by_desk)
    upcoming_class_dates(search, now=timezone.now())
    with CaptureQueriesContext(connection) as asked:
        found = upcoming_class_dates(search, now=timezone.now(), count=None)
    assert len(found) > 100
    assert len(asked) <= 4
