"""The desk has a patient choose the times of a course: whom the invitation reaches, and how."""

from django.test import Client

from booking.models import Course, Patient, Practitioner, Service
from clinic_site.clinic.models.locations import Location
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
