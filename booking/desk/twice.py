"""Has the desk look once more before somebody comes twice on one day, or to two places at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from booking.models import Appointment
from booking.patients.doubles import Visitor, doubles_of, fingerprint_of
from clinic_site.access_log.looks import note_looks
from clinic_site.clinic.models.locations import Location


class TwiceMixin(forms.Form):
    """Goes before a form that gives a time. Its template shows `doubles`, and the box to check."""

    # What somebody has seen and wants all the same.
    twice = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    doubles: list[Appointment] = []

    def warn_of_doubles(
        self,
        visitor: Visitor,
        starts_at: datetime,
        minutes: int,
        location: Location,
        *,
        ignoring: Appointment | None = None,
    ) -> None:
        """Refuse what makes somebody come twice, unless that has been seen."""
        self.refuse_doubles(doubles_of(visitor, starts_at, minutes, location, ignoring=ignoring))

    def refuse_doubles(self, doubles: Iterable[Appointment]) -> None:
        found = list(dict.fromkeys(doubles))
        if found and self.cleaned_data.get("twice") != fingerprint_of(found):
            self.doubles = found
            note_looks(found)
            message = _("This patient has a visit on that day already. Check the box to go on.")
            self.add_error("twice", ValidationError(message, code="twice"))

    @property
    def seen(self) -> Any:
        """What the box sends."""
        return fingerprint_of(self.doubles)
