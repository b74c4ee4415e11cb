"""Visits and their times in words.

Times are written here: a template would turn them to the zone that is active.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext

from booking.cancellation_policy import CancellationPolicy
from booking.models import (
    Appointment,
    AppointmentEvent,
    ClassSession,
    ProposedTime,
    Service,
    WaitingListOffer,
    Wish,
)


def length_and_price(promised: Service | Appointment) -> str:
    """Say how long a visit takes and what it costs: "45 minutes, $90"."""
    minutes = promised.duration_minutes
    length = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return f"{length}, {promised.price_text}" if promised.price_text else length


def agreed_time(appointment: Appointment | ProposedTime | WaitingListOffer | ClassSession) -> str:
    """Say when a visit begins on the clock of its location, with the name of the time zone."""
    time = appointment.starts_at_location
    return moment(time) if time else ""


def time_before(event: AppointmentEvent) -> str:
    """Say which time a move has taken away, on the clock of the location."""
    before = event.from_starts_at
    return moment(before.astimezone(event.appointment.location.zone)) if before else ""


def day_and_time(appointment: Appointment | ProposedTime | WaitingListOffer) -> str:
    """Say the same in short, for the coming weeks: "Tuesday, January 5, 10:30 AM"."""
    time = appointment.starts_at_location
    return format_date(time, gettext("l, F j, g:i A")) if time else ""


def day_of_visit(appointment: Appointment) -> str:
    """Say the day of a visit: "Tuesday, January 5"."""
    time = appointment.starts_at_location
    return _day(time) if time else ""


def _day(local: date) -> str:
    return format_date(local, gettext("l, F j"))


def place_in_course(appointment: Appointment) -> str:
    """Say which visit of its course it is: "Visit 2 of 6"; "" for one by itself, or called off."""
    if appointment.course_id is None or appointment.state not in Appointment.AGREED:
        return ""
    visits = Appointment.objects.filter(
        course=appointment.course_id, state__in=Appointment.AGREED
    ).order_by("starts_at", "pk")
    keys = list(visits.values_list("pk", flat=True))
    told = {"number": keys.index(appointment.pk) + 1, "of": len(keys)}
    return gettext("Visit %(number)s of %(of)s") % told


def held_until(holder: Appointment | WaitingListOffer) -> str:
    """Say until when time is held, on the clock of its location."""
    until = holder.expires_at if isinstance(holder, WaitingListOffer) else holder.hold_expires_at
    return moment(until.astimezone(holder.location.zone)) if until else ""


def moment(local: datetime) -> str:
    """Say a time on its own clock: "Tuesday, January 5, 2027, 10:30 AM PST"."""
    # Django names no zone in the hour that comes twice, just when it matters.
    return f"{format_date(local, gettext('l, F j, Y, g:i A'))} {local:%Z}"


def short_day(local: datetime) -> str:
    """Say a day of the coming weeks: "Tue, Jan 5"."""
    return format_date(local, gettext("D, M j"))


def instant(time: datetime) -> str:
    """Write a time as forms send it."""
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def change_terms(
    starts_at: datetime,
    zone: ZoneInfo,
    policy: CancellationPolicy,
    *,
    now: datetime,
    has_link: bool = True,
) -> str:
    """Say until when a visit can be moved or canceled, and what that costs; "" once it is over.

    Without `has_link`, a private link, patients can only call.
    """
    if now >= starts_at:
        return ""
    online = has_link and policy.may_change(starts_at, now=now)
    if policy.is_free_until_it_begins:
        return _free_terms(online)
    if policy.is_late(starts_at, now=now):
        said = [_late_terms(policy, online)]
    else:
        until = moment(policy.free_until(starts_at).astimezone(zone))
        said = [_early_terms(until, online), _terms_after_that(policy, online)]
    return " ".join([*said, policy.reason]).strip()


def _free_terms(online: bool) -> str:
    if online:
        return gettext("You can move or cancel it online for free until it begins.")
    return gettext("Call us to move or cancel it. It’s free until it begins.")


def _early_terms(until: str, online: bool) -> str:
    words = {"until": until}
    if online:
        return gettext("You can move or cancel it online for free until %(until)s.") % words
    return gettext("Call us to move or cancel it. It’s free until %(until)s.") % words


def _terms_after_that(policy: CancellationPolicy, online: bool) -> str:
    fee = {"fee": policy.late_fee}
    if not policy.late_fee:
        return gettext("After that, please call us.")
    if online and not policy.late_online:
        return gettext("After that, please call us; a change then costs %(fee)s.") % fee
    return gettext("After that, a change costs %(fee)s.") % fee


def _late_terms(policy: CancellationPolicy, online: bool) -> str:
    late = ngettext(
        "It’s less than %(hours)s hour before your visit",
        "It’s less than %(hours)s hours before your visit",
        policy.free_hours,
    ) % {"hours": policy.free_hours}
    words = {"late": late, "fee": policy.late_fee}
    if online:
        return gettext("%(late)s, so a change now costs %(fee)s.") % words
    if policy.late_fee:
        call = gettext("%(late)s, so please call us to change it. A change now costs %(fee)s.")
        return call % words
    return gettext("%(late)s, so please call us to change it.") % words


def terms_once_confirmed(
    starts_at: datetime | None, zone: ZoneInfo, policy: CancellationPolicy, *, now: datetime
) -> str:
    """Say the same of a visit that is asked for and not agreed yet, perhaps without a time."""
    if policy.is_free_until_it_begins or not policy.free_hours:
        return gettext(
            "Once it’s confirmed, you can move or cancel it online for free until it begins."
        )
    if starts_at and policy.is_late(starts_at, now=now):
        said = [_late_once_confirmed(policy)]
    else:
        words = {"until": _free_until(starts_at, zone, policy)}
        early = gettext(
            "Once it’s confirmed, you can move or cancel it online for free until %(until)s."
        )
        said = [early % words, _terms_after_that(policy, online=True)]
    return " ".join([*said, policy.reason]).strip()


def _free_until(starts_at: datetime | None, zone: ZoneInfo, policy: CancellationPolicy) -> str:
    if starts_at:
        return moment(policy.free_until(starts_at).astimezone(zone))
    hours = ngettext(
        "%(hours)s hour before your visit", "%(hours)s hours before your visit", policy.free_hours
    )
    return hours % {"hours": policy.free_hours}


def _late_once_confirmed(policy: CancellationPolicy) -> str:
    fee = {"fee": policy.late_fee}
    if policy.late_online:
        return gettext("Once it’s confirmed, a change costs %(fee)s.") % fee
    if policy.late_fee:
        call = gettext(
            "Once it’s confirmed, please call us to change it. A change then costs %(fee)s."
        )
        return call % fee
    return gettext("Once it’s confirmed, please call us to change it.")


def day_of_wish(wish: Wish) -> str:
    """Say a wished day and the part of it: "Tuesday, January 5, morning"."""
    return f"{_day(wish.day)}, {wish.part}"
