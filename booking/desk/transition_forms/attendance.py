"""Who came, who did not: one press each."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from booking.actions import visits
from booking.desk.times import today_at
from booking.desk.transition_forms.base import DeskForm, EventType
from booking.models import Appointment
from clinic_site.accounts.models import User


class ArrivedForm(DeskForm):
    event_type = EventType.ARRIVED
    button = _("Arrived")
    done = _("The patient has arrived.")
    icon = "user"

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        starts_at = appointment.starts_at_location
        return starts_at is not None and starts_at.date() <= today_at(appointment.location)

    def move(self, by: User) -> None:
        visits.mark_arrived(self.appointment, by=by)


class CompletedForm(DeskForm):
    event_type = EventType.COMPLETED
    button = _("Completed")
    done = _("The visit is completed.")
    icon = "success"

    def move(self, by: User) -> None:
        visits.mark_completed(self.appointment, by=by)


class NoShowForm(DeskForm):
    event_type = EventType.NO_SHOW
    button = _("No-show")
    done = _("Marked as a no-show.")
    icon = "warning"

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        return appointment.starts_at is not None and appointment.starts_at <= now

    def move(self, by: User) -> None:
        visits.mark_no_show(self.appointment, by=by)
