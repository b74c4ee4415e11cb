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
from clinic_site.mail.models import OutgoingMail
from clinic_site.mail.sending import send_due_mails
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
    OutgoingMail.objects.all().delete()
    return appointment


def words(mail: OutgoingMail) -> str:
    return " ".join(mail.text.split())


def test_a_request_is_emailed_to_the_patient_and_the_front_desk(
    client: Client, service: Service
) -> None:
    send(client, filled_form())
    send_due_mails()
    assert sorted(mail.to[0] for mail in django_mail.outbox) == [
        "desk@clinic.example",
        "jo@patient.example",
    ]


def test_the_patient_reads_that_the_request_has_arrived(service: Service) -> None:
    appointment = make_appointment()
    mail = emails_to("jo@patient.example").get()
    assert mail.subject == f"We have your request {appointment.reference}"
    assert mail.reply_to == "desk@clinic.example"
    for words_of_it in (
        "Dear Jo O’Brien,",
        appointment.reference,
        "Posture assessment (60 minutes, $140)",
        "Tuesday, January 5, 2027, morning",
        "call 805-880-6533",
        "Nothing is booked until you hear from us.",
    ):
        assert words_of_it in words(mail)


def test_the_front_desk_is_told_and_can_answer(client: Client, service: Service) -> None:
    appointment = make_appointment(note="My hip hurts.")
    mail = emails_to("desk@clinic.example").get()
    assert mail.subject == f"New request {appointment.reference}"
    assert mail.reply_to == "jo@patient.example"
    assert f"/admin/appointments/{appointment.pk}/" in mail.text
    assert f"/admin/appointments/{appointment.pk}/" in mail.html
    assert "(805) 555-0123" in words(mail)
    assert "hip" not in mail.text + mail.html
    client.force_login(make_user("Front desk"))
    assert client.get(f"/admin/appointments/{appointment.pk}/").status_code == 200


def test_a_confirmation_tells_the_time_on_the_clock_of_the_location(
    appointment: Appointment, staff: User
) -> None:
    Location.objects.update(time_zone="America/New_York", directions="Ring the bell.")
    appointment = Appointment.objects.get()
    with timezone.override("Asia/Tokyo"):
        confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=staff)
    mail = OutgoingMail.objects.get()
    assert mail.to == "jo@patient.example"
    assert mail.reply_to == "desk@clinic.example"
    assert mail.subject == f"Your appointment {appointment.reference} is confirmed"
    for text in (mail.text, mail.html):
        assert "Wednesday, January 6, 2027, 1:30 PM EST" in text
    assert "1129 State Street, Suite #2" in mail.text
    assert "Ring the bell." in mail.text


def test_a_refusal_is_kind_and_gives_its_reason(appointment: Appointment, staff: User) -> None:
    decline_appointment(appointment, reason="We are full\nuntil March.", by=staff)
    mail = OutgoingMail.objects.get()
    assert mail.subject == f"About your request {appointment.reference}"
    for said in ("We’re sorry", "We are full until March.", "call 805-880-6533"):
        assert said in words(mail)
    assert "We are full<br>until March." in mail.html


def test_a_canceled_appointment_is_named_by_time(appointment: Appointment, staff: User) -> None:
    confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=staff)
    OutgoingMail.objects.all().delete()
    cancel_appointment(appointment, reason="Robin is ill.", by=staff)
    mail = OutgoingMail.objects.get()
    assert mail.subject == f"Your appointment {appointment.reference} is canceled"
    assert "Wednesday, January 6, 2027, 10:30 AM PST" in words(mail)
    assert "Robin is ill." in words(mail)


def test_a_canceled_request_has_no_time(appointment: Appointment, staff: User) -> None:
    cancel_appointment(appointment, by=staff)
    mail = OutgoingMail.objects.get()
    assert mail.subject == f"Your request {appointment.reference} is canceled"
    assert f"Your request {appointment.reference} is canceled." in words(mail)


def test_names_stand_as_they_are_written(appointment: Appointment, staff: User) -> None:
    """In the text nothing is escaped, in the HTML everything."""
    decline_appointment(appointment, reason="<b>5 > 4</b>", by=staff)
    mail = OutgoingMail.objects.get()
    assert "Dear Jo <O’Brien> & 'Co'," in mail.text
    assert "<b>5 > 4</b>" in mail.text
    assert "Jo &lt;O’Brien&gt; &amp; &#x27;Co&#x27;" in mail.html
    assert "<b>5 > 4</b>" not in mail.html


def test_no_subject_says_who_or_what(service: Service, staff: User) -> None:
    first, second, third = (make_appointment() for _request in range(3))
    confirm_appointment(first, starts_at=IN_TWO_DAYS, by=staff)
    decline_appointment(second, reason="No knees.", by=staff)
    cancel_appointment(third, reason="No hips.", by=staff)
    mails = OutgoingMail.objects.all()
    assert len(mails) == 9
    for mail in mails:
        for word in ("Posture", "assessment", "Jo", "Brien", "knee", "hip", "new patient"):
            assert word not in mail.subject


def test_patients_do_not_read_who_at_the_desk_answered(
    appointment: Appointment, staff: User
) -> None:
    confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=staff)
    mail = OutgoingMail.objects.get()
    assert "Secret" not in mail.text + mail.html
