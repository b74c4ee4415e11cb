"""What the front desk can do with an appointment: one small form for each move."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.actions import answers, transitions, visits
from booking.actions.answers import PROPOSALS
from booking.desk.times import SlotsField, Time, TimesForm, today_at
from booking.models import Appointment, AppointmentEvent, Practitioner
from booking.scheduling.slots import AvailabilityQuery
from clinic_site.accounts.models import User
from clinic_site.forms.fields import TextField

EventType = AppointmentEvent.EventType
LONGEST_WORDS = 500


class DeskForm(forms.Form):
    """A form that moves the appointment as the person saw it, told by its version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    event_type: ClassVar[AppointmentEvent.EventType]
    heading: ClassVar[Any]
    button: ClassVar[Any]
    done: ClassVar[Any]
    icon: ClassVar[str]

    required_css_class = "required"

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        appointment: Appointment,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id=f"{self.event_type}_%s", initial=initial)
        self.appointment = appointment
        self.fields["version"].initial = appointment.version

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        """Whether it makes sense already; that it leads on, the table of moves says."""
        return True

    @property
    def url(self) -> str:
        return reverse(f"appointments:{self.event_type}", args=[self.appointment.pk])

    @property
    def is_stale(self) -> bool:
        """Whether it was sent from a page that showed another version."""
        self.full_clean()
        version = self.cleaned_data.get("version")
        return version is not None and version != self.appointment.version

    def apply(self, by: User) -> None:
        """Make the move. Raises what the services raise."""
        self.appointment.version = self.cleaned_data["version"]
        self.move(by)

    def move(self, by: User) -> None:
        """Call the service of this form. Each form says which."""
        raise NotImplementedError


class GiveTimeForm(TimesForm, DeskForm):
    """A move to a time, chosen on a page of its own."""

    submit: ClassVar[Any]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        appointment: Appointment,
        initial: dict[str, Any] | None = None,
    ) -> None:
        starts_at, today = appointment.starts_at_location, today_at(appointment.location)
        days = [starts_at.date()] if starts_at else [wish.day for wish in appointment.wishes]
        practitioner = None if appointment.any_practitioner else appointment.practitioner_id
        wished = {"first": max([today, *days[:1]]), "practitioner": practitioner}
        super().__init__(data, appointment=appointment, initial=wished | (initial or {}))
        offering = Practitioner.objects.providing(appointment.service, appointment.location)
        self.prepare(appointment.location, offering)

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
        return cleaned

    def without_choice(self) -> Time | None:
        """What is meant by a form that names no time."""
        message = _("Please choose one of the times, or give a day and a time by hand.")
        self.add_error("slot", ValidationError(message, code="required"))
        return None


class ConfirmForm(GiveTimeForm):
    event_type = EventType.CONFIRMED
    heading = _("Confirm another time")
    button = _("Choose a time and confirm")
    submit = _("Confirm this time")
    done = _("Confirmed. The patient is told by email, if they gave an address.")
    icon = "check"

    def without_choice(self) -> Time | None:
        """Confirm what the request holds, if it holds a time."""
        asked = self.appointment
        if asked.starts_at and asked.hold_expires_at:
            return Time(asked.starts_at, None)
        return super().without_choice()

    def move(self, by: User) -> None:
        chosen = self.cleaned_data["chosen"]
        answers.confirm_appointment(
            self.appointment,
            starts_at=chosen.starts_at,
            practitioner=chosen.practitioner,
            by=by,
            outside_hours=self.by_hand,
        )


