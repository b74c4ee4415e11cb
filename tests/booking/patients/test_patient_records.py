"""Whose a booking is, and one person in two records: the desk decides, and can take it back."""

import pytest
from django.db import IntegrityError
from wagtail.models import ModelLogEntry

from booking.actions.errors import StaleAppointment, StalePatient
from booking.actions.patients.assigning import attach, attach_new, attach_sure, detach
from booking.actions.patients.merging import merge, take_apart
from booking.actions.patients.records import Details, change_patient
from booking.models import Appointment, BookedBy, Patient, SearchTerm, Service
from booking.patients.matching import candidates_for
from booking.patients.search import find_patients, visits_of
from clinic_site.accounts.models import User
from tests.booking.factories import MONDAY_MORNING, at, book, make_appointment
from tests.booking.patients.factories import make_patient

pytestmark = pytest.mark.django_db
JO = {"phones": "+18055550123", "emails": "jo@patient.example"}


def test_the_likeliest_is_proposed_first_and_strangers_are_not(appointment: Appointment) -> None:
    make_patient("Walter Brandt", phones="+13105550199")
    same_phone = make_patient("Ann O’Brien", phones="+18055550123")
    same_name = make_patient("jo obrien", other_names="Jo O'Brien")
    surely = make_patient("JO O’BRIEN", emails="Jo@Patient.example")
    proposed = candidates_for(appointment)
    assert [one.patient for one in proposed] == [surely, same_name, same_phone]
    assert [one.is_sure for one in proposed] == [True, False, False]


def test_of_a_family_that_shares_a_phone_nobody_is_taken_for_another(
    service: Service, staff: User
) -> None:
    priya = make_patient("Priya Nair", phones="+18055550110")
    make_patient("Arjun Nair", phones="+18055550110")
    of_priya = make_appointment(name="Priya Nair", phone="+18055550110", email="")
    of_dev = make_appointment(name="Dev Nair", phone="+18055550110", email="")
    assert attach_sure([of_priya, of_dev], by=staff) == 1
    of_priya.refresh_from_db()
    assert of_priya.patient == priya
    assert Appointment.objects.unmatched().get() == of_dev


def test_two_who_could_both_be_meant_are_left_to_the_desk(
    appointment: Appointment, staff: User
) -> None:
    make_patient("Jo O’Brien", **JO)
    make_patient("Jo O’Brien", **JO)
    assert attach_sure([appointment], by=staff) == 0


def test_nothing_is_decided_without_the_desk(service: Service) -> None:
    make_patient("Jo O’Brien", **JO)
    assert make_appointment().patient is None


def test_a_record_is_made_from_a_booking(appointment: Appointment, staff: User) -> None:
    patient = attach_new(appointment, by=staff)
    assert patient.names == ["Jo O’Brien"]
    assert patient.phone_numbers == ["+18055550123"]
    assert patient.email_addresses == ["jo@patient.example"]
    assert Appointment.objects.get().patient == patient


def test_a_child_has_a_record_of_its_own_and_a_parent_who_books(
    service: Service, staff: User
) -> None:
    booking = make_appointment(for_somebody_else=True, visitor_name="Leo O’Brien")
    leo = attach_new(booking, by=staff)
    [jo] = leo.booked_by
    assert (leo.name, leo.phone_numbers) == ("Leo O’Brien", [])
    assert (jo.name, jo.phone_numbers) == ("Jo O’Brien", ["+18055550123"])
    assert jo.books_for == [leo]
    again = make_appointment(for_somebody_else=True, visitor_name="Leo O’Brien")
    assert attach_sure([again], by=staff) == 1
    sister = make_appointment(for_somebody_else=True, visitor_name="Mia O’Brien")
    assert attach_new(sister, by=staff).booked_by == [jo]


def test_a_booking_is_taken_out_again_and_found_as_before(
    appointment: Appointment, staff: User
) -> None:
    patient = attach_new(appointment, by=staff)
    assert find_patients("0123", now=MONDAY_MORNING).bookings == []
    detach(appointment, by=staff)
    assert find_patients("0123", now=MONDAY_MORNING).bookings == [appointment]
    assert [event.event_type for event in patient.events.all()] == [
        "created", "attached", "detached",
    ]  # fmt: skip


def test_who_decides_second_is_told(appointment: Appointment, staff: User) -> None:
    one, other = make_patient("One"), make_patient("Other")
    stale = Appointment.objects.get()
    attach(appointment, one, by=staff)
    with pytest.raises(StaleAppointment):
        attach(stale, other, by=staff)
    with pytest.raises(StaleAppointment):
        detach(stale, by=staff)
    assert Appointment.objects.get().patient == one


