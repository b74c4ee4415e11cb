"""Private feeds: what a practitioner's own calendar may read."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext
from wagtail.log_actions import log

from booking.ical.export import CalendarEntry, busy_uid, uid_of
from booking.models import (
    Appointment,
    BlockedTime,
    CalendarFeed,
    ClassSession,
    Practitioner,
    ProposedTime,
    WaitingListOffer,
)
from clinic_site.accounts.models import User
from clinic_site.clinic.current import read_clinic

State = Appointment.State

PAST, AHEAD = timedelta(days=31), timedelta(days=400)
SHOWN = (State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.COMPLETED)
LOOKED_AT_EVERY = timedelta(hours=1)


def open_feed(
    practitioner: Practitioner, *, detail: str = CalendarFeed.Detail.BUSY, by: User
) -> str:
    """Return the token of a new feed. It can be shown this once only."""
    token = CalendarFeed.objects.issue(practitioner=practitioner, detail=detail, created_by=by)
    log(CalendarFeed.objects.with_token(token).get(), "booking.open_feed", user=by)
    return token


def revoke_feed(feed: CalendarFeed, *, by: User) -> None:
    """Let nobody read it any more."""
    if CalendarFeed.objects.filter(pk=feed.pk).revoke():
        log(feed, "booking.revoke_feed", user=by)


def find_feed(token: str, *, now: datetime) -> CalendarFeed | None:
    """Return the feed of a token, and note about when it was read."""
    feeds = CalendarFeed.objects.select_related("practitioner__person")
    feed: CalendarFeed | None = feeds.usable(now).with_token(token).first()
    if feed and (feed.read_at is None or feed.read_at < now - LOOKED_AT_EVERY):
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    return feed


def feed_entries(feed: CalendarFeed, *, now: datetime) -> list[CalendarEntry]:
    """What of a practitioner's time is taken, and by which reference if the feed shows those.

    Imported times are left out: they came from a calendar of theirs.
    """
    names = feed.detail == CalendarFeed.Detail.REFERENCE
    begins, ends = now - PAST, now + AHEAD
    entries = [
        *_visits(feed, names, begins, ends, now),
        *_held(feed, names, begins, ends, now),
        *_classes(feed, begins, ends),
        *_blocks(feed, begins, ends),
    ]
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))


def _summary(appointment: Appointment, names: bool) -> str:
    return f"{read_clinic().name}: {appointment.reference}" if names else gettext("Busy")


def _visits(
    feed: CalendarFeed, names: bool, begins: datetime, ends: datetime, now: datetime
) -> Iterator[CalendarEntry]:
    visits = Appointment.objects.filter(practitioner=feed.practitioner_id, state__in=SHOWN)
    alone = visits.exclude(class_session__state=ClassSession.State.OPEN)  # a class is one entry
    for visit in alone.not_lapsed(now).overlapping(begins, ends):
        if visit.starts_at and visit.ends_at:
            yield CalendarEntry(
                uid_of(visit),
                visit.starts_at,
                visit.ends_at,
                _summary(visit, names),
                version=visit.version,
                tentative=visit.state == State.REQUESTED,
                appointment_id=visit.pk,
            )


def _held(
    feed: CalendarFeed, names: bool, begins: datetime, ends: datetime, now: datetime
) -> Iterator[CalendarEntry]:
    """What is proposed to patients, or offered to those on the waiting list."""
    held = {
        "practitioner": feed.practitioner_id,
        "starts_at__gte": begins,
        "starts_at__lt": ends,
    }
    proposed = ProposedTime.objects.filter(**held, appointment__hold_expires_at__gt=now)
    proposed = proposed.filter(appointment__class_session=None).select_related("appointment")
    offers = WaitingListOffer.objects.open().filter(**held, expires_at__gt=now)
    waiting = offers.select_related("entry__appointment")
    times = [(busy_uid("proposed", time.pk), time.starts_at, time.appointment) for time in proposed]
    times += [
        (busy_uid("offer", offer.pk), offer.starts_at, offer.entry.appointment) for offer in waiting
    ]
    for uid, starts_at, appointment in times:
        ends_at = starts_at + timedelta(minutes=appointment.duration_minutes)
        yield CalendarEntry(
            uid,
            starts_at,
            ends_at,
            _summary(appointment, names),
            tentative=True,
            appointment_id=appointment.pk,
        )


def _classes(feed: CalendarFeed, begins: datetime, ends: datetime) -> Iterator[CalendarEntry]:
    """Classes, once each and whoever comes. They have no reference."""
    sessions = ClassSession.objects.open().filter(practitioner=feed.practitioner_id)
    for session in sessions.between(begins, ends):
        yield CalendarEntry(
            busy_uid("class", session.pk),
            session.starts_at,
            session.ends_at,
            gettext("Busy"),
            version=session.version,
        )


def _blocks(feed: CalendarFeed, begins: datetime, ends: datetime) -> Iterator[CalendarEntry]:
    blocks = BlockedTime.objects.filter(
        practitioner=feed.practitioner_id, ends_at__gt=begins, starts_at__lt=ends
    )
    for block in blocks:
        yield CalendarEntry(
            busy_uid("block", block.pk), block.starts_at, block.ends_at, gettext("Busy")
        )
