"""The booking form: one request, asked for in steps.

A step shows its own fields and carries the others along as hidden ones, so a request in
progress lives in the page alone. Every post holds all of it and is checked afresh.
"""

from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.models import Appointment, Service, Wish
from booking.services import Contact
from clinic_site.forms import EmailField, NameField, PhoneField, PublicForm, TextField
from clinic_site.models import Location

DAYS_AHEAD = 90
PARTS: dict[str, tuple[time, time]] = {
    Appointment.PartOfDay.MORNING: (time.min, time(12)),
    Appointment.PartOfDay.AFTERNOON: (time(12), time(17)),
    Appointment.PartOfDay.EVENING: (time(17), time.max),
}


class Step(StrEnum):
    """The steps in their order, by the names of their addresses and templates."""

    START = "start"
    CONTACT = "contact"
    CHECK = "check"


FIELDS: dict[Step, tuple[str, ...]] = {
    Step.START: ("service", "preferred_date", "part_of_day"),
    Step.CONTACT: ("name", "phone", "email", "new_patient", "note"),
    Step.CHECK: (),
}
ANSWERS = FIELDS[Step.START] + FIELDS[Step.CONTACT]


class BookingForm(PublicForm):
    purpose = "booking"

    service = forms.ModelChoiceField(
        label=_("What would you like to come for?"),
        queryset=Service.objects.bookable(),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose a service."),
            "invalid_choice": _("This service cannot be booked any more. Please choose another."),
        },
    )
    preferred_date = forms.DateField(
        label=_("Which day would suit you best?"),
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Please choose a day."),
            "invalid": _("Please give the day as in 2027-01-31."),
        },
    )
    part_of_day = forms.TypedChoiceField(
        label=_("Which part of the day?"),
        choices=[(part.value, capfirst(part.label)) for part in Appointment.PartOfDay],
        coerce=Appointment.PartOfDay,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose a part of the day."),
            "invalid_choice": _("Please choose one of these parts of the day."),
        },
    )
    name = NameField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please give your name.")},
    )
    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("We ring you if we need to agree on another time."),
        error_messages={"required": _("Please give your phone number.")},
    )
    email = EmailField(
        label=_("Your email address"),
        help_text=_("We write to you as soon as the time is agreed."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Please give your email address."),
            "invalid": _("Please give an email address such as name@example.com."),
        },
    )
    new_patient = forms.TypedChoiceField(
        label=_("Have you been to us before?"),
        choices=[("yes", _("No, I am new here")), ("no", _("Yes, I am a returning patient"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please say whether you have been to us before."),
            "invalid_choice": _("Please choose one of these two answers."),
        },
    )
    note = TextField(
        label=_("Anything we should know (optional)"),
        help_text=_("For example how to reach you best. Please leave out medical details."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, location: Location, **kwargs: Any) -> None:
        super().__init__(*args, about=location.pk, **kwargs)
        self.location = location
        self.first_day = timezone.localdate(timezone=location.zone)
        self.last_day = self.first_day + timedelta(days=DAYS_AHEAD)
        self.fields["preferred_date"].widget.attrs |= {
            "min": self.first_day.isoformat(),
            "max": self.last_day.isoformat(),
        }

    def clean_preferred_date(self) -> date:
        day: date = self.cleaned_data["preferred_date"]
        if day < self.first_day:
            raise ValidationError(_("This day is over. Please choose today or a later day."))
        if day > self.last_day:
            raise ValidationError(
                _("Please choose a day within the next %(days)s days, or ring us."),
                params={"days": DAYS_AHEAD},
            )
        open_weekdays = {span.weekday for span in self.location.opening_hours.all()}
        if open_weekdays and day.weekday() not in open_weekdays:
            raise ValidationError(
                _("We are closed on that day. We are open on %(days)s."),
                params={"days": self._opening_days()},
            )
        return day

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        day, part = answers.get("preferred_date"), answers.get("part_of_day")
        if day and part and not self._is_open_in(day, part):
            self.add_error(
                "part_of_day",
                ValidationError(
                    _("We are not open at that part of that day. Please choose another.")
                ),
            )
        return answers

    def _is_open_in(self, day: date, part: str) -> bool:
        """Tell whether the location is open at some time of a part of a day."""
        begins, ends = PARTS.get(part, (time.min, time.max))
        spans = list(self.location.opening_hours.all())
        on_that_day = [span for span in spans if span.weekday == day.weekday()]
        return not spans or any(span.opens < ends and span.closes > begins for span in on_that_day)

    def _opening_days(self) -> str:
        days = [run.days for run in self.location.hours if not run.closed]
        return get_text_list(days, gettext("and"))

    # Steps ------------------------------------------------------------------

    def reach(self, wanted: Step) -> Step:
        """Return `wanted`, or the first step before it that has a mistake."""
        return next(step for step in Step if step is wanted or self._is_open(step))

    def after(self, step: Step) -> Step:
        """Return where to go on from `step`: to what is still open, or to the check."""
        later = list(Step)[list(Step).index(step) + 1 :]
        return next((step for step in later if self._is_open(step)), Step.CHECK)

    def show(self, step: Step, *, mistakes: bool) -> None:
        """Let the person see the fields of `step`, with its mistakes or without."""
        for name, field in self.fields.items():
            if name not in FIELDS[step]:
                field.widget = field.hidden_widget()
        told = {*FIELDS[step], NON_FIELD_ERRORS} if mistakes else set()
        for name in self.errors.keys() - told:
            del self.errors[name]
        if step is Step.CHECK:
            self.helper.required_note = ""

    def names_somebody(self) -> bool:
        """Tell whether anything of the person has been typed."""
        return any(self.data.get(name) for name in FIELDS[Step.CONTACT])

    def _is_open(self, step: Step) -> bool:
        return not self.is_bound or not self.errors.keys().isdisjoint(FIELDS[step])

    @property
    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in FIELDS[Step.CONTACT]})

    @property
    def wish(self) -> Wish:
        return Wish(self.cleaned_data["preferred_date"], self.cleaned_data["part_of_day"])
