"""What somebody does where: the services of each location, ticked."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booking.models import Practitioner, Service, ServiceAssignment
from clinic_site.clinic.models.locations import Location


class AssignmentsForm(forms.Form):
    """One list of services for each location."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        practitioner: Practitioner | None,
        locations: list[Location],
    ) -> None:
        super().__init__(data, prefix="services")
        self.practitioner = practitioner
        self.locations = locations
        services = Service.objects.order_by("sort_order", "name")
        names, kept = [(service.pk, service.name) for service in services], self._kept
        for location in self.locations:
            alone = len(self.locations) == 1
            self.fields[str(location.pk)] = field = forms.ModelMultipleChoiceField(
                services,
                label=_("Does these") if alone else _("At %(place)s") % {"place": location},
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[service for service, place in kept if place == location.pk],
            )
            field.choices = names

    @property
    def _kept(self) -> set[tuple[int, int]]:
        """The keys of services and locations as they are stored."""
        if self.practitioner is None or not self.practitioner.pk:
            return set()
        return set(self.practitioner.assignments.values_list("service", "location"))

    def save_for(self, practitioner: Practitioner) -> None:
        """Store what a valid form says; what stays as it was keeps its row."""
        self.practitioner = practitioner
        kept = self._kept
        wanted = {
            (service.pk, location.pk)
            for location in self.locations
            for service in self.cleaned_data[str(location.pk)]
        }
        for service, location in kept - wanted:
            practitioner.assignments.filter(service=service, location=location).delete()
        for service, location in sorted(wanted - kept):
            ServiceAssignment.objects.create(
                practitioner=practitioner, service_id=service, location_id=location
            )
