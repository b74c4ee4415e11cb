"""Which forms lead on from how an appointment stands."""

from django.utils import timezone

from booking.actions import transitions
from booking.desk.transition_forms.attendance import (
    ArrivedForm,
    CompletedForm,
    NoShowForm,
    ReopenForm,
)
from booking.desk.transition_forms.base import TransitionForm
from booking.desk.transition_forms.reasons import CancelForm, DeclineForm
from booking.desk.transition_forms.times import ConfirmForm, MoveForm, ProposeForm
from booking.models import Appointment

FORMS: tuple[type[TransitionForm], ...] = (
    ConfirmForm,
    ProposeForm,
    ArrivedForm,
    CompletedForm,
    NoShowForm,
    ReopenForm,
    MoveForm,
    DeclineForm,
    CancelForm,
)


def forms_for(appointment: Appointment) -> list[type[TransitionForm]]:
    """What leads on from how the appointment stands, now."""
    leads_on, now = transitions.transitions_from(appointment.state), timezone.now()
    return [form for form in FORMS if form.event_type in leads_on and form.is_due(appointment, now)]
