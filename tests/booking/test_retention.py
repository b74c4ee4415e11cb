"""What hangs on appointments goes once it is of no use, and not before."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from booking.actions.calendars.calendar_feeds import open_feed, revoke_feed
from booking.actions.personal_data.retention import delete_expired
from booking.actions.visits import cancel_appointment
from booking.actions.waiting_list import join_waiting_list, offer_freed_times
from booking.manage_links import find_appointment, issue_link
from booking.models import (
    Appointment,
    CalendarFeed,
    FreedTime,
    ManageLink,
    Service,
    WaitingListEntry,
    WaitingListOffer,
)
from clinic_site.accounts.models import User
from clinic_site.privacy.retention import end_what_is_over
from tests.booking.factories import at, book, make_practitioner


@pytest.fixture
def visit(service: Service, staff: User) -> Appointment:
    make_practitioner("Robin Alvarez", service)
    return book(service, at(12, 10), by=staff)


def forget() -> None:
    delete_expired(timezone.now())
    end_what_is_over(timezone.now())


def test_links_go_once_they_open_nothing(visit: Appointment, clock: time_machine.Traveller) -> None:
    issue_link(visit)
    token = issue_link(visit)
    forget()
    assert ManageLink.objects.count() == 1
    clock.move_to(at(12, 11) + timedelta(days=30, seconds=-1))
    forget()
    assert find_appointment(token, now=timezone.now()) == visit
    clock.shift(timedelta(seconds=1))
    forget()
    assert not ManageLink.objects.exists()


def test_the_waiting_list_is_forgotten_thirty_days_after(
    visit: Appointment, service: Service, staff: User, clock: time_machine.Traveller
) -> None:
    early = book(service, at(6, 10), by=staff)
    join_waiting_list(visit)
    cancel_appointment(early, by=staff)
    offer_freed_times(timezone.now())
    clock.move_to(at(7, 9))
    offer_freed_times(timezone.now())
    forget()
    assert WaitingListOffer.objects.count() == WaitingListEntry.objects.count() == 1
    clock.move_to(at(12, 11) + timedelta(days=30))
    forget()
    assert not WaitingListEntry.objects.exists()
    assert not FreedTime.objects.exists()
    assert Appointment.objects.filter(pk=visit.pk).exists()


def test_a_revoked_feed_is_forgotten_an_open_one_stays(
    visit: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    assert visit.practitioner is not None
    open_feed(visit.practitioner, by=staff)
    revoke_feed(CalendarFeed.objects.get(), by=staff)
    open_feed(visit.practitioner, by=staff)
    clock.shift(timedelta(days=31))
    forget()
    assert CalendarFeed.objects.usable(timezone.now()).count() == CalendarFeed.objects.count() == 1
