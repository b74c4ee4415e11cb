"""What every form has that moves an appointment on."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.urls import reverse

from booking.models import Appointment, AppointmentEvent
from clinic_site.accounts.models import User

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
        """Make the move. Raises what the actions raise."""
        self.appointment.version = self.cleaned_data["version"]
        self.move(by)

    def move(self, by: User) -> None:
        """Call the action of this form. Each form says which."""
        raise NotImplementedError
