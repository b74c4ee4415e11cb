"""What every form has that makes a transition of an appointment."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.urls import reverse

from booking.models import Appointment, AppointmentEvent
from clinic_site.accounts.models import User

EventType = AppointmentEvent.EventType
LONGEST_WORDS = 500


class TransitionForm(forms.Form):
    """Makes a transition of the appointment as somebody saw it, told by its version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    event_type: ClassVar[AppointmentEvent.EventType]
    heading: ClassVar[Any]
    button: ClassVar[Any]
    done: Any
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
        """Whether it makes sense already; that it leads on, the table of transitions says."""
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

    @property
    def typed(self) -> str:
        """The words for the patient that somebody has typed, as they were sent."""
        fields = [field for field in self if isinstance(field.field.widget, forms.Textarea)]
        return "\n\n".join(str(field.value()) for field in fields if field.value())

    def apply(self, by: User) -> AppointmentEvent:
        """Make the transition. Raises what the actions raise."""
        self.appointment.version = self.cleaned_data["version"]
        return self.call_action(by)

    def call_action(self, by: User) -> AppointmentEvent:
        """Call the action of this form. Each form says which."""
        raise NotImplementedError
