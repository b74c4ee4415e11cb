"""Whether anything has changed that the calendar shows, asked by one query."""

from datetime import datetime

from django.db.models import Model, QuerySet, Subquery
from wagtail.models import ModelLogEntry

from booking.models import AppointmentEvent, WaitingListOffer
from clinic_site.clinic.models.locations import Location

# So often the clock alone changes what can be done: who may be marked as a no-show, what is over.
MINUTES = 15


def version_of(location: Location, now: datetime) -> str:
    """Return a text that is another one after each change by anybody, and each quarter of an hour.

    Appointments change with a line of history, all else by staff with a line in the log, and what
    is offered to the waiting list with the offer.
    """
    newest = Location.objects.filter(pk=location.pk).values_list(
        _newest(AppointmentEvent.objects.all()),
        _newest(WaitingListOffer.objects.all()),
        _newest(ModelLogEntry.objects.all()),
    )
    changes = "-".join(str(key or 0) for key in newest.get())
    return f"{changes}-{int(now.timestamp()) // (MINUTES * 60)}"


def _newest(rows: QuerySet[Model]) -> Subquery:
    return Subquery(rows.order_by("-pk").values("pk")[:1])
