"""What can be done with a free time from within the calendar: book it, or block it."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booking.cells import cell_of, instant_of
from booking.desk.access import DeskMixin
from booking.desk.calendar.blocked_time import BlockForm
from booking.desk.calendar.visit import InWindowMixin
from booking.desk.patients.access import note_found
from booking.desk.patients.in_booking import contact_of, find_record
from booking.desk.phone_booking import PhoneForm, patient_of
from booking.desk.times import Time, read_time, value_of
from booking.models import Claim, Practitioner, Service
from booking.patients.search import find_patients
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location

QUARTER = timedelta(minutes=15)
BLOCKED = timedelta(minutes=60)  # what is proposed
SHOWN = 8  # of those found


class Start(NamedTuple):
    value: str
    local: datetime
    chosen: bool


def needed(service: Service) -> timedelta:
    """How much open time a visit takes, with what is kept free after it."""
    return timedelta(minutes=service.duration_minutes + service.buffer_minutes)


class FreeTimeView(InWindowMixin, DeskMixin, TemplateView):
    """The time that was pressed stays chosen; only what that person does can be booked."""

    permission_required = "add"
    any_permission_required = None
    template_name = "booking/desk/calendar/free_page.html"
    window_template = "booking/desk/calendar/free.html"
    page_title = _("Open time")
    header_icon = "time"
    http_method_names = ["get", "head", "post"]

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": self.back, "label": _("Calendar")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.asked is None:
            return redirect("calendar:index")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look for a patient: by post, since what is typed has no place in an address."""
        return self.get(request, *args, **kwargs)

    @cached_property
    def asked(self) -> tuple[datetime, Practitioner] | None:
        """The time that the address names, and with whom."""
        try:
            time: Time = read_time(self.request.GET.get("slot", ""))
        except ValidationError:
            return None
        return (time.starts_at, time.practitioner) if time.practitioner else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.asked is None:
            return context
        starts_at, practitioner = self.asked
        query, typed = self.request.GET, self.request.POST
        known = self.known()
        found = find_patients(typed.get("q", ""), now=timezone.now(), shown=SHOWN)
        note_found(found)
        asked = {name: query[name] for name in ("service", "location") if name in query}
        form = PhoneForm(
            initial={
                **known,
                **asked,
                "practitioner": practitioner.pk,
                "slot": query["slot"],
                "as_clicked": True,
            }
        )
        zone = form.place.zone
        until = self.free_until(starts_at, practitioner)
        local = starts_at.astimezone(zone)
        services = list(form.services())
        fitting = [each for each in services if until is None or starts_at + needed(each) <= until]
        return context | {
            "form": form,
            "services": fitting,
            "too_long": [each for each in services if each not in fitting],
            "practitioner": practitioner,
            "local": local,
            "until": until and until.astimezone(zone),
            "starts": [
                Start(value_of(at, practitioner.pk), at.astimezone(zone), at == starts_at)
                for at in (starts_at, starts_at + QUARTER)
                if until is None or at < until
            ],
            "blocking": self.block_form(local, until, form.place),
            "may_block": self.request.user.has_perm("booking.add_blockedtime"),
            "words": typed.get("q", ""),
            "found": found,
            "next": self.back,
            "here": self.request.get_full_path(),
        }

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def known(self) -> dict[str, Any]:
        """What is known of the patient who was chosen: from the record, or an earlier booking."""
        typed = self.request.POST
        if record := find_record(typed.get("record", "")):
            said = contact_of(record)
            return said | {"service": said.pop("last_service", "")}
        return patient_of(typed.get("patient", ""))

    def free_until(self, starts_at: datetime, practitioner: Practitioner) -> datetime | None:
        """When the next thing of that person begins, within a day."""
        claims = Claim.objects.in_force(timezone.now()).filter(practitioner=practitioner)
        later = claims.between(starts_at, starts_at + timedelta(days=1))
        cell = later.filter(cell__gte=cell_of(starts_at)).aggregate(next=Min("cell"))["next"]
        return instant_of(cell) if cell else None

    def block_form(self, local: datetime, until: datetime | None, location: Location) -> BlockForm:
        ends = min(local + BLOCKED, until.astimezone(local.tzinfo)) if until else local + BLOCKED
        practitioner = self.asked and self.asked[1].pk
        initial = {
            "practitioner": practitioner,
            "day": local.date(),
            "begins": local.time(),
            "ends": ends.time(),
        }
        return BlockForm(initial=initial, location=location, auto_id="block_%s")
