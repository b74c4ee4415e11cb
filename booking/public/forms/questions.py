"""What the booking form asks, in what words."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from booking.formatting import length_and_price
from booking.models import Service
from booking.parts_of_day import PartOfDay
from booking.public.forms.fields import InstantField, RadioSelectWithMore
from clinic_site.clinic.models.locations import Location
from clinic_site.forms.fields import EmailField, LineField, NameField, PhoneField, TextField
from clinic_site.forms.public_form import CookielessForm


def about_service(value: Any) -> list[str]:
    """What a service is, for whom, how long it takes and what it costs."""
    service = value.instance
    whom = _("Who it’s for: %s") % service.audience if service.audience else ""
    return [service.description, str(whom), length_and_price(service)]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Please enter the date like this: 2027-01-31.")},
    )


def _part(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[(part.value, capfirst(part.label)) for part in PartOfDay],
        initial=PartOfDay.ANY,
        error_messages={"invalid_choice": _("Please choose a time of day.")},
    )


class Questions(CookielessForm):
    service = forms.ModelChoiceField(
        label=_("What would you like to book?"),
        queryset=Service.objects.online(),
        empty_label=None,
        widget=RadioSelectWithMore(more=about_service),
        error_messages={
            "required": _("Please choose a service."),
            "invalid_choice": _(
                "This service can’t be booked online anymore. Please choose another, or call us."
            ),
        },
    )
    location = forms.ModelChoiceField(
        label=_("Which location?"),
        queryset=Location.objects.none(),
        empty_label=None,
        required=False,
        widget=RadioSelectWithMore(more=lambda value: [value.instance.street_and_city]),
        error_messages={"invalid_choice": _("Please choose one of these locations.")},
    )
    practitioner = forms.CharField(label=_("Who would you like to see?"), required=False)
    starts_at = InstantField(label=_("When would you like to come in?"), required=False)
    waits_for = forms.CharField(required=False)  # a full class, in place of a time
    first_day, first_part = _day(_("A day that works for you")), _part(_("What time of day?"))
    second_day, second_part = _day(_("A second day (optional)")), _part(_("What time of day?"))
    third_day, third_part = _day(_("A third day (optional)")), _part(_("What time of day?"))
    wants_call = forms.BooleanField(label=_("Please call me to find a time"), required=False)
    name = NameField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter your name.")},
    )
    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("Enter a phone number or an email address. Both is even better."),
        required=False,
    )
    email = EmailField(
        label=_("Your email address"),
        help_text=_("We’ll email you the time and a link to move or cancel your visit."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("Please enter an email address, like name@example.com.")},
    )
    new_patient = forms.TypedChoiceField(
        label=_("Have you been here before?"),
        choices=[("yes", _("No, I’m new here")), ("no", _("Yes, I’m a returning patient"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please tell us if you’ve been here before."),
            "invalid_choice": _("Please choose one of these two answers."),
        },
    )
    visitor_name = NameField(
        label=_("Booking for someone else? Their name (optional)"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    access_needs = LineField(
        label=_("Access needs (optional)"),
        help_text=_("For example, a wheelchair, an interpreter, or someone coming with you."),
        max_length=300,
        required=False,
    )
    note = TextField(
        label=_("Anything else we should know (optional)"),
        help_text=_("For example, the best time to call. Please leave out medical details."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
