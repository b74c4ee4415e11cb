"""Keeping time of a practitioner free of patients, and giving it back."""

from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permissions import ModelPermissionPolicy

from booking.actions.calendars.closures import block_time, unblock_time
from booking.actions.errors import NotFree
from booking.desk.access import DeskMixin
from booking.desk.calendar.conflicts import in_the_way
from booking.desk.times import ClockField, DayField, wall_time_in_utc
from booking.desk.undo import say_with_undo
from booking.models import BlockedTime, Practitioner
from clinic_site.accounts.models import User
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY
from clinic_site.forms.fields import LineField


class BlockForm(forms.Form):
    practitioner = forms.ModelChoiceField(Practitioner.objects.active(), label=_("Practitioner"))
    day = DayField(label=_("Day"))
    begins = ClockField(label=_("From"))
    ends = ClockField(
        label=_("To"), help_text=_("If it’s earlier than the start, it means the next day.")
    )
    reason = LineField(
        label=_("Reason"),
        max_length=80,
        required=False,
        help_text=_("Please don’t name a patient here."),
    )

    required_css_class = "required"

    def __init__(self, *args: Any, location: Location, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.location = location

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2100:
            raise ValidationError(_("Please check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"day", "begins", "ends"} <= cleaned.keys():
            day, begins, ends = cleaned["day"], cleaned["begins"], cleaned["ends"]
            cleaned["starts_at"] = self._instant("begins", day, begins)
            until = day if ends > begins else day + DAY
            cleaned["ends_at"] = self._instant("ends", until, ends)
        return cleaned

    def _instant(self, field: str, day: date, wall: time) -> datetime | None:
        try:
            return wall_time_in_utc(day, wall, self.location.zone)
        except ValidationError as error:
            self.add_error(field, error)
            return None


class BlockView(DeskMixin, FormView[BlockForm]):
    permission_policy = ModelPermissionPolicy(BlockedTime)
    any_permission_required: list[str] | None = ["add"]
    template_name = "booking/desk/calendar/block.html"
    page_title = _("Block time")
    header_icon = "lock"
    form_class: type[BlockForm] = BlockForm
    home_name = "calendar:index"
    unblock_name = "calendar:unblock"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse(self.home_name), "label": _("Calendar")}]

    @property
    def home_url(self) -> str:
        return reverse(self.home_name)

    def get_form_kwargs(self) -> dict[str, Any]:
        location = ClinicDetails.load().location or Location.objects.first()
        return super().get_form_kwargs() | {"location": location}

    def get_initial(self) -> dict[str, Any]:
        query = self.request.GET
        return {name: query[name] for name in ("practitioner", "day") if name in query}

    def form_valid(self, form: BlockForm) -> HttpResponse:
        cleaned = form.cleaned_data
        try:
            block = block_time(
                cleaned["practitioner"],
                starts_at=cleaned["starts_at"],
                ends_at=cleaned["ends_at"],
                reason=cleaned["reason"],
                by=cast(User, self.request.user),
            )
        except NotFree:
            message = gettext(
                "Some of this time is taken. Move those visits first, or block another time."
            )
            clash = in_the_way(
                cleaned["practitioner"], cleaned["starts_at"], cleaned["ends_at"], form.location
            )
            words = gettext("In the way: %(what)s.") % {"what": "; ".join(clash)}
            form.add_error("begins", f"{message} {words}" if clash else message)
            return self.form_invalid(form)
        log(block, "wagtail.create", user=self.request.user)
        back = get_valid_next_url_from_request(self.request)
        back = back or f"{reverse(self.home_name)}?day={cleaned['day']:%Y-%m-%d}"
        undo = reverse(self.unblock_name, args=[block.pk])
        say_with_undo(self.request, _("The time is blocked."), undo, back)
        return redirect(back)

    def form_invalid(self, form: BlockForm) -> HttpResponse:
        messages.error(self.request, _("Nothing is blocked yet. Please see below."))
        return super().form_invalid(form)


class UnblockView(PermissionCheckedMixin, View):
    """Gives blocked time back."""

    http_method_names = ["post"]
    permission_policy = ModelPermissionPolicy(BlockedTime)
    any_permission_required: list[str] | None = ["delete"]
    home_name = "calendar:index"
    block_name = "calendar:block"

    def blocks(self) -> QuerySet[BlockedTime]:
        return BlockedTime.objects.all()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        back = get_valid_next_url_from_request(request)
        block = self.blocks().filter(pk=pk).first()
        if block is None:
            messages.warning(request, _("Someone else already unblocked this time."))
        else:
            log(block, "wagtail.delete", user=request.user)
            unblock_time(block)
            location = ClinicDetails.load().location or Location.objects.first()
            again = _as_typed(block, location) if location else {}
            undo = reverse(self.block_name)
            words = _("The time can be booked again.")
            say_with_undo(request, words, undo, back or reverse(self.home_name), **again)
        return redirect(back or self.home_name)


def _as_typed(block: BlockedTime, location: Location) -> dict[str, str]:
    """What was typed to block that time, to do it again."""
    begins, ends = (at.astimezone(location.zone) for at in (block.starts_at, block.ends_at))
    return {
        "practitioner": str(block.practitioner_id),
        "day": f"{begins:%Y-%m-%d}",
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "reason": block.reason,
    }
