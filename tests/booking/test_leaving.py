"""A practitioner leaves: visits go to whoever can have them at the same time, the others stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking.actions.calendars.calendar_feeds import open_feed
from booking.models import Appointment, CalendarFeed, Practitioner
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.staff.duties import duties
from clinic_site.staff.leaving import leave, take_leaving_back
from tests.booking.factories import at, book, make_practitioner, make_service
from tests.factories import make_clinic, make_user
from tests.outbox import emails_to

pytestmark = pytest.mark.django_db

JO = "jo@patient.example"


@pytest.fixture
def owner() -> User:
    make_clinic()
    return make_user(Role.OWNERS)  # type: ignore[return-value]


@pytest.fixture
def dana(owner: User) -> Practitioner:
    found = make_practitioner("Dana Whitfield", make_service())
    found.person.account = make_user(Role.PRACTITIONERS)  # type: ignore[assignment]
    found.person.save()
    return found


def visit(owner: User, practitioner: Practitioner, day: int, hour: int) -> Appointment:
    service = practitioner.assignments.get().service
    return book(service, at(day, hour), practitioner=practitioner, by=owner, email=JO)


def whose(appointment: Appointment) -> Practitioner | None:
    return Appointment.objects.get(pk=appointment.pk).practitioner


def test_visits_go_to_whoever_is_free_and_patients_are_told(
    owner: User, dana: Practitioner
) -> None:
    robin = make_practitioner("Robin Roe", dana.assignments.get().service)
    free, taken = visit(owner, dana, 6, 10), visit(owner, dana, 6, 12)
    other = visit(owner, robin, 6, 12)
    leave(dana.person.account.pk, {"calendar": robin.person}, by=owner)
    assert [whose(each) for each in (free, taken, other)] == [robin, dana, robin]
    assert Appointment.objects.get(pk=free.pk).starts_at == at(6, 10)
    assert "With Robin Roe" in emails_to(JO).latest("pk").text
    dana.refresh_from_db()
    assert not dana.active


def test_nobody_reads_the_calendar_of_whoever_has_left(owner: User, dana: Practitioner) -> None:
    open_feed(dana, by=owner)
    leave(dana.person.account.pk, {}, by=owner)
    assert not CalendarFeed.objects.usable(timezone.now() + timedelta(seconds=1)).exists()


def test_taken_back_they_are_booked_again_and_it_is_said_what_stays(
    owner: User, dana: Practitioner
) -> None:
    robin = make_practitioner("Robin Roe", dana.assignments.get().service)
    moved = visit(owner, dana, 6, 10)
    leave(dana.person.account.pk, {"calendar": robin.person}, by=owner)
    (said,) = take_leaving_back(dana.person.account.pk, by=owner)
    assert said.startswith("1 visit stays with the person who took it over")
    dana.refresh_from_db()
    assert dana.active
    assert whose(moved) == robin


def test_it_is_said_what_they_have(owner: User, dana: Practitioner) -> None:
    visit(owner, dana, 6, 10)
    open_feed(dana, by=owner)
    (calendars,) = (duty for duty in duties() if duty.key == "calendar")
    assert calendars.held(dana.person) == [
        "1 visit to come is with them.",
        "Patients can book them. That ends.",
        "Their own calendar reads this one. That ends.",
    ]
