from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from clinic_site.clinic.models import Closure, Location


def closures_of(
    practitioners: Iterable[int], location: Location, first: date, last: date
) -> QuerySet[Any]:  # closures, with an attribute that only their query has
    """Return what differs from the week for these practitioners, by their keys, at a location.

    Each has the `practitioner_id` whom it is for, None if it is for everybody.
    """
    return (
        Closure.objects.touching(first, last)
        .filter(
            Q(person__practitioner__in=practitioners) | Q(person=None),
            Q(location=location) | Q(location=None),
        )
        .annotate(practitioner_id=F("person__practitioner"))
    )
