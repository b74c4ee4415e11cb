"""Patients of the tests. The clock stands at Monday morning; see the conftest of booking."""

from typing import Any

from booking.actions.patients.records import Details, create_patient
from booking.models import Patient

PATIENTS = "/admin/patients/"


def make_patient(
    name: str = "Priya Nair", *, booked_by: Patient | None = None, **said: Any
) -> Patient:
    """A record as the desk makes it; `phones` and `emails` are one a line."""
    return create_patient(Details(name=name, **said), by=None, booked_by=booked_by)
