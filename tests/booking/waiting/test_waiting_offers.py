"""The desk offers a time to whom it fits, by email or by phone, and takes it back."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from booking.actions.visits import cancel_appointment
from booking.actions.waiting.callers import TimeWished
from booking.actions.waiting_list import accept_offer, join_waiting_list, offer_freed_times
from booking.models import (
    Appointment,
    CallTask,
    Practitioner,
    Service,
    WaitingListOffer,
)
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, said
from tests.booking.waiting.factories import WAITING, call_in, fits, names, press, slot, undo
from tests.looks import key_of_row, lines_of
from tests.outbox import emails_to


def test_a_time_is_offered_by_email_to_whom_it_fits(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    email = "kim@patient.example"
    kim = call_in(service, user, email=email, wished=TimeWished(part_of_day="morning"))
    call_in(service, user, "Ann Noon", wished=TimeWished(part_of_day="afternoon"))
    call_in(service, user, "Lou Later", wished=TimeWished(first_day=date(2027, 1, 7)))
    booked = book(service, at(20, 9), by=user, name="Ed Early", email="ed@patient.example")
    join_waiting_list(booked)
    assert names(fits(desk, robin)) == ["Kim Park", "Ed Early"]
    page = press(desk, kim, "offer", slot=slot(robin))
    assert "Offered to Kim Park by email" in said(page)
    assert "Offered Wednesday, January 6, 2027, 10:00 AM PST with Robin Alvarez" in said(page)
    assert "held until Monday, January 4, 2027, 1:00 PM PST" in said(page)
    told = emails_to(email).get()
    assert "A time for you" in told.subject
    assert "you stay on the list" in " ".join(told.text.split())
    assert "taken, or held" in said(fits(desk, robin))


def test_words_that_name_somebody_are_a_look(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    kim = call_in(service, user)
    desk.post(f"{WAITING}{kim.pk}/offer/", {"slot": slot(robin)})
    assert lines_of(user) == {key_of_row(kim.appointment)}


def test_who_has_a_phone_alone_gets_a_call_and_takes_it_on_the_phone(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    kim = call_in(service, user)
    page = press(desk, kim, "offer", slot=slot(robin))
    assert "The call is among the calls to make." in said(page)
    assert CallTask.objects.get().reason == "no_email"
    offer = WaitingListOffer.objects.get()
    page = desk.post(f"{WAITING}offers/{offer.pk}/take/", follow=True)
    visit = Appointment.objects.get()
    assert (visit.state, visit.starts_at, visit.practitioner) == ("confirmed", at(6, 10), robin)
    assert visit.claims.count() == 12
    assert names(page) == []
    undo(desk, page)
    visit.refresh_from_db()
    assert (visit.state, visit.starts_at, visit.claims.count()) == ("requested", None, 0)
    assert names(desk.get(WAITING)) == ["Kim Park"]


def test_a_caller_takes_the_offer_by_the_link_and_gets_the_visit(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    email = "kim@patient.example"
    press(desk, call_in(service, user, email=email), "offer", slot=slot(robin))
    told = emails_to(email).get()
    link = next(word for word in told.text.split() if "/offer/" in word)
    path = link[link.index("/", 9) :]
    patient = Client()
    assert "A time opened up" in said(patient.get(path))
    offer = WaitingListOffer.objects.get()
    patient.post(
        path, {"offer": str(offer.pk), "answer": "take"}, headers={"origin": "http://testserver"}
    )
    visit = Appointment.objects.get()
    assert (visit.state, visit.starts_at) == ("confirmed", at(6, 10))
    assert "confirmed" in emails_to(email).latest("pk").subject


def test_what_falls_free_is_offered_to_a_caller_by_itself(
    user: User, service: Service, robin: Practitioner
) -> None:
    visit = book(service, at(6, 10), by=user)
    kim = call_in(service, user, email="kim@patient.example")
    cancel_appointment(visit, by=user)
    assert offer_freed_times(timezone.now()) == 1
    offer = WaitingListOffer.objects.get()
    assert (offer.entry, offer.starts_at) == (kim, at(6, 10))
    offer_freed_times(timezone.now())
    assert WaitingListOffer.objects.open().count() == 1
    assert accept_offer(offer).starts_at == at(6, 10)


def test_an_offer_is_withdrawn_and_made_again(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    kim = call_in(service, user)
    press(desk, kim, "offer", slot=slot(robin))
    offer = WaitingListOffer.objects.get()
    page = desk.post(f"{WAITING}offers/{offer.pk}/withdraw/", follow=True)
    offer.refresh_from_db()
    assert (offer.state, offer.claims.count(), CallTask.objects.count()) == ("withdrawn", 0, 0)
    assert "It’s back to how it was" in said(undo(desk, page))
    offer.refresh_from_db()
    assert (offer.state, offer.claims.count(), CallTask.objects.count()) == ("open", 12, 1)


def test_an_offer_is_not_made_again_once_somebody_has_the_time(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    press(desk, call_in(service, user), "offer", slot=slot(robin))
    offer = WaitingListOffer.objects.get()
    page = desk.post(f"{WAITING}offers/{offer.pk}/withdraw/", follow=True)
    book(service, at(6, 10), by=user)
    assert "given to someone else" in said(undo(desk, page))
    offer.refresh_from_db()
    assert offer.state == "withdrawn"


def test_to_undo_an_offer_withdraws_it(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    undo(desk, press(desk, call_in(service, user), "offer", slot=slot(robin)))
    assert WaitingListOffer.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("20270104T1600Z", "That time has passed."),
        ("20270110T1800Z", "isn’t working then"),
        ("nonsense", "isn’t working then"),
    ],
)
def test_what_cannot_be_offered_is_refused(
    desk: Client, user: User, service: Service, robin: Practitioner, wanted: str, words: str
) -> None:
    page = press(desk, call_in(service, user), "offer", slot=f"{wanted}-{robin.pk}")
    assert words in said(page)
    assert not WaitingListOffer.objects.exists()


def test_two_desks_offer_one_time_once_and_one_person_one_time(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    kim, lee = call_in(service, user), call_in(service, user, "Lee Chan")
    press(desk, kim, "offer", slot=slot(robin))
    assert "given to someone else" in said(press(desk, lee, "offer", slot=slot(robin)))
    again = press(desk, kim, "offer", slot=slot(robin, hour=14))
    assert "Someone else just changed this" in said(again)
    assert WaitingListOffer.objects.count() == 1


def test_a_caller_is_taken_off_the_list_and_put_back(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    kim = call_in(service, user)
    press(desk, kim, "offer", slot=slot(robin))
    page = press(desk, kim, "remove")
    assert names(page) == []
    assert Appointment.objects.get().state == "canceled"
    assert WaitingListOffer.objects.get().state == "withdrawn"
    undo(desk, page)
    assert names(desk.get(WAITING)) == ["Kim Park"]