class ProposeForm(GiveTimeForm):
    event_type = EventType.PROPOSED
    heading = _("Propose other times")
    button = _("Propose other times")
    submit = _("Hold and propose these times")
    done = _("The times are held, and proposed to the patient by email, if they gave an address.")
    icon = "comment"
    several = True

    slot = SlotsField(required=False)
    note = TextField(
        label=_("Words to the patient (optional)"),
        help_text=_("They go into the email. Please leave out medical details."),
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
                self.add_error("practitioner", _("Please say with whom the time by hand is."))
        times = [*ticked, *([by_hand] if by_hand else [])]
        if times and not 1 <= len({time.starts_at for time in times}) == len(times) <= PROPOSALS:
            self.add_error("slot", _("Please choose at most three times, each another one."))
        return times or None

    def move(self, by: User) -> None:
        times = self.cleaned_data["chosen"]
        answers.propose_times(self.appointment, times, by=by, note=self.cleaned_data["note"])


class MoveForm(GiveTimeForm):
    event_type = EventType.MOVED
    heading = _("Move to another time")
    button = _("Move")
    submit = _("Move to this time")
    done = _("Moved. The patient is told by email, if they gave an address.")
    icon = "calendar-alt"

    def move(self, by: User) -> None:
        chosen = self.cleaned_data["chosen"]
        visits.move_appointment(
            self.appointment,
            starts_at=chosen.starts_at,
            practitioner=chosen.practitioner,
            by=by,
            outside_hours=self.by_hand,
        )


class ReasonForm(DeskForm):
    """Takes words to the patient: ready ones, the desk's own, or both."""

    READY: ClassVar[dict[str, Any]] = {}

    ready = forms.ChoiceField(label=_("Reason"), required=False)
    reason = TextField(
        label=_("In your own words (optional)"),
        help_text=_("Both go into the email. Please leave out medical details."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [("", _("None of these")), *self.READY.items()]
        self.fields["ready"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ready = self.READY.get(cleaned.get("ready") or "")
        words = "\n\n".join(str(part) for part in (ready, cleaned.get("reason")) if part)
        if len(words) > LONGEST_WORDS and not self.errors:
            self.add_error("reason", _("Together this is too long. Please say it more briefly."))
        cleaned["words"] = words
        return cleaned


class DeclineForm(ReasonForm):
    event_type = EventType.DECLINED
    heading = _("Decline")
    button = _("Decline and tell the patient")
    done = _("Declined. The patient is told by email, if they gave an address.")
    icon = "cross"

    READY = {
        "full": _(
            "We are sorry: there is no free time for this in the coming weeks. "
            "Please call us, and we will look for one together."
        ),
        "phone": _("This is better arranged by phone. Please call us; we are glad to help."),
        "other": _("We do not offer this. Please call us, and we will gladly say who may."),
        "twice": _("You have an appointment with us at about that time, so we keep that one."),
    }

    def move(self, by: User) -> None:
        answers.decline_appointment(self.appointment, reason=self.cleaned_data["words"], by=by)


class CancelForm(ReasonForm):
    event_type = EventType.CANCELED
    heading = _("Cancel")
    button = _("Cancel and tell the patient")
    done = _("Canceled. The patient is told by email, if they gave an address.")
    icon = "no-view"

    READY = {
        "asked": _("You asked us to cancel it."),
        "away": _(
            "We are sorry: your practitioner cannot be here then. "
            "Please call us, and we will find you another time soon."
        ),
        "closed": _(
            "We are sorry: we are closed then. "
            "Please call us, and we will find you another time soon."
        ),
    }

    def move(self, by: User) -> None:
        visits.cancel_appointment(self.appointment, reason=self.cleaned_data["words"], by=by)


class ArrivedForm(DeskForm):
    event_type = EventType.ARRIVED
    button = _("Arrived")
    done = _("Noted: the patient has arrived.")
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
    done = _("Noted: the visit is completed.")
    icon = "success"

    def move(self, by: User) -> None:
        visits.mark_completed(self.appointment, by=by)


class NoShowForm(DeskForm):
    event_type = EventType.NO_SHOW
    button = _("Did not come")
    done = _("Noted: the patient did not come.")
    icon = "warning"

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        return appointment.starts_at is not None and appointment.starts_at <= now

    def move(self, by: User) -> None:
        visits.mark_no_show(self.appointment, by=by)


FORMS: tuple[type[DeskForm], ...] = (
    ConfirmForm,
    ProposeForm,
    ArrivedForm,
    CompletedForm,
    NoShowForm,
    MoveForm,
    DeclineForm,
    CancelForm,
)


def forms_for(appointment: Appointment) -> list[type[DeskForm]]:
    """What leads on from how the appointment stands, now."""
    leads_on, now = transitions.transitions_from(appointment.state), timezone.now()
    return [form for form in FORMS if form.event_type in leads_on and form.is_due(appointment, now)]
