"""The page of an offered earlier time, as the email leads to it: looking does nothing."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from booking.actions.calendars.closures import create_closure
from booking.actions.errors import OfferGone
from booking.actions.visits import cancel_appointment
from booking.actions.waiting_list import accept_offer, join_waiting_list, offer_freed_times
from booking.models import Appointment, Claim, Practitioner, Service, WaitingListOffer
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.factories import at, book, make_practitioner, said
from tests.outbox import emails_about

State = WaitingListOffer.State


@pytest.fixture
def visit(service: Service, staff: User) -> Appointment:
    make_practitioner("Robin Alvarez", service)
    visit = book(service, at(12, 10), email="jo@patient.example", by=staff)
    join_waiting_list(visit)
    return visit


def free(service: Service, hour: int, staff: User) -> WaitingListOffer:
    """Have a time of Wednesday given back and offered."""
    cancel_appointment(book(service, at(6, hour), by=staff), by=staff)
    offer_freed_times(timezone.now())
    return WaitingListOffer.objects.latest("pk")


@pytest.fixture
def offer(service: Service, visit: Appointment, staff: User) -> WaitingListOffer:
    return free(service, 10, staff)


@pytest.fixture
def link(offer: WaitingListOffer) -> str:
    email = emails_about("earlier time").get()
    [path] = re.findall(r"http://[^/]+(/\S+/offer/)", email.text)
    return str(path)


def answer(client: Client, link: str, offer: WaitingListOffer, what: str) -> int:
    return client.post(link, {"offer": offer.pk, "answer": what}).status_code


def test_an_offered_earlier_time_is_taken_from_its_page(
    client: Client, link: str, visit: Appointment, offer: WaitingListOffer
) -> None:
    page = said(client.get(link))
    assert "Wednesday, January 6, 2027, 10:00 AM PST" in page
    assert "Tuesday, January 12, 2027, 10:00 AM PST" in page
    assert answer(client, link, offer, "take") == 303
    visit.refresh_from_db()
    assert visit.starts_at == at(6, 10)
    assert emails_about("has moved").count() == 1


def test_to_look_changes_nothing(client: Client, link: str, offer: WaitingListOffer) -> None:
    for _look in range(3):
        assert client.get(link).status_code == client.head(link).status_code == 200
    assert client.get(f"{link}?answer=take&offer={offer.pk}").status_code == 200
    offer.refresh_from_db()
    assert offer.state == State.OPEN


def test_left_it_goes_and_the_visit_stays(
    client: Client, link: str, visit: Appointment, offer: WaitingListOffer
) -> None:
    assert answer(client, link, offer, "leave") == 303
    offer.refresh_from_db()
    visit.refresh_from_db()
    assert (offer.state, visit.starts_at) == (State.PASSED, at(12, 10))
    assert "no longer holding" in said(client.get(link))


def test_an_old_page_never_takes_another_time(
    client: Client,
    link: str,
    service: Service,
    staff: User,
    visit: Appointment,
    offer: WaitingListOffer,
) -> None:
    answer(client, link, offer, "leave")
    another = free(service, 14, staff)
    assert another.pk != offer.pk
    for old in (offer.pk, "", "x"):
        page = client.post(link, {"offer": old, "answer": "take"}, follow=True)
        assert "2:00 PM" in said(page)
    visit.refresh_from_db()
    assert visit.starts_at == at(12, 10)
    answer(client, link, another, "take")
    visit.refresh_from_db()
    assert visit.starts_at == at(6, 14)


def test_taken_twice_is_taken_once(
    client: Client, link: str, visit: Appointment, offer: WaitingListOffer
) -> None:
    answer(client, link, offer, "take")
    answer(client, link, offer, "take")
    assert visit.events.filter(event_type="moved").count() == 1


def close(what: str, service: Service, offer: WaitingListOffer) -> None:
    if what == "the practitioner":
        Practitioner.objects.filter(pk=offer.practitioner_id).update(active=False)
    elif what == "the service":
        Service.objects.filter(pk=service.pk).update(active=False)
    elif what == "the hours":
        offer.practitioner.weekly_hours.all().delete()
    else:
        day = offer.starts_at.date()
        create_closure(Closure(first_day=day, last_day=day, location=offer.location))


@pytest.mark.parametrize("what", ["the practitioner", "the service", "the hours", "the day"])
def test_what_is_closed_after_it_was_offered_is_no_longer_to_be_had(
    client: Client, link: str, service: Service, offer: WaitingListOffer, what: str
) -> None:
    close(what, service, offer)
    assert 'value="take"' not in client.get(link).content.decode()
    with pytest.raises(OfferGone):
        accept_offer(offer)
    answer(client, link, offer, "take")
    assert Appointment.objects.get(pk=offer.entry.appointment_id).starts_at == at(12, 10)
    offer_freed_times(timezone.now())
    offer.refresh_from_db()
    assert offer.state == State.PASSED
    assert not Claim.objects.filter(offer=offer).exists()
