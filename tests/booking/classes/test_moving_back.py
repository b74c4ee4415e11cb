"""A class that was moved by a slip is moved back by one press, and nobody hears of it."""

from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.calendars.closures import cancel_affected
from booking.actions.visits import cancel_appointment
from booking.models import ClassSession, Practitioner, Service
from booking.scheduling.affected import affected_appointments
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.mail.models import OutgoingEmail
from tests.booking.classes.factories import WEDNESDAY, fill, join, wait
from tests.booking.factories import at, said
from tests.booking.waiting.factories import undo
from tests.outbox import emails_to


def test_a_class_moved_by_a_slip_is_moved_back_and_nobody_is_told(
    desk: Client, group_class: Service, session: ClassSession, theo: Practitioner
) -> None:
    visit = join(group_class)
    OutgoingEmail.objects.all().delete()
    sent = {
        "version": session.version,
        "day": "2027-01-06",
        "time": "14:00",
        "practitioner": theo.pk,
    }
    page = desk.post(f"/admin/classes/{session.pk}/move/", sent, follow=True)
    session.refresh_from_db()
    assert session.starts_at == at(6, 14)
    assert "The class is back to how it was." in said(undo(desk, page))
    session.refresh_from_db()
    visit.refresh_from_db()
    assert session.starts_at == visit.starts_at == WEDNESDAY
    assert not OutgoingEmail.objects.exists()


def test_a_closure_lists_who_only_waits_for_a_class_and_calls_it_off(
    desk: Client, group_class: Service, session: ClassSession, theo: Practitioner
) -> None:
    user = User.objects.get()
    visits = fill(group_class)
    waits = wait(session, 7)
    for visit in visits:
        cancel_appointment(visit, by=user)
    closure = Closure.objects.create(
        first_day=session.starts_at_location.date(), last_day=session.starts_at_location.date()
    )
    assert affected_appointments(closure) == [waits]
    page = BeautifulSoup(desk.get(f"/admin/closures/inspect/{closure.pk}/").content, "html.parser")
    assert "waits for a seat" in page.get_text()
    cancel_affected(closure, {waits.pk: waits.version}, reason="Closed", by=user)
    session.refresh_from_db()
    assert not session.is_open
    [told] = emails_to("w7@patient.example").order_by("-pk")[:1]
    assert "You were on the waiting list for a class, and that’s canceled now." in told.text
