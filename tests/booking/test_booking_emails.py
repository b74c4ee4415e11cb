"""Who gets which email, what it says, and what it never says."""

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from booking.actions.answers import confirm_appointment, decline_appointment
from booking.actions.visits import cancel_appointment
from booking.models import Appointment, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from tests.booking.factories import IN_TWO_DAYS, filled_form, make_appointment, send
from tests.factories import make_user
from tests.outbox import emails_to


@pytest.fixture
def staff(db: None) -> User:
    user = make_user("Front desk", first_name="Sam", last_name="Secret")
    assert isinstance(user, User)
    return user


@pytest.fixture
def appointment(service: Service) -> Appointment:
    """A request whose own emails are out of the way."""
    appointment = make_appointment(name="Jo <O’Brien> & 'Co'")
    OutgoingEmail.objects.all().delete()
    return appointment


def words(email: OutgoingEmail) -> str:
    return " ".join(email.text.split())


def test_a_request_is_emailed_to_the_patient_and_the_front_desk(
    client: Client, service: Service
) -> None:
    send(client, filled_form())
    send_due_emails()
    assert sorted(email.to[0] for email in django_mail.outbox) == [
        "desk@clinic.example",
        "jo@patient.example",
    ]


def test_the_patient_reads_that_the_request_has_arrived(service: Service) -> None:
    appointment = make_appointment()
    email = emails_to("jo@patient.example").get()
    assert email.subject == f"We have your request {appointment.reference}"
    assert email.reply_to == "desk@clinic.example"
    for words_of_it in (
        "Dear Jo O’Brien,",
        appointment.reference,
        "Posture assessment (60 minutes, $140)",
        "Tuesday, January 5, 2027, morning",
        "call 805-880-6533",
        "Nothing is booked until you hear from us.",
    ):
        assert words_of_it in words(email)


def test_the_front_desk_is_told_and_can_answer(client: Client, service: Service) -> None:
    appointment = make_appointment(note="My hip hurts.")
    email = emails_to("desk@clinic.example").get()
    assert email.subject == f"New request {appointment.reference}"
    assert email.reply_to == "jo@patient.example"
    assert f"/admin/appointments/{appointment.pk}/" in email.text
    assert f"/admin/appointments/{appointment.pk}/" in email.html
    assert "(805) 555-0123" in words(email)
    assert "hip" not in email.text + email.html
    client.force_login(make_user("Front desk"))
    assert client.get(f"/admin/appointments/{appointment.pk}/").status_code == 200


def test_a_confirmation_tells_the_time_on_the_clock_of_the_location(
    appointment: Appointment, staff: User
) -> None:
    Location.objects.update(
        time_zone="America/New_York",
        directions="Ring the bell.",
        parking="Lot 4, behind us.",
        what_to_bring="Shoes\nA list of your medications",
    )
    appointment = Appointment.objects.get()
    with timezone.override("Asia/Tokyo"):
        confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=staff)
    email = OutgoingEmail.objects.get()
    assert email.to == "jo@patient.example"
    assert email.reply_to == "desk@clinic.example"
    assert email.subject == f"Your appointment {appointment.reference} is confirmed"
    for text in (email.text, email.html):
        assert "Wednesday, January 6, 2027, 1:30 PM EST" in text
    assert "1129 State Street, Suite #2" in email.text
    assert "Ring the bell." in email.text
    assert "Parking: Lot 4, behind us." in email.text
    assert "Please bring: Shoes; A list of your medications" in email.text
    assert "A list of your medications" in email.html


def test_a_refusal_is_kind_and_gives_its_reason(appointment: Appointment, staff: User) -> None:
    decline_appointment(appointment, reason="We are full\nuntil March.", by=staff)
    email = OutgoingEmail.objects.get()
    assert email.subject == f"About your request {appointment.reference}"
    for said in ("We’re sorry", "We are full until March.", "call 805-880-6533"):
        assert said in words(email)
    assert "We are full<br>until March." in email.html


def test_a_canceled_appointment_is_named_by_time(appointment: Appointment, staff: User) -> None:
    confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=staff)
    OutgoingEmail.objects.all().delete()
    cancel_appointment(appointment, reason="Robin is ill.", by=staff)
    email = OutgoingEmail.objects.get()
    assert email.subject == f"Your appointment {appointment.reference} is canceled"
    assert "Wednesday, January 6, 2027, 10:30 AM PST" in words(email)
    assert "Robin is ill." in words(email)


def test_a_canceled_request_has_no_time(appointment: Appointment, staff: User) -> None:
    cancel_appointment(appointment, by=staff)
    email = OutgoingEmail.objects.get()
    assert email.subject == f"Your request {appointment.reference} is canceled"
    assert f"Your request {appointment.reference} is canceled." in words(email)


def test_names_stand_as_they_are_written(appointment: Appointment, staff: User) -> None:
    """In the text nothing is escaped, in the HTML everything."""
    decline_appointment(appointment, reason="<b>5 > 4</b>", by=staff)
    email = OutgoingEmail.objects.get()
    assert "Dear Jo <O’Brien> & 'Co'," in email.text
    assert "<b>5 > 4</b>" in email.text
    assert "Jo &lt;O’Brien&gt; &amp; &#x27;Co&#x27;" in email.html
    assert "<b>5 > 4</b>" not in email.html


def test_no_subject_says_who_or_what(service: Service, staff: User) -> None:
    first, second, third = (make_appointment() for _request in range(3))
    confirm_appointment(first, starts_at=IN_TWO_DAYS, by=staff)
    decline_appointment(second, reason="No knees.", by=staff)
    cancel_appointment(third, reason="No hips.", by=staff)
    emails = OutgoingEmail.objects.all()
    assert len(emails) == 9
    for email in emails:
        for word in ("Posture", "assessment", "Jo", "Brien", "knee", "hip", "new patient"):
            assert word not in email.subject


def test_patients_do_not_read_who_at_the_desk_answered(
    appointment: Appointment, staff: User
) -> None:
    confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=staff)
    email = OutgoingEmail.objects.get()
    assert "Secret" not in email.text + email.html
