"""A request in progress: its address, what is typed in a step, and what was made of it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from booking.models import Appointment, BookingDraft
from booking.public.forms.booking import BookingForm
from booking.public.forms.questions import Questions
from booking.public.forms.steps import FIELDS, Step
from booking.public.ticket import SHOWN_FOR
from clinic_site.clinic.models.locations import Location
from clinic_site.privacy.secret_links import hash_token

LONGEST = 10_000  # much more than any answer may have; it would be refused anyway


@dataclass
class InProgress:
    """What the draft of a request holds."""

    answers: dict[str, str] = field(default_factory=dict)
    at: str = ""  # the step that was sent last
    told: str = ""  # what the next page says first: see NOTICES of the views

    @classmethod
    def of(cls, draft: BookingDraft) -> "InProgress":
        return cls(**draft.content)

    def form(self, location: Location) -> BookingForm:
        at = Step(self.at) if self.at else None
        return BookingForm(self.answers, location=location, at=at)

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def step_address(token: str, step: Step, *, problem: bool = False) -> str:
    """The address of a step.

    It leads to the question, past what every page begins with, or to what is wrong with the answer.
    """
    return reverse(f"booking:step_{step}", args=[token]) + ("#problem" if problem else "#question")


def typed_in(step: Step, posted: QueryDict) -> dict[str, str]:
    """Read the fields of a step as they were typed, right or wrong."""
    if step is Step.TIME and posted.keys().isdisjoint(FIELDS[step]):
        return {}  # none of its buttons was pressed: what was chosen before stays
    fields = Questions.base_fields
    typed = {
        name: fields[name].widget.value_from_datadict(posted, {}, name) for name in FIELDS[step]
    }
    if step is Step.WISHES:
        typed |= dict.fromkeys(FIELDS[Step.TIME], "")  # what had been chosen is given up
    return {name: _as_text(value) for name, value in typed.items()}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return (value or "")[:LONGEST]


def form_key(token: str) -> str:
    """Return 32 hex digits that stand for a request in progress: see `of_same_form`."""
    return hash_token(f"booking draft {token}")[:32]


def made_of(token: str, *, now: datetime) -> Appointment | None:
    """Return the appointment that was made of a request within the last day, if it stands."""
    made = Appointment.objects.of_same_form(form_key(token))
    return made.filter(requested_at__gt=now - SHOWN_FOR).select_related("location").first()
