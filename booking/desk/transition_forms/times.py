"""Transitions to a time, chosen on a page of its own."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booking.actions import answers, visits
from booking.actions.answers import PROPOSALS, overlap
from booking.desk.calendar.conflicts import clash_of
from booking.desk.times import SlotsField, Time, TimesForm, today_at
from booking.desk.transition_forms.base import LONGEST_WORDS, EventType, TransitionForm
from booking.desk.twice import TwiceMixin
from booking.models import Appointment, AppointmentEvent, Practitioner
from booking.patients.doubles import visitor_of
from booking.scheduling.slots import AvailabilityQuery
from clinic_site.accounts.models import User
from clinic_site.forms.fields import TextField


class GiveTimeForm(TwiceMixin, TimesForm, TransitionForm):
    """A transition to a time, chosen on a page of its own."""

    submit: ClassVar[Any]

    # Asked of those alone whom no email would tell.
    patient_knows = forms.BooleanField(
        label=_("The patient knows already, so no call is needed"), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        appointment: Appointment,
        initial: dict[str, Any] | None = None,
    ) -> None:
        starts_at, today = appointment.starts_at_location, today_at(appointment.location)
        days = [starts_at.date()] if starts_at else [wish.day for wish in appointment.wishes]
        anyone = appointment.any_practitioner or appointment.service.is_class
        practitioner = None if anyone else appointment.practitioner_id
        wished = {"first": max([today, *days[:1]]), "practitioner": practitioner}
        super().__init__(data, appointment=appointment, initial=wished | (initial or {}))
        offering = Practitioner.objects.providing(appointment.service, appointment.location)
        self.prepare(appointment.location, offering)

    @property
    def knows(self) -> bool:
        return bool(self.cleaned_data.get("patient_knows"))

    @property
    def asks_whether_known(self) -> bool:
        """Whether somebody would have to be called otherwise."""
        return not self.appointment.email and not self.several

    def look_for(self, practitioner: Practitioner | None) -> AvailabilityQuery:
        promised = self.appointment
        return AvailabilityQuery(
            promised.service, promised.location, practitioner, by_desk=True, appointment=promised
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["chosen"] = self.chosen_time()
        if cleaned["chosen"] is None and not self.errors:
            cleaned["chosen"] = self.without_choice()
        chosen, visit = cleaned["chosen"], self.appointment
        if isinstance(chosen, Time) and not self.errors:
            self.warn_of_doubles(
                visitor_of(visit),
                chosen.starts_at,
                visit.duration_minutes,
                visit.location,
                ignoring=visit,
            )
        return cleaned

    def without_choice(self) -> Time | None:
        """What is meant by a form that names no time."""
        message = _("Please choose one of the times, or enter a day and time yourself.")
        self.add_error("slot", ValidationError(message, code="required"))
        return None

    def given_time(self) -> dict[str, Any]:
        """The one time that was given, as the actions take it."""
        chosen: Time = self.cleaned_data["chosen"]
        return {
            "starts_at": chosen.starts_at,
            "practitioner": chosen.practitioner,
            "outside_hours": self.by_hand,
        }

    @property
    def clash(self) -> str:
        """What is in the way of the time that was given, if it is one."""
        chosen, visit = self.cleaned_data.get("chosen"), self.appointment
        if not isinstance(chosen, Time):
            return ""
        return clash_of(
            chosen.practitioner or visit.practitioner,
            chosen.starts_at,
            visit.duration_minutes + visit.buffer_minutes,
            visit.location,
            ignoring=visit,
        )


class ConfirmForm(GiveTimeForm):
    event_type = EventType.CONFIRMED
    heading = _("Confirm another time")
    button = _("Choose a time and confirm")
    submit = _("Confirm this time")
    done = _("Confirmed. If the patient gave an email address, we’ll email them.")
    icon = "check"

    def without_choice(self) -> Time | None:
        """Confirm what the request holds, if it holds a time."""
        asked = self.appointment
        if asked.starts_at and asked.hold_expires_at:
            return Time(asked.starts_at, None)
        return super().without_choice()

    def call_action(self, by: User) -> AppointmentEvent:
        return answers.confirm_appointment(
            self.appointment, by=by, patient_knows=self.knows, **self.given_time()
        )


class ProposeForm(GiveTimeForm):
    event_type = EventType.PROPOSED
    heading = _("Propose other times")
    button = _("Propose other times")
    submit = _("Hold and propose these times")
    done = _(
        "The times are held. If the patient gave an email address, we’ll email them to choose one."
    )
    icon = "comment"
    several = True
    without_own = True

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        """Seats of a class are offered by its waiting list."""
        return not appointment.service.is_class

    slot = SlotsField(required=False)
    note = TextField(
        label=_("Note to the patient (optional)"),
        help_text=_("It goes in the email. Please leave out medical details."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def chosen_time(self) -> Any:
        """All that were chosen, and the one by hand."""
        ticked: list[Time] = self.cleaned_data.pop("slot", None) or []
        by_hand = super().chosen_time()
        if by_hand and by_hand.practitioner is None:
            by_hand = Time(by_hand.starts_at, self.appointment.practitioner)
            if by_hand.practitioner is None:
                self.add_error("practitioner", _("Please choose who the time you entered is with."))
        times = [*ticked, *([by_hand] if by_hand else [])]
        if len(times) > PROPOSALS:
            self.add_error("slot", _("Please choose up to three times."))
        elif overlap((time.starts_at for time in times), self.length):
            self.add_error("slot", _("Two of these overlap. Please choose times apart."))
        return times or None

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.appointment.duration_minutes)

    def call_action(self, by: User) -> AppointmentEvent:
        times = self.cleaned_data["chosen"]
        return answers.propose_times(self.appointment, times, by=by, note=self.cleaned_data["note"])


class MoveForm(GiveTimeForm):
    event_type = EventType.MOVED
    heading = _("Move to another time")
    button = _("Move")
    submit = _("Move to this time")
    done = _("Moved. If the patient gave an email address, we’ll email them.")
    icon = "calendar-alt"
    without_own = True

    def call_action(self, by: User) -> AppointmentEvent:
        return visits.move_appointment(
            self.appointment, by=by, patient_knows=self.knows, **self.given_time()
        )
