"""Who came, who did not: one press each."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from booking.actions import visits
from booking.desk.transition_forms.base import EventType, TransitionForm
from booking.models import Appointment, AppointmentEvent
from clinic_site.accounts.models import User


class ArrivedForm(TransitionForm):
    event_type = EventType.ARRIVED
    button = _("Arrived")
    done = _("The patient has arrived.")
    icon = "user"

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        return visits.is_on_its_day(appointment, now)

    def call_action(self, by: User) -> AppointmentEvent:
        return visits.mark_arrived(self.appointment, by=by)


class CompletedForm(TransitionForm):
    event_type = EventType.COMPLETED
    button = _("Completed")
    done = _("The visit is completed.")
    icon = "success"

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        return visits.has_begun(appointment, now)

    def call_action(self, by: User) -> AppointmentEvent:
        return visits.mark_completed(self.appointment, by=by)


class NoShowForm(TransitionForm):
    event_type = EventType.NO_SHOW
    button = _("No-show")
    done = _("Marked as a no-show.")
    icon = "warning"

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        return visits.has_begun(appointment, now)

    def call_action(self, by: User) -> AppointmentEvent:
        return visits.mark_no_show(self.appointment, by=by)


class ReopenForm(TransitionForm):
    event_type = EventType.REOPENED
    button = _("Set back to confirmed")
    done = _("It’s confirmed again.")
    icon = "undo"

    def call_action(self, by: User) -> AppointmentEvent:
        return visits.reopen_visit(self.appointment, by=by)
