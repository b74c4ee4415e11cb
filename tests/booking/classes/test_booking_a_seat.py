"""A class is booked online like anything else: by its dates, with the seats that are left."""

from typing import Any

import pytest
from django.test import Client

from booking.actions.classes.sessions import cancel_session
from booking.actions.classes.waiting import offer_free_seats
from booking.actions.visits import cancel_by_patient
from booking.formatting import instant
from booking.manage_links import issue_link
from booking.models import (
    Appointment,
    ClassSession,
    Practitioner,
    Seat,
    Service,
    ServicePage,
    ServicesPage,
)
from clinic_site.accounts.models import User
from clinic_site.pages.models import HomePage
from tests.booking.classes.factories import (
    NEXT_WEDNESDAY,
    WEDNESDAY,
    fill,
    join,
    make_session,
    taken_seats,
)
from tests.booking.factories import MONDAY_MORNING, begin, press_send, said, see, send, was_sent


@pytest.fixture
def following(group_class: Service, theo: Practitioner, session: ClassSession) -> ClassSession:
    return make_session(group_class, theo, NEXT_WEDNESDAY)


def seat_form(service: Service, **changes: Any) -> dict[str, Any]:
    """What somebody answers who books a seat this Wednesday."""
    answers = {
        "service": str(service.pk),
        "starts_at": instant(WEDNESDAY),
        "name": "Jo O’Brien",
        "phone": "(805) 555-0123",
        "email": "jo@patient.example",
        "new_patient": "no",
    }
    return answers | changes


def link_of(visit: Appointment) -> str:
    return f"/book/mine/{issue_link(visit, rotate=False)}/"


def test_the_dates_are_shown_with_the_seats_left_and_a_full_one_with_its_waiting_list(
    client: Client, group_class: Service, following: ClassSession
) -> None:
    fill(group_class, 6)
    join(group_class, 7, NEXT_WEDNESDAY)
    page = said(see(client, {"service": str(group_class.pk)}, "time"))
    assert "Wed, Jan 6, 9:00 AM Full: join the waiting list" in page
    assert "Wed, Jan 13, 9:00 AM 5 seats left" in page
    assert "Who would you like to see" not in page


def test_a_seat_is_booked_and_confirmed_at_once(
    client: Client, group_class: Service, session: ClassSession
) -> None:
    assert was_sent(send(client, seat_form(group_class)))
    visit = Appointment.objects.get()
    assert (visit.state, visit.starts_at, visit.class_session) == ("confirmed", WEDNESDAY, session)
    assert visit.seat.session == session


def test_a_child_is_booked_beside_a_parent_and_nobody_twice(
    client: Client, group_class: Service, session: ClassSession
) -> None:
    assert was_sent(send(client, seat_form(group_class)))
    assert was_sent(send(client, seat_form(group_class, visitor_name="Leo O’Brien")))
    request = begin(client, seat_form(group_class, note="Again"))
    answer = press_send(client, request)
    assert not was_sent(answer)
    page = client.get(f"{request}check/", follow=True)
    assert "already has a seat in this class" in said(page)
    assert "Jo O’Brien" in said(page)
    assert taken_seats(session) == 2


def test_who_comes_too_late_for_the_last_seat_keeps_what_they_typed_and_sees_other_dates(
    client: Client, group_class: Service, following: ClassSession
) -> None:
    request = begin(client, seat_form(group_class, note="By the window, please."))
    seen = client.get(f"{request}check/").context["seen"]
    fill(group_class)
    answer = client.post(f"{request}send/", {"seen": seen}, follow=True)
    page = said(answer)
    assert "The last seat was just taken" in page
    assert "The closest dates with seats Wed, Jan 13, 9:00 AM 6 seats left" in page
    client.post(f"{request}time/", {"starts_at": instant(NEXT_WEDNESDAY)})
    assert "By the window, please." in said(client.get(f"{request}check/"))
    assert was_sent(press_send(client, request))
    assert taken_seats(following) == 1


def test_who_books_a_class_that_is_canceled_meanwhile_sees_other_dates(
    client: Client, group_class: Service, session: ClassSession, following: Any, staff: User
) -> None:
    request = begin(client, seat_form(group_class))
    cancel_session(session, by=staff)
    page = said(client.get(f"{request}check/", follow=True))
    assert "This class isn’t on anymore" in page
    assert "Wed, Jan 13, 9:00 AM 6 seats left" in page