def test_what_is_typed_on_a_stale_page_is_not_written(staff: User) -> None:
    patient = make_patient("Priya Nair", phones="+18055550110")
    stale = Patient.objects.get()
    change_patient(patient, Details("Priya Menon", phones="+13105550199"), by=staff)
    with pytest.raises(StalePatient):
        change_patient(stale, Details("Priya N."), by=staff)
    assert [one.patient.name for one in find_patients("0199", now=MONDAY_MORNING).patients] == [
        "Priya Menon"
    ]
    assert find_patients("0110", now=MONDAY_MORNING).patients == []
    assert patient.events.get(event_type="changed").changed == ["name", "phones"]


def test_merged_records_are_one_person_and_come_apart_as_they_were(
    service: Service, staff: User
) -> None:
    one = make_patient("Priya Nair", phones="+18055550110", note="Prefers mornings.")
    other = make_patient("Priya Menon", phones="+13105550199", access_needs="Wheelchair")
    first, second = make_appointment(), make_appointment()
    attach(first, one, by=staff)
    attach(second, other, by=staff)
    merge(one, other, by=staff)
    record = Patient.objects.records().get()
    assert record.names == ["Priya Nair", "Priya Menon"]
    assert record.phone_numbers == ["+18055550110", "+13105550199"]
    assert (record.needs, record.notes) == (["Wheelchair"], ["Prefers mornings."])
    assert set(Appointment.objects.of_patient(record)) == {first, second}
    take_apart(record, Patient.objects.get(pk=other.pk), by=staff)
    assert Patient.objects.records().count() == 2
    for booking, patient in ((first, one), (second, other)):
        booking.refresh_from_db()
        assert booking.patient == patient
    assert record.events.filter(event_type__in=["merged", "apart"]).count() == 2


def test_what_was_merged_before_comes_along(staff: User) -> None:
    one, two, three = make_patient("One"), make_patient("Two"), make_patient("Three")
    merge(two, three, by=staff)
    merge(one, Patient.objects.get(pk=two.pk), by=staff)
    assert set(Patient.objects.records().get().family) == {one, two, three}


def test_a_record_that_has_been_merged_is_not_merged_again(staff: User) -> None:
    one, two, three = make_patient("One"), make_patient("Two"), make_patient("Three")
    stale = Patient.objects.get(pk=two.pk)
    merge(one, two, by=staff)
    for patient, other in ((three, stale), (stale, three)):
        with pytest.raises(StalePatient):
            merge(patient, other, by=staff)
    with pytest.raises(StaleAppointment):
        attach(Appointment(pk=1), one, by=staff)
    with pytest.raises(ValueError, match="itself"):
        merge(one, one, by=staff)


def test_the_database_refuses_a_record_merged_into_itself() -> None:
    patient = make_patient()
    with pytest.raises(IntegrityError):
        Patient.objects.filter(pk=patient.pk).update(merged_into=patient)


def test_the_database_refuses_who_books_for_themselves() -> None:
    patient = make_patient()
    with pytest.raises(IntegrityError):
        BookedBy.objects.create(patient=patient, booker=patient)


def test_visits_are_counted_those_missed_and_those_to_come_apart(
    service: Service, robin: object, staff: User
) -> None:
    one, other = make_patient("One"), make_patient("Other")
    states = ["completed", "completed", "arrived", "no_show", "canceled", "confirmed"]
    for hour, state in enumerate(states):
        visit = book(service, at(6, 10 + hour), by=staff)
        attach(visit, one if hour % 2 else other, by=staff)
        Appointment.objects.filter(pk=visit.pk).update(state=state)
    merge(one, other, by=staff)
    record = Patient.objects.records().get()
    visits = visits_of([record], now=at(6, 9))[record.pk]
    assert (visits.came, visits.missed, visits.to_come) == (3, 1, 1)
    assert (visits.last, visits.next) == (at(6, 12), at(6, 15))


def test_the_log_names_nobody(appointment: Appointment, staff: User) -> None:
    patient = attach_new(appointment, by=staff)
    change_patient(patient, Details("Jo Park", note="Calls on Fridays"), by=staff)
    told = str(list(ModelLogEntry.objects.values_list("label", "data")))
    assert f"patient {patient.pk}" in told
    for word in ("O’Brien", "Park", "Fridays", "0123"):
        assert word not in told


def test_terms_are_kept_once_for_whoever_they_lead_to(appointment: Appointment) -> None:
    make_patient("Jo O’Brien", **JO)
    with pytest.raises(IntegrityError):
        SearchTerm.objects.create(kind="name", term="jo")
