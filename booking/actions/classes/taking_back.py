"""Taking back that a weekly class was ended or changed, for as long as the desk may undo."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.claiming import lock
from booking.actions.classes.sessions import (
    change_seats,
    end_if_empty,
    move_session,
    put_on_again,
)
from booking.actions.errors import CannotUndo, JustTaken, SeatsTaken, StaleSession, TimeIsPast
from booking.models import UNDO_FOR, ClassSchedule, ClassSession, Practitioner
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location

ENCODER = DjangoJSONEncoder()
COLUMNS = ("starts_at", "practitioner_id", "location_id", "seats", "scheduled_day", "state")


def as_they_are(schedule: ClassSchedule, dates: Iterable[ClassSession]) -> dict[str, Any]:
    """What `keep_before` takes: call it before a weekly class and these dates of it change."""
    rows = {str(each.pk): {name: getattr(each, name) for name in COLUMNS} for each in dates}
    return {"first_day": schedule.first_day, "last_day": schedule.last_day, "dates": rows}


def keep_before(
    schedule: ClassSchedule, before: dict[str, Any], *, new: ClassSchedule | None = None
) -> None:
    """Keep what was, and which class goes on in its place, so that it can be taken back."""
    dates = ClassSession.objects.filter(pk__in=before["dates"])
    for pk, version in dates.values_list("pk", "version"):
        before["dates"][str(pk)]["version"] = version
    schedule.changed_at = timezone.now()
    schedule.before = ENCODER.encode(before | {"new": new and new.pk})
    schedule.save(update_fields=["changed_at", "before"])


@transaction.atomic
def take_back_schedule(
    schedule: ClassSchedule, changed_at: datetime, *, by: User
) -> list[ClassSession]:
    """Have a weekly class meet as before its last change; return the dates that stay otherwise.

    They have been changed since, or their time or seats have gone to others. Who comes to what is
    moved back is told, unless nobody has told them yet. Raises CannotUndo if it is too long ago,
    undone already or changed once more.
    """
    lock([schedule.practitioner_id, *_people_since(schedule)])
    schedule.refresh_from_db()
    before = schedule.kept
    too_late = timezone.now() - UNDO_FOR
    if before is None or schedule.changed_at != changed_at or changed_at <= too_late:
        raise CannotUndo
    new = ClassSchedule.objects.filter(pk=before["new"]).first()
    if before["new"] and (new is None or new.changed_at):
        raise CannotUndo
    schedule.changed_at, schedule.before = None, ""
    schedule.first_day, schedule.last_day = before["first_day"], before["last_day"]
    schedule.save()
    log(schedule, "wagtail.edit", user=by)
    stay = _end_new(new, before["dates"]) if new else []
    for pk, was in before["dates"].items():
        session = ClassSession.objects.select_related("location", "practitioner").get(pk=pk)
        if not _put_back(session, schedule, was, by=by):
            stay.append(session)
    if new:
        new.delete()
    schedule.refresh_from_db()
    return stay


def _people_since(schedule: ClassSchedule) -> list[int]:
    kept = schedule.kept
    if kept is None or not kept["new"]:
        return []
    since = ClassSchedule.objects.filter(pk=kept["new"])
    return list(since.values_list("practitioner_id", flat=True))


def _end_new(new: ClassSchedule, kept: Iterable[str]) -> list[ClassSession]:
    """Call off the dates that the changed class alone had; return those that people have booked."""
    made = new.sessions.open().filter(starts_at__gt=timezone.now()).exclude(pk__in=list(kept))
    return [session for session in made if not end_if_empty(session)]


def _put_back(
    session: ClassSession, schedule: ClassSchedule, was: dict[str, Any], *, by: User
) -> bool:
    day = was["scheduled_day"]
    ClassSession.objects.filter(pk=session.pk).update(schedule=schedule, scheduled_day=day)
    if session.version != was["version"]:
        return not session.is_open
    try:
        with transaction.atomic():
            if was["state"] != session.state:
                put_on_again(session, by=by)
            _move_back(session, was, by=by)
            if session.seats != was["seats"]:
                change_seats(session, was["seats"], by=by)
    except (JustTaken, SeatsTaken, StaleSession, TimeIsPast):
        session.refresh_from_db()
        return False
    return True


def _move_back(session: ClassSession, was: dict[str, Any], *, by: User) -> None:
    starts_at = datetime.fromisoformat(was["starts_at"])
    there = (was["practitioner_id"], was["location_id"])
    if (session.starts_at, session.practitioner_id, session.location_id) == (starts_at, *there):
        return
    move_session(
        session,
        starts_at=starts_at,
        practitioner=Practitioner.objects.get(pk=there[0]),
        location=Location.objects.get(pk=there[1]),
        by=by,
    )
