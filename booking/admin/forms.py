"""What the front desk can do with an appointment: one small form for each."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import services
from booking.models import Appointment
from clinic_site.forms import TextField

DAYS_AHEAD = 366


class DeskForm(forms.Form):
    """A form that moves the appointment as the person saw it, told by its version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    to: ClassVar[Appointment.State]
    heading: ClassVar[Any]
    button: ClassVar[Any]
    done: ClassVar[Any]
    icon: ClassVar[str]

    required_css_class = "required"

    def __init__(self, data: QueryDict | None = None, *, appointment: Appointment) -> None:
        super().__init__(data, auto_id=f"{self.to}_%s")
        self.appointment = appointment
        self.fields["version"].initial = appointment.version

    @property
    def url(self) -> str:
        return reverse(f"appointments:{self.to}", args=[self.appointment.pk])

    def apply(self, by: User) -> None:
        """Make the move. Raises what the services raise."""
        self.appointment.version = self.cleaned_data["version"]
        self.move(by)

    def move(self, by: User) -> None:
        """Call the service of this form. Each form says which."""
        raise NotImplementedError


class ConfirmForm(DeskForm):
    to = Appointment.State.CONFIRMED
    heading = _("Confirm a time")
    button = _("Confirm and email the patient")
    done = _("Confirmed. The patient gets an email with the time.")
    icon = "check"

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
    )
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": 300}),
        input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
    )

    def __init__(self, data: QueryDict | None = None, *, appointment: Appointment) -> None:
        super().__init__(data, appointment=appointment)
        today = self._today()
        asked = appointment.starts_at_location
        days = [asked.date()] if asked else [wish.day for wish in appointment.wishes]
        self.fields["day"].initial = max([today, *days[:1]])
        self.fields["time"].initial = asked and asked.time()
        self.fields["day"].widget.attrs["min"] = today.isoformat()
        self.fields["time"].help_text = _("On the clock of %(location)s (%(zone)s).") % {
            "location": appointment.location,
            "zone": appointment.location.time_zone,
        }

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        # A year off is mistyped, and the ends of the calendar cannot be turned to UTC.
        if not self._today() <= day <= self._today() + timedelta(days=DAYS_AHEAD):
            raise ValidationError(_("Please give a day from today to a year ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "day" in cleaned and "time" in cleaned:
            try:
                cleaned["starts_at"] = self._instant(cleaned["day"], cleaned["time"])
            except ValidationError as error:
                self.add_error("time", error)
        return cleaned

    def move(self, by: User) -> None:
        starts_at = self.cleaned_data["starts_at"]
        services.confirm_appointment(self.appointment, starts_at=starts_at, by=by)

    def _instant(self, day: date, time: Any) -> datetime:
        """Return the wall time in UTC; of a time that comes twice, the first."""
        wall = datetime.combine(day, time, tzinfo=self.appointment.location.zone)
        instant = wall.astimezone(UTC)
        if instant.astimezone(wall.tzinfo).replace(tzinfo=None) != wall.replace(tzinfo=None):
            raise ValidationError(_("On that day the clocks skip this time. Please give another."))
        return instant

    def _today(self) -> date:
        return timezone.localdate(timezone=self.appointment.location.zone)


class ReasonForm(DeskForm):
    reason = TextField(
        label=_("Words to the patient (optional)"),
        help_text=_("They go into the email. Please leave out medical details."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeclineForm(ReasonForm):
    to = Appointment.State.DECLINED
    heading = _("Decline: we cannot offer a time")
    button = _("Decline and email the patient")
    done = _("Declined. The patient gets an email.")
    icon = "cross"

    def move(self, by: User) -> None:
        reason = self.cleaned_data["reason"]
        services.decline_appointment(self.appointment, reason=reason, by=by)


class CancelForm(ReasonForm):
    to = Appointment.State.CANCELLED
    heading = _("Cancel: the patient will not come")
    button = _("Cancel and email the patient")
    done = _("Cancelled. The patient gets an email.")
    icon = "no-view"

    def move(self, by: User) -> None:
        reason = self.cleaned_data["reason"]
        services.cancel_appointment(self.appointment, reason=reason, by=by)


FORMS: tuple[type[DeskForm], ...] = (ConfirmForm, DeclineForm, CancelForm)
