"""Which classes meet when: the coming dates, and the days of the week that they are made from."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import ModelPermissionPolicy

from booking.actions.classes.sessions import create_session
from booking.actions.errors import JustTaken
from booking.desk.access import DeskMixin
from booking.desk.classes.forms import PAST, WallTimeForm
from booking.desk.times import today_at
from booking.models import ClassSchedule, ClassSession, Practitioner, Service, ServiceAssignment
from booking.models.catalog import MOST_SEATS
from booking.scheduling.availability import start_of_day
from booking.scheduling.class_dates import upcoming_class_dates
from booking.scheduling.query import AvailabilityQuery
from booking.scheduling.weekly_dates import (
    missing_dates_of,
)
from clinic_site.accounts.models import User
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

SCHEDULES = ModelPermissionPolicy(ClassSchedule)
DAYS_SHOWN = 14
# So many days on which a weekly class could not be set are named.
NAMED = 4


class ClassForm(forms.Form):
    """Which class, where, by whom, with how many seats."""

    service = forms.ModelChoiceField(
        Service.objects.filter(seats__gt=0).order_by("sort_order", "name"),
        label=_("Class"),
        empty_label=None,
    )
    location = forms.ModelChoiceField(Location.objects.all(), label=_("Location"), empty_label=None)
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.active(), label=_("With"), empty_label=None
    )
    seats = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("Leave it empty for as many as the class usually has."),
    )

    required_css_class = "required"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        service, practitioner = cleaned.get("service"), cleaned.get("practitioner")
        if service and "seats" not in self.errors:
            cleaned["seats"] = cleaned.get("seats") or service.seats
        does_it = ServiceAssignment.objects.filter(
            service=service, practitioner=practitioner, location=cleaned.get("location")
        )
        if service and practitioner and not does_it.exists():
            words = _("%(who)s isn’t down for this class there. Set it under Practitioners.")
            self.add_error("practitioner", ValidationError(words, params={"who": practitioner}))
        return cleaned

    def what(self) -> dict[str, Any]:
        """What a date or a weekly class is made of."""
        names = ("service", "location", "practitioner", "seats")
        return {name: self.cleaned_data[name] for name in names}


class OneDateForm(WallTimeForm, ClassForm):
    """A class that meets once."""

    field_order = ["service", "day", "time"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("location"):
            self.read_time(cleaned["location"])
        if cleaned.get("starts_at") and cleaned["starts_at"] <= timezone.now():
            self.add_error("time", PAST)
        return cleaned


def who_books(made: Iterable[ClassSession], service: Service, location: Location) -> str:
    """Say whether patients are offered any of the dates that were made, as it is now."""
    search = AvailabilityQuery(service, location)
    offered = upcoming_class_dates(search, now=timezone.now(), count=None)
    if {each.session for each in offered} & {*made}:
        return gettext("Patients can book seats.")
    return gettext("For now, patients can’t book it online. You can book seats by phone.")


class ClassesView(DeskMixin, TemplateView):
    template_name = "booking/desk/classes/plan.html"
    page_title = _("Classes")
    header_icon = "group"

    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons, user = [], self.request.user
        if user.has_perm("booking.add_classschedule"):
            url = reverse("classes:add_weekly")
            buttons.append(HeaderButton(_("Add a weekly class"), url=url, icon_name="plus"))
        if user.has_perm("booking.change_appointment"):
            url = reverse("classes:add_date")
            buttons.append(HeaderButton(_("Add one date"), url=url, icon_name="date"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        location = ClinicDetails.load().location or Location.objects.first()
        if location is None:
            return context
        today, now = today_at(location), timezone.now()
        first = self.asked_day(today)
        last = first + timedelta(days=DAYS_SHOWN - 1)
        begins, ends = (start_of_day(day, location.zone) for day in (first, last + DAY))
        dates = ClassSession.objects.between(begins, ends).with_counts()
        dates = dates.select_related("service", "location", "practitioner__person")
        step = timedelta(days=DAYS_SHOWN)
        weekly = list(ClassSchedule.objects.running(now).order_by("weekday", "begins"))
        missing = missing_dates_of(weekly, now)
        return context | {
            "dates": list(dates),
            "first": first,
            "last": last,
            "earlier": first - step,
            "later": first + step,
            "today": today,
            "weekly": [(each, missing[each.pk][:NAMED]) for each in weekly],
            "has_classes": Service.objects.filter(seats__gt=0).exists(),
            "may_plan": SCHEDULES.user_has_permission(self.request.user, "change"),
        }

    def asked_day(self, today: date) -> date:
        try:
            day = date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            return today
        return day if 2000 <= day.year < 2100 else today


class AddClassView(DeskMixin, FormView[Any]):
    template_name = "booking/desk/classes/add.html"
    header_icon = "group"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("classes:index"), "label": _("Classes")}]

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("Not saved yet. Please see below."))
        return super().form_invalid(form)


class AddDateView(AddClassView):
    any_permission_required: list[str] | None = ["change"]
    page_title = _("Add one date")
    form_class = OneDateForm

    def form_valid(self, form: OneDateForm) -> HttpResponse:
        what, starts_at = form.what(), form.cleaned_data["starts_at"]
        try:
            session = create_session(**what, starts_at=starts_at, by=cast(User, self.request.user))
        except JustTaken:
            service = what["service"]
            minutes = service.duration_minutes + service.buffer_minutes
            form.say_taken(what["practitioner"], starts_at, minutes, what["location"])
            return self.form_invalid(form)
        books = who_books([session], session.service, session.location)
        messages.success(self.request, f"{_('The class is set.')} {books}")
        return redirect("classes:date", session.pk)