def test_the_seventh_joins_the_waiting_list_and_takes_the_seat_by_link(
    client: Client, group_class: Service, session: ClassSession
) -> None:
    visits = fill(group_class)
    form = seat_form(group_class, waits_for=instant(WEDNESDAY))
    del form["starts_at"]
    request = begin(client, form)
    check = said(client.get(f"{request}check/", follow=True))
    assert "Waiting list for Wednesday, January 6, 2027, 9:00 AM PST" in check
    answer = press_send(client, request)
    assert was_sent(answer)
    assert "You’re on the waiting list" in said(client.get(answer["Location"]))
    seventh = Appointment.objects.get(state="requested")
    assert "Waiting list for" in said(client.get(link_of(seventh)))
    cancel_by_patient(visits[0])
    offer_free_seats(MONDAY_MORNING)
    link = link_of(seventh)
    page = said(client.get(link))
    assert "A seat opened up for you" in page
    client.post(f"{link}accept/", {"time": instant(WEDNESDAY)})
    seventh.refresh_from_db()
    assert (seventh.state, taken_seats(session)) == ("confirmed", 6)


def test_nobody_is_put_on_the_list_of_a_class_that_has_a_seat(
    client: Client, group_class: Service, session: ClassSession
) -> None:
    form = seat_form(group_class, waits_for=instant(WEDNESDAY))
    del form["starts_at"]
    page = said(see(client, form))
    assert "A seat has opened up in this class" in page


def test_the_seat_is_swapped_and_given_back_by_link(
    client: Client, group_class: Service, session: ClassSession, following: ClassSession
) -> None:
    visit = join(group_class)
    link = link_of(visit)
    assert "Swap to another date" in said(client.get(link))
    page = said(client.get(f"{link}move/"))
    assert "Wed, Jan 6, 9:00 AM your date now" in page
    assert "Wed, Jan 13, 9:00 AM 6 seats left" in page
    check = client.get(f"{link}move/", {"starts_at": instant(NEXT_WEDNESDAY)})
    assert "Move to this time?" in said(check)
    moved = {"starts_at": instant(NEXT_WEDNESDAY), "version": visit.version}
    client.post(f"{link}move/", moved)
    assert (taken_seats(session), taken_seats(following)) == (0, 1)
    visit.refresh_from_db()
    link = link_of(visit)
    client.post(f"{link}cancel/", {"version": visit.version})
    assert taken_seats(following) == 0


def test_nobody_swaps_into_a_class_that_they_come_to_already(
    client: Client, group_class: Service, session: ClassSession, following: ClassSession
) -> None:
    visit = join(group_class)
    join(group_class, 1, NEXT_WEDNESDAY)
    link = link_of(visit)
    moved = {"starts_at": instant(NEXT_WEDNESDAY), "version": visit.version}
    answer = client.post(f"{link}move/", moved, follow=True)
    assert "You already have a seat in that class" in said(answer)
    assert (taken_seats(session), taken_seats(following)) == (1, 1)


def test_a_full_date_is_no_choice_for_whoever_swaps(
    client: Client, group_class: Service, following: ClassSession
) -> None:
    Seat.objects.filter(session=following).exclude(number=1).delete()
    ClassSession.objects.filter(pk=following.pk).update(seats=1)
    join(group_class, 2, NEXT_WEDNESDAY)
    link = link_of(join(group_class))
    assert "Wed, Jan 13, 9:00 AM Full" in said(client.get(f"{link}move/"))
    page = said(client.get(f"{link}move/", {"starts_at": instant(NEXT_WEDNESDAY)}))
    assert "The last seat was just taken" in page


def test_nobody_in_a_class_is_asked_whether_they_would_come_earlier(
    client: Client, group_class: Service, session: ClassSession
) -> None:
    link = link_of(join(group_class))
    assert "Want an earlier time?" not in said(client.get(link))
    client.post(f"{link}waiting-list/", {"part_of_day": "any"})
    assert not hasattr(Appointment.objects.get(), "waiting_list_entry")


def test_the_page_of_a_class_shows_its_next_dates(
    client: Client, group_class: Service, following: ClassSession
) -> None:
    fill(group_class)
    index = HomePage.objects.get().add_child(instance=ServicesPage(title="S", slug="services"))
    index.add_child(
        instance=ServicePage(
            title="Class", slug="class", service=group_class, introduction="<p>Six of us.</p>"
        )
    )
    page = said(client.get("/services/class/"))
    assert "Wed, Jan 6, 9:00 AM : full, with a waiting list" in page
    assert "Wed, Jan 13, 9:00 AM : 6 seats left" in page
    cancel_by_patient(Appointment.objects.all()[0])
    assert "Wed, Jan 6, 9:00 AM : 1 seat left" in said(client.get("/services/class/"))
