from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone

from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import read_closures_ahead

# Error pages show the phone number even while the database does not answer.
_last_read: ClinicDetails | None = None


def read_clinic(request: HttpRequest | None = None) -> ClinicDetails:
    """Return the clinic with its main location and hours, read once a request."""
    details: ClinicDetails = ClinicDetails.load(request_or_site=request)
    if details.location:
        prefetch_related_objects([details.location], "opening_hours")
    return details


def read_clinic_for_pages() -> ClinicDetails:
    """Return the clinic as pages show it, the closures of the coming week included."""
    global _last_read
    details = read_clinic()
    if details.location:
        read_closures_ahead([details.location])
    _last_read = details
    return details


def last_read_clinic() -> ClinicDetails | None:
    """Return what this process last read for its pages, without asking the database."""
    return _last_read


def today_at_clinic() -> date:
    """Return the day at the main location, without asking the database."""
    return timezone.localdate(timezone=_zone())


def last_midnight_at_clinic() -> datetime:
    return datetime.combine(today_at_clinic(), datetime.min.time(), tzinfo=_zone())


def next_midnight_at_clinic() -> datetime:
    """Return when "today" on a page is over."""
    tomorrow = today_at_clinic() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), tzinfo=_zone())


def _zone() -> ZoneInfo:
    clinic = last_read_clinic()
    return clinic.location.zone if clinic and clinic.location else ZoneInfo(settings.TIME_ZONE)
