"""A patient chooses the times of a course themselves, by a private link that works once."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from booking.actions.courses.booking import WantedVisit, book_visits, create_course
from booking.actions.errors import AlreadyBooked, NoEmailAddress
from booking.actions.patients.assigning import record_of_new
from booking.actions.patients.records import Details, change_patient
from booking.actions.requests import Contact, store_row_once
from booking.models import Appointment, Course, CourseInvitation, Patient, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import cancel_emails, queue_email

INVITED_FOR = timedelta(days=7)


def invite_to_course(
    *,
    service: Service,
    location: Location,
    size: int,
    contact: Contact,
    idempotency_key: str,
    by: User,
    practitioner: Practitioner | None = None,
    weeks_between: int = 1,
    patient: Patient | None = None,
) -> Course:
    """Have a patient with an email address choose the times, once for one `idempotency_key`.

    The invitation goes to the address of `contact`. Without a `patient` a record is made of whom
    it names.
    """

    def store() -> Course:
        known = patient or record_of_new(Appointment(**asdict(contact)), by=by)
        if contact_of_record(known).email != contact.email:
            _put_first(contact.email, known, by=by)
        course = create_course(
            service=service,
            location=location,
            practitioner=practitioner,
            size=size,
            weeks_between=weeks_between,
            patient=known,
            idempotency_key=idempotency_key,
            by=by,
        )
        send_invitation(course)
        return course

    return store_row_once(Course, idempotency_key, store)


def _put_first(address: str, patient: Patient, *, by: User) -> None:
    """Have the record begin with an address, so that what is sent again goes there too."""
    known = {name: getattr(patient, name) for name in Details.__dataclass_fields__}
    others = [each for each in patient.emails.splitlines() if each != address]
    change_patient(patient, Details(**known | {"emails": "\n".join([address, *others])}), by=by)


@transaction.atomic
def send_invitation(course: Course) -> None:
    """Email a link in place of every earlier one. Raises AlreadyBooked, or NoEmailAddress."""
    waits = Course.objects.select_for_update().filter(pk=course.pk, booked_at=None)
    if course.whose is None or not waits.exists():
        raise AlreadyBooked
    contact = contact_of_record(course.whose)
    if not contact.email:
        raise NoEmailAddress
    expires_at = timezone.now() + INVITED_FOR
    token = course.invitations.rotate(course=course, expires_at=expires_at)
    email = queue_email(
        to=contact.email,
        template="booking/emails/course_invitation",
        subject_ref=course.subject,
        context={
            "course": course,
            "name": contact.name,
            "visitor_name": contact.visitor_name,
            "location": course.location,
            "until": expires_at.astimezone(course.location.zone),
            "button_url": f"{settings.BASE_URL}{reverse('booking:course', args=[token])}",
            "button_label": gettext("Choose your times"),
        },
        reply_to=course.location.email,
    )
    CourseInvitation.objects.with_token(token).update(email=email)


@transaction.atomic
def withdraw_invitation(course: Course) -> None:
    """Have the link open nothing any more; an email that has not left stays here."""
    course.invitations.revoke()
    sent = course.invitations.filter(email__isnull=False).values_list("email", flat=True)
    waiting = OutgoingEmail.objects.filter(pk__in=sent, state=OutgoingEmail.State.WAITING)
    cancel_emails(waiting.values_list("pk", flat=True))


@transaction.atomic
def book_invited(course: Course, visits: Sequence[WantedVisit]) -> Course:
    """Book the times that the patient has chosen, all or none; the link has done its work.

    Raises TimesGone, or AlreadyBooked.
    """
    course.patient = course.whose
    if course.patient is None or len(visits) != course.size:
        raise AlreadyBooked
    book_visits(course, visits, contact_of_record(course.patient))
    return course


def find_course(token: str, *, now: datetime) -> Course | None:
    """Whose times are to be chosen by that link, or have been; None if it opens nothing."""
    links = CourseInvitation.objects.usable(now).with_token(token)
    link = links.select_related(
        "course__service",
        "course__location",
        "course__practitioner__person",
        "course__patient__merged_into",
    ).first()
    return link.course if link and link.course.patient_id else None


def contact_of_record(patient: Patient) -> Contact:
    """How a booking for a patient reaches them: their own contact or, without, their booker's."""
    reached = patient
    if not patient.email_addresses and not patient.phone_numbers and patient.booked_by:
        reached = patient.booked_by[0]
    return Contact(
        name=reached.name,
        phone=next(iter(reached.phone_numbers), ""),
        email=next(iter(reached.email_addresses), ""),
        for_somebody_else=reached is not patient,
        visitor_name="" if reached is patient else patient.name,
        access_needs="; ".join(patient.needs)[:300],
    )
