"""The desk has a patient choose the times of a course: whom the invitation reaches, and how."""

from django.test import Client

from booking.actions.courses.invitations import (
    invite_to_course,
    send_invitation,
    withdraw_invitation,
)
from booking.actions.patients.records import Details, change_patient, create_patient
from booking.actions.requests import Contact
from booking.models import Course, Patient, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.courses.factories import invite
from tests.booking.factories import said


def test_the_desk_invites_somebody_new_and_sees_how_it_stands(
    service: Service, robin: Practitioner, desk: Client
) -> None:
    form = {
        "key": "1",
        "service": str(service.pk),
        "location": str(Location.objects.get().pk),
        "size": "6",
        "weeks_between": "2",
        "name": "Priya Nair",
        "phone": "",
        "invite": "1",
    }
    refused = desk.post("/admin/courses/book/", form | {"phone": "(805) 555-0123"})
    assert "An invitation needs an email address." in said(refused)
    answer = desk.post(
        "/admin/courses/book/", form | {"email": "priya@patient.example"}, follow=True
    )
    assert "Invitation sent." in said(answer)
    assert "The patient is to choose the times." in said(answer)
    course = Course.objects.get()
    assert course.patient == Patient.objects.get(name="Priya Nair")
    assert "The patient is to choose the times." in said(desk.get("/admin/courses/"))
    address = f"/admin/courses/{course.pk}/invite/"
    assert "Sent again." in said(desk.post(address, {"again": "1"}, follow=True))
    gone = desk.post(address, {"withdraw": "1"}, follow=True)
    assert "The link doesn’t work anymore." in said(gone)


def test_an_invitation_that_does_not_arrive_is_among_the_calls_to_make(
    service: Service, robin: Practitioner, desk: Client
) -> None:
    course = invite(service, robin, User.objects.get())
    words = "An invitation to choose the times of a course didn’t arrive"
    assert words not in said(desk.get("/admin/inbox/"))
    OutgoingEmail.objects.update(state=OutgoingEmail.State.FAILED)
    for address in ("/admin/inbox/", "/admin/"):
        page = said(desk.get(address))
        assert words in page
        assert "(805) 555-0123" in page
    assert "Calls to make (1)" in said(desk.get("/admin/inbox/"))
    send_invitation(course)
    assert words not in said(desk.get("/admin/inbox/"))
    OutgoingEmail.objects.update(state=OutgoingEmail.State.FAILED)
    withdraw_invitation(course)
    assert words not in said(desk.get("/admin/inbox/"))


def test_it_goes_to_the_address_that_was_typed_and_to_no_record_without_one(
    service: Service, robin: Practitioner, desk: Client
) -> None:
    staff = User.objects.get()
    old, new = "jo@old.example", "jo@new.example"
    patient = create_patient(Details(name="Jo O’Brien", emails=old), by=staff)
    course = invite_to_course(
        service=service,
        location=Location.objects.get(),
        size=3,
        contact=Contact(name="Jo O’Brien", phone="", email=new),
        patient=patient,
        idempotency_key="invited",
        by=staff,
    )
    assert [email.to for email in OutgoingEmail.objects.all()] == [new]
    patient.refresh_from_db()
    assert patient.emails.splitlines() == [new, old]
    again = {"again": "1"}
    address = f"/admin/courses/{course.pk}/invite/"
    desk.post(address, again)
    assert [email.to for email in OutgoingEmail.objects.all()] == [new, new]
    change_patient(patient, Details(name="Jo O’Brien"), by=staff)
    assert "Not sent: there’s no email address." in said(desk.post(address, again, follow=True))
    assert OutgoingEmail.objects.count() == 2
