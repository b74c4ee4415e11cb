"""The address that practitioners' calendars subscribe to."""

import hashlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from booking.actions.calendars.calendar_feeds import feed_entries, find_feed
from booking.ical.export import feed_ics
from booking.models import Appointment
from clinic_site.access_log.looks import note_records
from clinic_site.access_log.models import AccessLine
from clinic_site.clinic.current import read_clinic


@cache_control(private=True, no_store=True)
@require_safe
def practitioner_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A practitioner's taken time. Whoever asks again is told if nothing has changed."""
    now = timezone.now()
    feed = find_feed(token, now=now)
    if feed is None:
        # For a program, and the same for every token that opens nothing.
        return HttpResponse("Calendar not found.\n", "text/plain", HTTPStatus.NOT_FOUND)
    entries = feed_entries(feed, now=now)
    name = read_clinic().name
    response = HttpResponse(
        feed_ics(name, entries),
        content_type="text/calendar; charset=utf-8",
        headers={
            # Weak: every answer carries the time at which it was made.
            "ETag": f'W/"{hashlib.sha256(repr((name, entries)).encode()).hexdigest()[:32]}"',
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
        },
    )
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    if answer.status_code == HTTPStatus.OK:  # otherwise nothing is handed over
        shown = [entry.appointment_id for entry in entries if entry.appointment_id]
        whose = feed.practitioner.person.account_id
        label = Appointment._meta.label_lower
        note_records(
            label,
            shown,
            kind=AccessLine.Kind.FEED,
            renews=True,
            account=whose,
            # Not every practitioner has an account.
            details=f"practitioner {feed.practitioner_id}",
        )
    return answer
