"""What the numbers are of: a month, and perhaps one practitioner, service or place."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from booking.models import Practitioner, Service
from booking.numbers.months import Month
from booking.numbers.read import Selection
from clinic_site.clinic.models.locations import Location

NOT_ONE = _("This isn’t one of ours anymore. Please choose again.")


def _one_of(rows: QuerySet[Any], label: Any, all_of_them: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        required=False,
        empty_label=all_of_them,
        error_messages={"invalid_choice": NOT_ONE},
    )


class NumbersForm(forms.Form):
    """Each may be left open. What is unknown is said beside its field, and narrows nothing."""

    practitioner = _one_of(
        Practitioner.objects.select_related("person"), _("Practitioner"), _("Everyone")
    )
    service = _one_of(Service.objects.all(), _("Service"), _("All services"))
    location = _one_of(Location.objects.all(), _("Location"), _("All locations"))
    month = forms.CharField(
        label=_("Month"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )

    def __init__(self, *args: Any, own: Practitioner | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if own:
            del self.fields["practitioner"]
        places: Any = self.fields["location"]
        if places.queryset.count() < 2:
            del self.fields["location"]

    def clean_month(self) -> Month | None:
        typed = self.cleaned_data["month"].strip()
        month = Month.read(typed)
        if typed and month is None:
            raise forms.ValidationError(_("Please enter a month like 2027-01."))
        return month

    @property
    def selection(self) -> Selection:
        """Whom the numbers are of; call it once the form has been checked."""
        chosen = {
            name: self.cleaned_data[name].pk
            for name in ("practitioner", "service", "location")
            if self.cleaned_data.get(name)
        }
        return Selection(**chosen | ({"practitioner": self.own.pk} if self.own else {}))
