"""Finding patients by what somebody types at the desk.

Every question is one that an index answers. A patient stands for all records merged into it.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce

from booking.models import Appointment, BookedBy, Patient, SearchTerm
from booking.models.appointments import AppointmentQuerySet
from booking.models.search_terms import SearchTermQuerySet
from clinic_site.clinic.search_terms import SearchQuery, read_query

SHOWN = 20
# Of those who may be meant, as many as are looked at: whoever types on leaves fewer.
LOOKED_AT = 100
REFERENCE = re.compile(r"[2-9BCDFGHJKMNPQRSTVWXZ]{8}")
RECORD = Coalesce("patient__merged_into", "patient")
State = Appointment.State


class Visits(NamedTuple):
    """How often somebody has come, and not; how much is to come, and when."""

    came: int = 0
    missed: int = 0
    to_come: int = 0
    last: datetime | None = None
    next: datetime | None = None


class FoundPatient(NamedTuple):
    patient: Patient
    visits: Visits


class Found(NamedTuple):
    """What a search has found: patients, and bookings of which nobody has said whose they are."""

    patients: list[FoundPatient]
    bookings: list[Appointment]


def find_patients(text: str, *, now: datetime, shown: int = SHOWN) -> Found:
    """Return whom `text` means, by name, phone, email or reference. At most five queries."""
    if reference := reference_in(text):
        return _by_reference(reference, now)
    query = read_query(text)
    if not query.says_something:
        return Found([], [])
    return Found(_patients(query, now, shown), _bookings(query, shown))


def bookings_named(text: str) -> AppointmentQuerySet:
    """Return the bookings of whom `text` means, by name, phone, email or reference: one query."""
    bookings = Appointment.objects.order_by()
    if reference := reference_in(text):
        return bookings.filter(reference=reference)
    query = read_query(text)
    if query.email or query.numbers:
        terms = _contact(query)
        bookings = bookings.filter(
            Q(pk__in=terms.exclude(appointment=None).values("appointment"))
            | Q(patient__in=terms.exclude(patient=None).values("patient"))
            | Q(patient__in=terms.exclude(record=None).values("record"))
        )
    named = " ".join(token for token in text.split() if any(map(str.isalpha, token)))
    if named and not query.email:
        having = bookings.having
        bookings = bookings.filter(having("name_words", named) | having("visitor_words", named))
    return bookings if query.says_something else bookings.none()


def reference_in(text: str) -> str:
    """Return the reference that `text` is, however it is written, or nothing."""
    letters = "".join(filter(str.isalnum, text.upper()))
    is_one = REFERENCE.fullmatch(letters) and not letters.isdecimal()
    return f"{letters[:4]}-{letters[4:]}" if is_one else ""


def visits_of(patients: Iterable[Patient], *, now: datetime) -> dict[int, Visits]:
    """Return the visits of each patient by the number of the record, in one query."""
    record = {pk: patient.pk for patient in patients for pk in patient.family_ids}
    came = Q(state__in=[State.ARRIVED, State.COMPLETED])
    ahead = Q(state__in=Appointment.STANDING) & (Q(starts_at__gt=now) | Q(starts_at=None))
    rows = (
        Appointment.objects.filter(patient__in=[*record])
        .order_by()
        .annotate(record=RECORD)
        .values("record")
        .annotate(
            came=Count("pk", filter=came),
            missed=Count("pk", filter=Q(state=State.NO_SHOW)),
            to_come=Count("pk", filter=ahead),
            last=Max("starts_at", filter=came),
            next=Min("starts_at", filter=ahead),
        )
        .values_list("record", *Visits._fields)
    )
    found = {row[0]: Visits(*row[1:]) for row in rows}
    return {patient.pk: found.get(patient.pk, Visits()) for patient in patients}


def _by_reference(reference: str, now: datetime) -> Found:
    named = Appointment.objects.filter(reference=reference)
    of_nobody = named.filter(patient=None, erased_at=None)
    ids = named.exclude(patient=None).values(found=RECORD)
    patients = list(Patient.objects.records().filter(pk__in=ids))
    visits = visits_of(patients, now=now) if patients else {}
    return Found(
        [FoundPatient(patient, visits[patient.pk]) for patient in patients],
        list(of_nobody.select_related("location", "practitioner__person")),
    )


def _patients(query: SearchQuery, now: datetime, shown: int) -> list[FoundPatient]:
    found = list(Patient.objects.records().filter(pk__in=_meant(query)).order_by("name", "pk"))
    if query.email or query.numbers:  # few: what else is said is looked at here
        found = [one for one in found if query.has_words_of(one.names)]
    visits = visits_of(found[:shown], now=now) if found else {}
    return [FoundPatient(patient, visits[patient.pk]) for patient in found[:shown]]


def _meant(query: SearchQuery) -> Any:
    """The numbers of the records that may be meant, as many as anybody looks through."""
    if query.email or query.numbers:
        terms = _contact(query).exclude(patient=None).values("patient")
        owners = Patient.objects.filter(pk__in=terms).order_by("pk")[:LOOKED_AT]
        return records_reached_by(
            [one for one in owners if _is_owner(query, one.phones.splitlines())]
        )
    words, *others = map(SearchTerm.objects.beginning_with, query.words)
    for more in others:
        words = words.filter(record__in=more.exclude(record=None).values("record"))
    ids = words.exclude(record=None).order_by("term").values_list("record", flat=True)
    return set(ids[:LOOKED_AT])


def _bookings(query: SearchQuery, shown: int) -> list[Appointment]:
    # Asked from the terms on, of which there are few: most bookings have a patient, and none then.
    if query.email or query.numbers:
        first, others = _contact(query), list[SearchTermQuerySet]()
    else:
        first, *others = map(SearchTerm.objects.beginning_with, query.words)
    for terms in others:
        first = first.filter(appointment__in=terms.exclude(appointment=None).values("appointment"))
    rows = first.exclude(appointment=None).select_related(
        "appointment__location", "appointment__practitioner__person"
    )
    found = {row.appointment for row in rows.order_by("-appointment")[:LOOKED_AT]}
    bookings = [
        one
        for one in found
        if one
        and _is_owner(query, filter(None, [one.phone]))
        and query.has_words_of([one.name, one.visitor_name])
    ]
    return sorted(bookings, key=lambda one: (one.requested_at, one.pk), reverse=True)[:shown]


def _contact(query: SearchQuery) -> SearchTermQuerySet:
    return SearchTerm.objects.any_of(query.email_terms if query.email else query.number_terms)


def _is_owner(query: SearchQuery, phones: Iterable[str]) -> bool:
    return not query.numbers or query.is_end_of(phones)


def records_reached_by(owners: list[Patient]) -> Any:
    """The records of those who have a number or address, and of those for whom they book."""
    ids = {pk for owner in owners for pk in (owner.pk, owner.record_id)}
    records = {owner.record_id for owner in owners}
    own = Patient.objects.filter(pk__in=records).order_by().values("pk")
    rows = BookedBy.objects.order_by().annotate(found=RECORD)
    dependents = rows.filter(booker__in=ids).values("found")
    of_merged = rows.filter(booker__merged_into__in=ids).values("found")
    return own.union(dependents, of_merged)
