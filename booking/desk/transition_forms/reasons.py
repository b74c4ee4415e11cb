"""Transitions that tell the patient why."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booking.actions import answers, visits
from booking.desk.transition_forms.base import LONGEST_WORDS, EventType, TransitionForm
from booking.models import Appointment, AppointmentEvent
from clinic_site.accounts.models import User
from clinic_site.forms.fields import TextField


class ReasonForm(TransitionForm):
    """Takes words to the patient: ready ones, the desk's own, or both."""

    READY: ClassVar[dict[str, Any]] = {}

    ready = forms.ChoiceField(label=_("Reason"), required=False)
    reason = TextField(
        label=_("In your own words (optional)"),
        help_text=_("Both go in the email. Please leave out medical details."),
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
            self.add_error("reason", _("This is too long. Please shorten it."))
        cleaned["words"] = words
        return cleaned


class DeclineForm(ReasonForm):
    event_type = EventType.DECLINED
    heading = _("Decline or withdraw")
    button = _("Decline and tell the patient")
    icon = "cross"

    READY = {
        "full": _(
            "We’re sorry. We have no openings for this in the coming weeks. Please call "
            "us, and we’ll look for a time together."
        ),
        "phone": _("This is easier to arrange by phone. Please call us. We’re happy to help."),
        "other": _("We don’t offer this. Please call us, and we’ll tell you who might."),
        "twice": _(
            "You already have an appointment with us around that time, so we’re keeping that one."
        ),
        "asked": _("You asked us to withdraw your request."),
    }

    @property
    def is_withdrawn(self) -> bool:
        """Whether the patient takes it back: then it is not the clinic that declines."""
        return self.cleaned_data.get("ready") == "asked"

    @property
    def done(self) -> Any:
        told = _("If the patient gave an email address, we’ll email them.")
        return f"{_('Withdrawn.') if self.is_withdrawn else _('Declined.')} {told}"

    def call_action(self, by: User) -> AppointmentEvent:
        words = self.cleaned_data["words"]
        if self.is_withdrawn:
            return visits.cancel_appointment(
                self.appointment, reason=words, by=by, patient_knows=True
            )
        return answers.decline_appointment(self.appointment, reason=words, by=by)


class CancelForm(ReasonForm):
    event_type = EventType.CANCELED
    heading = _("Cancel")
    button = _("Cancel and tell the patient")
    done = _("Canceled. If the patient gave an email address, we’ll email them.")
    icon = "no-view"

    @classmethod
    def is_due(cls, appointment: Appointment, now: datetime) -> bool:
        """A request is declined or withdrawn, in one place."""
        return appointment.state == Appointment.State.CONFIRMED

    READY = {
        "asked": _("You asked us to cancel it."),
        "away": _(
            "We’re sorry. Your practitioner can’t be here then. Please call us, and we’ll "
            "find you another time soon."
        ),
        "closed": _(
            "We’re sorry. We’re closed then. Please call us, and we’ll find you another time soon."
        ),
    }

    def call_action(self, by: User) -> AppointmentEvent:
        ready = self.cleaned_data.get("ready")
        return visits.cancel_appointment(
            self.appointment,
            reason=self.cleaned_data["words"],
            by=by,
            patient_knows=ready == "asked",  # nobody is called about what they have asked for
            by_clinic=ready in ("away", "closed"),
        )
