"""The demo's calendar: who does what when, a closure, and two weeks of appointments around today.

What can be is done by the services, and nothing is left to chance, so that the demo of a day is the
same wherever it is loaded. Its patients are made up; their numbers are kept for fiction.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.utils import timezone

from booking.actions.answers import decline_appointment, propose_times
from booking.actions.calendars.closures import block_time, create_closure
from booking.actions.classes.seats import take_seat
from booking.actions.requests import Contact, book_time, request_appointment
from booking.actions.visits import cancel_appointment, mark_arrived, mark_completed, mark_no_show
from booking.cells import cell_after, cell_of
from booking.models import Appointment, Claim, ClassSession, Practitioner, Service, Wish
from booking.parts_of_day import PartOfDay
from booking.scheduling.slots import AvailabilityQuery, Slot, free_times
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.mail.models import OutgoingEmail
from demo import classes, courses
from demo.classes import CLASS
from demo.patients import PATIENTS, create_patients

OFFERS = {
    "Robin Alvarez": ["first-consultation", "posture-assessment", "posture-therapy"],
    "Dana Whitfield": ["posture-therapy", "first-consultation", "posture-assessment"],
    "Marisol Vega": ["massage"],
    "Theo Lindqvist": ["personal-training", "corrective-exercise-class"],
}
MORNING, AFTERNOON = (time(9), time(13)), (time(14), time(18))
# Who works when; Monday is 0.
HOURS: dict[str, dict[int, list[tuple[time, time]]]] = {
    "Robin Alvarez": {
        0: [MORNING, AFTERNOON],
        1: [MORNING, AFTERNOON],
        3: [MORNING, AFTERNOON],
        4: [(time(9), time(15))],
    },
    "Dana Whitfield": {
        1: [MORNING, AFTERNOON],
        2: [MORNING, AFTERNOON],
        3: [MORNING],
        5: [(time(9), time(13))],
    },
    "Marisol Vega": {day: [(time(11), time(18))] for day in (0, 2, 3)} | {5: [MORNING]},
    "Theo Lindqvist": {
        **{day: [(time(9), time(12)), (time(15), time(18))] for day in range(4)},
        4: [(time(9), time(13))],
    },
}


def create_calendar() -> None:
    """Fill the calendar of the one location, as the account of the front desk."""
    emails = set(OutgoingEmail.objects.values_list("pk", flat=True))
    _Calendar().fill()
    # Nobody is there to read the emails of what has been made up.
    OutgoingEmail.objects.exclude(pk__in=emails).delete()


def spread(slots: list[Slot], wanted: int = 4) -> list[Slot]:
    """About `wanted` of the slots, far enough from each other."""
    chosen: list[Slot] = []
    for slot in slots[2 :: max(1, len(slots) // wanted)]:
        if not chosen or slot.starts_at - chosen[-1].starts_at >= timedelta(hours=2):
            chosen.append(slot)
    return chosen


class _Calendar:
    def __init__(self) -> None:
        self.location = Location.objects.get()
        self.desk: User = get_user_model().objects.get(username="frontdesk")
        self.now = timezone.now()
        self.today = timezone.localdate(timezone=self.location.zone)
        self.patients = [*PATIENTS]
        self.numbers = count(1)
        self.who_comes: defaultdict[date | None, set[str]] = defaultdict(set)

    def fill(self) -> None:
        self.people = {name: self.create_practitioner(name) for name in OFFERS}
        theo = self.people["Theo Lindqvist"]
        for session in classes.set_class_days(theo, self.location, self.today, by=self.desk):
            self.create_past_class(session)
        self.create_past()
        self.create_coming()
        classes.fill_class_dates(self.now, lambda at: self.book(theo.name, CLASS, at, by=self.desk))
        self.close()
        create_patients(self.desk)
        self.run_course()
        self.create_requests()

    def create_practitioner(self, name: str) -> Practitioner:
        practitioner = Practitioner.objects.create(person=Person.objects.get(name=name))
        for slug in OFFERS[name]:
            practitioner.assignments.create(
                service=Service.objects.get(slug=slug), location=self.location
            )
        for weekday, spans in HOURS[name].items():
            for begins, ends in spans:
                practitioner.weekly_hours.create(
                    location=self.location, weekday=weekday, begins=begins, ends=ends
                )
        return practitioner

    def close(self) -> None:
        """A day off for all, one for Marisol, whose patients are to be called, and writing time."""
        whole, day_off = self.today + timedelta(days=21), self.day(3)
        create_closure(
            Closure(first_day=whole, last_day=whole, reason="We’re painting the rooms"),
            by=self.desk,
        )
        create_closure(
            Closure(
                person=self.people["Marisol Vega"].person,
                first_day=day_off,
                last_day=day_off,
                reason="Training day",
            ),
            by=self.desk,
        )
        for slot in self.slots("Robin Alvarez", "posture-therapy", days=range(2, 9))[-1:]:
            block_time(
                self.people["Robin Alvarez"],
                starts_at=slot.starts_at,
                ends_at=slot.starts_at + timedelta(hours=1),
                reason="Paperwork",
                by=self.desk,
            )

    def create_past(self) -> None:
        """The last week and this morning: nearly everybody came."""
        for n, (name, slug) in enumerate(self.services()):
            slots = self.slots(name, slug, days=range(-7, 1))
            gone = [slot for slot in slots if slot.starts_at < self.now]
            for place, slot in enumerate(spread(gone)):
                visit = self.record(name, slug, slot)
                if (n + place) % 7 == 5:
                    mark_no_show(visit, by=self.desk)
                elif (n + place) % 7 == 6:
                    cancel_appointment(visit, by=self.desk)
                else:
                    mark_arrived(visit, by=self.desk)
                    if visit.ends_at and visit.ends_at < self.now:
                        mark_completed(visit, by=self.desk)

    def run_course(self) -> None:
        name, slug = courses.WITH, courses.SERVICE
        gone = spread(self.slots(name, slug, days=range(-7, 0)), wanted=2)[:2]
        kept = [self.record(name, slug, slot, contact=courses.COMES) for slot in gone]
        for slot in self.slots(name, slug, days=range(1, 8))[:1]:
            courses.run_course(kept, slot.starts_at, self.people[name], by=self.desk)

    def create_past_class(self, session: ClassSession) -> None:
        """A class of the last week: five came, and one did not."""
        slot = Slot(session.starts_at, (session.practitioner_id,), self.location.zone)
        for place in range(session.seats):
            visit = self.record("Theo Lindqvist", CLASS, slot, session)
            classes.note_who_came(visit, came=place > 0, by=self.desk)

    def create_coming(self) -> None:
        """Today and the week to come: agreed visits, all booked by phone."""
        for name, slug in self.services():
            for slot in spread(self.slots(name, slug, days=range(8))):
                self.book(name, slug, slot.starts_at, by=self.desk)

    def create_requests(self) -> None:
        """What waits for the front desk, and what it has answered lately."""
        assessment = self.slots("Robin Alvarez", "posture-assessment", days=range(2, 9))
        therapy = self.slots("Dana Whitfield", "posture-therapy", days=range(2, 9))
        for slot in spread(assessment, wanted=3):
            self.book("Robin Alvarez", "posture-assessment", slot.starts_at)
        if len(therapy) > 6:
            dana = self.people["Dana Whitfield"]
            declined = self.book("Dana Whitfield", "posture-therapy", therapy[0].starts_at)
            decline_appointment(declined, reason="Dana is away at a class.", by=self.desk)
            asked = self.book("Dana Whitfield", "posture-therapy", therapy[0].starts_at)
            others = [(slot.starts_at, dana) for slot in (therapy[len(therapy) // 2], therapy[-1])]
            propose_times(asked, others, by=self.desk)
        classes.wait_for_full_class(self.now)
        self.ask("massage", [Wish(self.day(4), PartOfDay.EVENING), Wish(self.day(6), "any")])
        self.ask("posture-assessment", [], wants_call=True)

    def services(self) -> list[tuple[str, str]]:
        return [(name, slug) for name, does in OFFERS.items() for slug in does if slug != CLASS]

    def day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)

    def slots(self, name: str, slug: str, *, days: range) -> list[Slot]:
        """What is free on some days from today, or was, a day before they began."""
        first, last = self.day(days[0]), self.day(days[-1])
        then = datetime.combine(first, time(), self.location.zone)
        search = AvailabilityQuery(
            Service.objects.get(slug=slug), self.location, self.people[name], by_desk=True
        )
        now = then if first < self.today else self.now
        return free_times(search, first, last, now=now)

    def contact(self, starts_at: datetime | None = None, note: str = "") -> Contact:
        """Who has waited longest; of a visit, of those who have none yet on its day."""
        day = starts_at and starts_at.astimezone(self.location.zone).date()
        come = self.who_comes[day]
        chosen = next((one for one in self.patients if one[0] not in come), self.patients[0])
        self.patients.remove(chosen)
        self.patients.append(chosen)
        name, phone = chosen
        if day:
            come.add(name)
        email = f"{name.split()[0].lower()}@patient.example".replace("í", "i")
        return Contact(name=name, phone=phone, email=email, note=note)

    def book(
        self, name: str, slug: str, starts_at: datetime, by: User | None = None
    ) -> Appointment:
        return book_time(
            service=Service.objects.get(slug=slug),
            location=self.location,
            practitioner=self.people[name],
            starts_at=starts_at,
            contact=self.contact(starts_at),
            idempotency_key=f"demo {next(self.numbers)}",
            by=by,
        )

    def ask(self, slug: str, wishes: list[Wish], *, wants_call: bool = False) -> Appointment:
        return request_appointment(
            service=Service.objects.get(slug=slug),
            location=self.location,
            contact=self.contact(note="After work is best for me."),
            idempotency_key=f"demo {next(self.numbers)}",
            wishes=wishes,
            wants_call=wants_call,
        )

    def record(
        self,
        name: str,
        slug: str,
        slot: Slot,
        session: ClassSession | None = None,
        contact: Contact | None = None,
    ) -> Appointment:
        """A visit of the past, which no service would book any more."""
        service, contact = Service.objects.get(slug=slug), contact or self.contact(slot.starts_at)
        ends_at = slot.starts_at + timedelta(minutes=service.duration_minutes)
        number = next(self.numbers)
        visit = Appointment.objects.create(
            reference=f"DEM2-{number:04}",
            idempotency_key=f"demo {number}",
            state=Appointment.State.CONFIRMED,
            requested_at=slot.starts_at - timedelta(days=9),
            location=self.location,
            practitioner=self.people[name],
            class_session=session,
            service=service,
            service_name=service.name,
            duration_minutes=service.duration_minutes,
            buffer_minutes=service.buffer_minutes,
            price_text=service.price_text,
            starts_at=slot.starts_at,
            ends_at=ends_at,
            name=contact.name,
            phone=contact.phone,
            email=contact.email,
            new_patient=False,
        )
        visit.events.create(
            at=visit.requested_at,
            event_type="booked",
            by=self.desk,
            to_state=visit.state,
            starts_at=visit.starts_at,
            practitioner=visit.practitioner,
        )
        if session:
            take_seat(session.pk, visit)
            return visit
        until = ends_at + timedelta(minutes=service.buffer_minutes)
        Claim.objects.bulk_create(
            Claim(practitioner=self.people[name], cell=cell, appointment=visit)
            for cell in range(cell_of(slot.starts_at), cell_after(until))
        )
        return visit
