"""What the desk changes about the calendar itself. None of it ever alters an appointment."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from booking.actions.claiming import Span, lock, release, to_utc
from booking.actions.errors import JustTaken, NotFree
from booking.actions.holds import claim_time
from booking.cells import cell_after, cell_of
from booking.models import Appointment, BlockedTime, CallTask, Practitioner, ProposedTime
from booking.scheduling.availability import cells_of_closure
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure, Location
from clinic_site.clinic.opening_hours import DAY


@transaction.atomic
def block_time(
    practitioner: Practitioner,
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    by: User | None = None,
) -> BlockedTime:
    """Keep time of somebody free of patients. Raises NotFree if any of it is taken."""
    starts_at, ends_at = to_utc(starts_at), to_utc(ends_at)
    if starts_at >= ends_at:
        raise ValueError("a block ends after it begins")
    lock([practitioner])
    block = BlockedTime.objects.create(
        practitioner=practitioner,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        created_by=by,
    )
    try:
        claim_time([Span(practitioner.pk, starts_at, ends_at)], block=block)
    except JustTaken as taken:
        raise NotFree from taken
    return block


@transaction.atomic
def unblock_time(block: BlockedTime) -> None:
    """Give blocked time back."""
    release(block=block)
    block.delete()


@transaction.atomic
def create_closure(closure: Closure, *, by: User | None = None) -> list[CallTask]:
    """Store a closure, or extra hours; return a call to make for each appointment it hits.

    No appointment is altered by it. One that is stored already is stored once.
    """
    list(Location.objects.select_for_update().order_by("pk").values_list("pk"))  # one at a time
    if same := _stored(closure):
        closure.pk = same.pk
        return list_call_tasks(closure)
    closure.created_by = by
    closure.save()
    return list_call_tasks(closure)


def _stored(closure: Closure) -> Closure | None:
    """The closure that says the same already, as when a form is sent twice."""
    names = ("kind", "person", "location", "reason", "first_day", "last_day", "begins", "ends")
    told = {name: getattr(closure, name) for name in names}
    same = Closure.objects.all()
    for name, value in told.items():
        same = same.filter(**({f"{name}__isnull": True} if value is None else {name: value}))
    return same.first()


@transaction.atomic
def change_closure(closure: Closure) -> list[CallTask]:
    """Store a closure's new days; return its calls, without those that need not be made any more.

    A call that has been made stays as a note.
    """
    closure.save()
    still_hit = [appointment.pk for appointment in affected_appointments(closure)]
    closure.call_tasks.filter(done_at__isnull=True).exclude(appointment__in=still_hit).delete()
    return list_call_tasks(closure)


@transaction.atomic
def list_call_tasks(closure: Closure) -> list[CallTask]:
    """Note a call to make for each standing appointment that a closure hits, once each."""
    CallTask.objects.bulk_create(
        [
            CallTask(appointment=appointment, closure=closure, reason=CallTask.Reason.CLOSURE)
            for appointment in affected_appointments(closure)
        ],
        ignore_conflicts=True,
    )
    return list(
        closure.call_tasks.select_related("appointment__location").order_by(
            "appointment__starts_at", "pk"
        )
    )


def affected_appointments(closure: Closure) -> list[Appointment]:
    """The standing appointments with a time that a closure, stored or not, falls upon.

    The times that a patient is to choose from are some as well.
    """
    if closure.kind != Closure.Kind.CLOSED:
        return []
    # A day wider on either side than any zone reaches.
    begins = datetime.combine(closure.first_day - DAY, datetime.min.time(), UTC)
    ends = datetime.combine(closure.last_day + 3 * DAY, datetime.min.time(), UTC)
    touched = Appointment.objects.standing().overlapping(begins, ends)
    proposed = ProposedTime.objects.filter(
        appointment__state=Appointment.State.PROPOSED,
        starts_at__gt=begins - DAY,
        starts_at__lt=ends,
    )
    if closure.person_id:
        touched = touched.filter(practitioner__person=closure.person_id)
        proposed = proposed.filter(practitioner__person=closure.person_id)
    if closure.location_id:
        touched = touched.filter(location=closure.location_id)
        proposed = proposed.filter(location=closure.location_id)
    found = {
        appointment: None
        for appointment in touched.select_related("location", "practitioner__person")
        if appointment.starts_at and _falls_upon(closure, appointment, appointment.starts_at)
    }
    for time in proposed.select_related("appointment__location"):
        if _falls_upon(closure, time.appointment, time.starts_at):
            found[time.appointment] = None
    return [*found]


def _falls_upon(closure: Closure, appointment: Appointment, starts_at: datetime) -> bool:
    ends_at = starts_at + timedelta(minutes=appointment.duration_minutes)
    visit = range(cell_of(starts_at), cell_after(ends_at))
    closed = cells_of_closure(closure, appointment.location.zone)
    return any(run.start < visit.stop and visit.start < run.stop for run in closed)
