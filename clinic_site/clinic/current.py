from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from clinic_site.clinic.models.details import ClinicDetails

# Error pages show the phone number even while the database does not answer.
_last_read: ClinicDetails | None = None


def read_clinic(request: HttpRequest | None = None) -> ClinicDetails:
    """Return the clinic with its main location and hours, read once a request."""
    global _last_read
    details: ClinicDetails = ClinicDetails.load(request_or_site=request)
    if details.location:
        prefetch_related_objects([details.location], "opening_hours")
    _last_read = details
    return details


def last_read_clinic() -> ClinicDetails | None:
    """Return what this process last read of the clinic, without asking the database."""
    return _last_read
