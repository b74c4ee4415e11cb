"""A practitioner blocks time of their own, and gives it back."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request

from booking.desk.calendar.blocked_time import BlockForm, BlockView, UnblockView
from booking.desk.calendar.visit import InWindowMixin
from booking.desk.own.access import OwnMixin
from booking.desk.times import read_time
from booking.models import BlockedTime, Practitioner
from clinic_site.clinic.models.details import ClinicDetails

HOUR = timedelta(hours=1)


class OwnBlockForm(BlockForm):
    """Names nobody: it is for whoever is signed in."""

    def __init__(self, *args: Any, practitioner: Practitioner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["practitioner"]
        self.whose = practitioner

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"practitioner": self.whose}


class OwnBlockView(OwnMixin, InWindowMixin, BlockView):
    form_class = OwnBlockForm
    window_template = "booking/desk/own/block_window.html"
    home_name = "own_calendar:index"
    unblock_name = "own_calendar:unblock"

    @property
    def back(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse(self.home_name)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"practitioner": self.own_practitioner}

    def get_initial(self) -> dict[str, Any]:
        """The free time that was pressed in the calendar, an hour of it."""
        location = ClinicDetails.load().location
        try:
            pressed = read_time(self.request.GET.get("slot", ""))
        except ValidationError:
            return super().get_initial()
        if location is None:
            return super().get_initial()
        local = pressed.starts_at.astimezone(location.zone)
        ends = (pressed.starts_at + HOUR).astimezone(location.zone)
        return {"day": local.date(), "begins": local.time(), "ends": ends.time()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"next": self.back}


class OwnUnblockView(OwnMixin, UnblockView):
    home_name = "own_calendar:index"
    block_name = "own_calendar:block"

    def blocks(self) -> QuerySet[BlockedTime]:
        return super().blocks().filter(practitioner=self.own_practitioner)
