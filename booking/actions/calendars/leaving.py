"""The calendar of somebody who leaves: their visits to come go to whoever takes them."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booking.actions.calendars.calendar_feeds import revoke_feed
from booking.actions.errors import (
    JustTaken,
    NotOffered,
    StaleAppointment,
    TimeIsPast,
    TransitionNotAllowed,
)
from booking.actions.visits import move_appointment
from booking.models import Appointment, CalendarFeed, Practitioner
from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from clinic_site.staff.duties import Duty, Note

CANNOT = (JustTaken, NotOffered, StaleAppointment, TimeIsPast, TransitionNotAllowed)


class Calendars(Duty):
    key = "calendar"
    title = _("Calendar")
    question = _("Who takes over the visits?")
    without = _(
        "A visit goes to them at the same time if they’re free and offer the service, and the "
        "patient gets an email. All others stay on the calendar for the front desk to move."
    )

    def held(self, person: Person) -> list[str]:
        practitioner = _practitioner(person)
        if practitioner is None:
            return []
        number = len(_to_come(practitioner))
        visits = ngettext(
            "%(number)d visit to come is with them.",
            "%(number)d visits to come are with them.",
            number,
        )
        found = [visits % {"number": number}] if number else []
        if practitioner.active:
            found.append(_now("Patients can book them. That ends."))
        if _feeds(practitioner).exists():
            found.append(_now("Their own calendar reads this one. That ends."))
        return found

    def takers(self, person: Person) -> QuerySet[Person]:
        return Person.objects.filter(practitioner__active=True).exclude(pk=person.pk)

    def hand_over(self, person: Person, to: Person | None, *, by: User) -> Note:
        practitioner = Practitioner.objects.get(person=person)
        was_active, taker = practitioner.active, to and _practitioner(to)
        moved = [visit.pk for visit in _to_come(practitioner) if taker and _move(visit, taker, by)]
        practitioner.active = False
        practitioner.save()
        for feed in _feeds(practitioner):
            revoke_feed(feed, by=by)
        return {"was_active": was_active, "moved": moved}

    def take_back(self, person: Person, note: Note, *, by: User) -> list[str]:
        """Have them booked again. Visits stay with whoever has them: patients know of it."""
        practitioner = _practitioner(person)
        if practitioner and note["was_active"] and not practitioner.active:
            practitioner.active = True
            practitioner.save()
        moved = len(note["moved"])
        stays = ngettext(
            "%(number)d visit stays with the person who took it over; the desk can move it back.",
            "%(number)d visits stay with the person who took them over; the desk can move them "
            "back.",
            moved,
        )
        return [stays % {"number": moved}] if moved else []


def _practitioner(person: Person) -> Practitioner | None:
    return Practitioner.objects.filter(person=person).first()


def _to_come(practitioner: Practitioner) -> list[Appointment]:
    """Return the agreed visits that haven't begun. A class is moved as one, by the desk."""
    visits = Appointment.objects.filter(
        practitioner=practitioner,
        state=Appointment.State.CONFIRMED,
        starts_at__gt=timezone.now(),
        class_session=None,
    )
    return [*visits.select_related("service", "location", "practitioner").order_by("starts_at")]


def _feeds(practitioner: Practitioner) -> QuerySet[CalendarFeed]:
    feeds: QuerySet[CalendarFeed] = CalendarFeed.objects.usable(timezone.now())
    return feeds.filter(practitioner=practitioner)


def _move(visit: Appointment, to: Practitioner, by: User) -> bool:
    """Give a visit to somebody at its time; False, and nothing is changed, if they can't."""
    if visit.starts_at is None:
        return False
    try:
        with transaction.atomic():
            move_appointment(visit, starts_at=visit.starts_at, practitioner=to, by=by)
    except CANNOT:
        return False
    return True
