"""Which visit is somebody’s first: noted as they come, since nobody can tell once it is erased."""

from django.db.models import Q, QuerySet

from booking.models import Appointment
from booking.patients.doubles import visitor_of

State = Appointment.State


def has_come_before(appointment: Appointment) -> bool:
    """Whether the same person is noted to have come to another visit.

    Call it in the transaction that notes it: of two visits noted at once one is the first.
    """
    return bool(_others_come_to(appointment))


def pass_on_first_visit(appointment: Appointment) -> None:
    """Somebody did not come after all: what they came to next is their first visit then.

    Call it in the transaction that takes it back, with the appointment as it was before.
    """
    if appointment.came_before:
        return
    others = sorted(_others_come_to(appointment), key=lambda one: (one.starts_at, one.pk))
    Appointment.objects.filter(pk__in=[one.pk for one in others[:1]]).update(came_before=False)


def _others_come_to(appointment: Appointment) -> list[Appointment]:
    visitor = visitor_of(appointment)
    _lock_alike(appointment)
    came = _reached_alike(appointment).filter(state__in=[State.ARRIVED, State.COMPLETED])
    others = came.exclude(pk=appointment.pk).select_related("patient")
    return [one for one in others if visitor.is_of(one)]


def _lock_alike(appointment: Appointment) -> None:
    """Let nobody note meanwhile that the same person has come to another visit."""
    alike = _reached_alike(appointment).order_by("pk")
    list(alike.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def _reached_alike(appointment: Appointment) -> QuerySet[Appointment]:
    alike = Q(pk__in=[])
    if appointment.phone:
        alike |= Q(phone_index__of=appointment.phone)
    if appointment.email:
        alike |= Q(email_index__of=appointment.email)
    if appointment.patient:
        alike |= Q(patient__in=appointment.patient.family_ids)
    return Appointment.objects.filter(alike)
