"""A freed time is offered to one person at a time, for a set while, and to the next after that."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from booking.actions.answers import decline_appointment, propose_times
from booking.actions.calendars.closures import block_time, unblock_time
from booking.actions.errors import JustTaken, OfferGone, TransitionNotAllowed
from booking.actions.holds import expire_due_holds
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.actions.waiting_list import (
    accept_offer,
    decline_offer,
    join_waiting_list,
    leave_waiting_list,
    offer_freed_times,
)
from booking.models import (
    Appointment,
    CallTask,
    Claim,
    FreedTime,
    Practitioner,
    Service,
    WaitingListOffer,
)
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, make_practitioner, set_rules
from tests.outbox import emails_about, emails_to

State = WaitingListOffer.State


@pytest.fixture
def early(service: Service, robin: Practitioner, staff: User) -> Appointment:
    """A visit on Wednesday at ten, which others would like to have."""
    return book(service, at(6, 10), name="Early Bird", by=staff)


@pytest.fixture
def waiting(service: Service, robin: Practitioner, staff: User) -> list[Appointment]:
    """Three who wait, the first the longest; their visits are next week."""
    visits = []
    for n in range(3):
        email = f"waiting{n}@patient.example"
        visits.append(book(service, at(12, 10 + n), email=email, by=staff))
        join_waiting_list(visits[-1])
    return visits


def offer_now() -> list[WaitingListOffer]:
    """Let the worker do what is due; return what is offered then."""
    offer_freed_times(timezone.now())
    return list(WaitingListOffer.objects.open().order_by("pk"))


def claims_of(offer: WaitingListOffer) -> int:
    return Claim.objects.filter(offer=offer).count()


def test_a_freed_time_goes_to_the_first_who_waits_and_theirs_to_the_next(
    early: Appointment, waiting: list[Appointment], staff: User
) -> None:
    cancel_appointment(early, by=staff)
    [offer] = offer_now()
    assert offer.entry.appointment == waiting[0]
    assert offer.starts_at == at(6, 10)
    assert offer.expires_at == timezone.now() + timedelta(hours=4)
    assert claims_of(offer) == 12
    email = (emails_to("waiting0@patient.example") & emails_about("earlier")).get()
    assert "Wednesday, January 6, 2027, 10:00 AM PST" in email.text
    assert "by Monday, January 4, 2027, 1:00 PM PST" in " ".join(email.text.split())
    accept_offer(offer)
    visit = Appointment.objects.get(pk=waiting[0].pk)
    assert (visit.state, visit.starts_at) == ("confirmed", at(6, 10))
    assert visit.ends_at == at(6, 11)
    assert visit.claims.count() == 12
    assert not claims_of(offer)
    # Their old time is free in turn, and earlier than what the others have.
    [next_offer] = offer_now()
    assert (next_offer.entry.appointment, next_offer.starts_at) == (waiting[1], at(12, 10))


def test_nothing_is_offered_that_nobody_freed(waiting: list[Appointment]) -> None:
    assert offer_now() == []


@pytest.mark.parametrize("way", ["cancel", "withdraw", "decline", "expire", "move", "propose"])
def test_however_a_time_is_freed_it_is_offered(
    service: Service,
    robin: Practitioner,
    staff: User,
    clock: time_machine.Traveller,
    waiting: list[Appointment],
    way: str,
) -> None:
    visit = book(service, at(6, 10), by=staff if way in {"cancel", "withdraw", "move"} else None)
    if way == "cancel":
        cancel_appointment(visit, by=staff)
    elif way == "withdraw":
        cancel_by_patient(visit)
    elif way == "decline":
        decline_appointment(visit, by=staff)
    elif way == "move":
        move_appointment(visit, starts_at=at(7, 10), by=staff)
    elif way == "propose":
        propose_times(visit, [(at(7, 10), robin)], by=staff)
    else:
        service.notice_hours = 0
        service.save()
        clock.move_to(at(5, 9))
        assert expire_due_holds(timezone.now()) == 1
    [offer] = offer_now()
    assert (offer.starts_at, offer.entry.appointment) == (at(6, 10), waiting[0])


def test_unblocked_time_serves_as_many_as_it_holds(
    robin: Practitioner, staff: User, waiting: list[Appointment]
) -> None:
    block = block_time(robin, starts_at=at(6, 9), ends_at=at(6, 11), by=staff)
    unblock_time(block)
    offers = offer_now()
    assert [offer.entry.appointment for offer in offers] == waiting[:2]
    assert [offer.starts_at for offer in offers] == [at(6, 9), at(6, 10)]


def test_nobody_else_gets_what_is_offered(
    early: Appointment, waiting: list[Appointment], staff: User, service: Service
) -> None:
    cancel_appointment(early, by=staff)
    offer_now()
    with pytest.raises(JustTaken):
        book(service, at(6, 10))
    assert len(offer_now()) == 1


def test_what_one_leaves_goes_to_the_next(
    early: Appointment, waiting: list[Appointment], staff: User
) -> None:
    cancel_appointment(early, by=staff)
    asked = []
    for _person in waiting:
        [offer] = offer_now()
        asked.append(offer.entry.appointment)
        decline_offer(offer)
        assert not claims_of(offer)
    assert asked == waiting
    assert offer_now() == []
    assert not Claim.objects.filter(offer__isnull=False).exists()


def test_what_is_not_answered_goes_to_the_next(
    early: Appointment,
    waiting: list[Appointment],
    staff: User,
    clock: time_machine.Traveller,
    service: Service,
) -> None:
    service.notice_hours = 0
    service.save()
    set_rules(offer_hours=2)
    cancel_appointment(early, by=staff)
    [first] = offer_now()
    clock.shift(timedelta(hours=2, seconds=-1))
    assert offer_now() == [first]
    clock.shift(timedelta(seconds=1))
    with pytest.raises(OfferGone):
        accept_offer(first)
    [second] = offer_now()
    first.refresh_from_db()
    assert first.state == State.EXPIRED
    assert second.entry.appointment == waiting[1]


def test_an_answer_counts_once(early: Appointment, waiting: list[Appointment], staff: User) -> None:
    cancel_appointment(early, by=staff)
    [offer] = offer_now()
    accept_offer(offer)
    for answer in (accept_offer, decline_offer):
        with pytest.raises(OfferGone):
            answer(offer)
    assert Appointment.objects.get(pk=waiting[0].pk).events.count() == 2


def test_wishes_are_kept(
    service: Service, robin: Practitioner, staff: User, early: Appointment
) -> None:
    wishes = [
        {"part_of_day": "evening"},
        {"part_of_day": "afternoon"},
        {"first_day": at(7, 0).date()},
        {"last_day": at(5, 0).date()},
        {"part_of_day": "morning", "first_day": at(6, 0).date(), "last_day": at(6, 0).date()},
    ]
    for n, wish in enumerate(wishes):
        join_waiting_list(book(service, at(12, 9 + n), by=staff), **wish)
    cancel_appointment(early, by=staff)
    [offer] = offer_now()
    assert offer.entry.appointment.starts_at == at(12, 13)


def test_another_practitioner_only_for_those_who_want_anybody(
    service: Service, waiting: list[Appointment], staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    visit = book(service, at(6, 10), practitioner=dana, by=staff)
    join_waiting_list(waiting[2], any_practitioner=True)
    cancel_appointment(visit, by=staff)
    [offer] = offer_now()
    assert offer.entry.appointment == waiting[2]
    assert accept_offer(offer).practitioner == dana


def test_only_what_is_wholly_earlier_is_offered(
    service: Service, robin: Practitioner, staff: User
) -> None:
    waits = book(service, at(6, 11), by=staff)
    join_waiting_list(waits)
    beside = book(service, at(6, 12), by=staff)
    later = book(service, at(6, 14), by=staff)
    cancel_appointment(beside, by=staff)
    cancel_appointment(later, by=staff)
    assert offer_now() == []


def test_nobody_is_asked_at_night(
    early: Appointment,
    waiting: list[Appointment],
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to(at(4, 21))
    cancel_appointment(early, by=staff)
    assert offer_now() == []
    assert FreedTime.objects.exists()
    clock.move_to(at(5, 8))
    assert len(offer_now()) == 1
    assert not FreedTime.objects.exists()


def test_an_offer_ends_with_the_visit_it_would_move(
    early: Appointment, waiting: list[Appointment], staff: User
) -> None:
    cancel_appointment(early, by=staff)
    [offer] = offer_now()
    cancel_by_patient(waiting[0])
    with pytest.raises(OfferGone):
        accept_offer(offer)
    offers = {offer.entry.appointment: offer.starts_at for offer in offer_now()}
    # The next gets it, and the one after that what the first has given up.
    assert offers == {waiting[1]: at(6, 10), waiting[2]: at(12, 10)}


def test_whoever_leaves_is_asked_no_more(
    early: Appointment, waiting: list[Appointment], staff: User
) -> None:
    cancel_appointment(early, by=staff)
    offer_now()
    leave_waiting_list(waiting[0])
    [offer] = offer_now()
    assert offer.entry.appointment == waiting[1]


def test_a_place_on_the_list_is_kept_while_wishes_change(waiting: list[Appointment]) -> None:
    since = waiting[0].waiting_list_entry.joined_at
    entry = join_waiting_list(waiting[0], part_of_day="morning")
    assert entry.joined_at == since
    leave_waiting_list(waiting[0])
    again = join_waiting_list(waiting[0])
    assert again.pk == entry.pk
    assert again.left_at is None


def test_only_an_agreed_visit_to_come_can_be_earlier(
    service: Service, robin: Practitioner, staff: User, clock: time_machine.Traveller
) -> None:
    with pytest.raises(TransitionNotAllowed):
        join_waiting_list(book(service, at(6, 10)))
    visit = book(service, at(6, 14), by=staff)
    clock.move_to(datetime(2027, 1, 6, 22, 0, tzinfo=at(6, 14).tzinfo))
    with pytest.raises(TransitionNotAllowed):
        join_waiting_list(visit)


def test_whoever_has_no_email_is_called_and_the_desk_answers_for_them(
    service: Service, robin: Practitioner, staff: User, early: Appointment
) -> None:
    visit = book(service, at(12, 10), by=staff)
    join_waiting_list(visit)
    cancel_appointment(early, by=staff)
    [offer] = offer_now()
    assert [call.reason for call in visit.call_tasks.all()] == [CallTask.Reason.NO_EMAIL]
    moved = accept_offer(offer, by=staff)
    assert moved.events.last().by == staff
