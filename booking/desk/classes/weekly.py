"""Weekly classes: set, changed from a day on, ended."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from booking.actions.classes.schedules import (
    ScheduleChange,
    change_schedule,
    create_schedule,
    end_schedule,
)
from booking.actions.errors import NotOffered
from booking.desk.calendar.conflicts import clash_of
from booking.desk.classes.forms import TAKEN
from booking.desk.classes.plan import SCHEDULES, AddClassView, ClassForm, who_books
from booking.desk.classes.taking_back import say_schedule_changed, ways_to
from booking.desk.times import ClockField, DayField, today_at
from booking.models import ClassSchedule, ClassSession
from booking.scheduling.weekly_dates import DateToMake, begins_later, missing_dates
from clinic_site.accounts.models import User
from clinic_site.clinic.opening_hours import DAY


def _checked(day: date | None) -> date | None:
    if day and not 2000 <= day.year <= 2100:
        raise ValidationError(_("Please check the year."))
    return day


class WeeklyForm(ClassForm):
    """A class that meets every week."""

    weekday = forms.TypedChoiceField(
        label=_("Every"),
        coerce=int,
        choices=ClassSchedule._meta.get_field("weekday").choices,  # type: ignore[arg-type]
    )
    begins = ClockField(label=_("Time"))
    first_day = DayField(label=_("From"), required=False)
    last_day = DayField(label=_("Until (optional)"), required=False)

    field_order = ["service", "weekday", "begins"]

    def clean_first_day(self) -> date | None:
        return _checked(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date | None:
        return _checked(self.cleaned_data["last_day"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("location"):
            cleaned["first_day"] = cleaned.get("first_day") or today_at(cleaned["location"])
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day can’t be before the first."))
        if not self.errors:
            self._refuse_taken()
        return cleaned

    def schedule(self) -> ClassSchedule:
        names = ("weekday", "begins", "first_day", "last_day")
        days = {name: self.cleaned_data[name] for name in names}
        return ClassSchedule(**self.what(), **days)

    def _refuse_taken(self) -> None:
        """Say beside the time if the first of its dates could not be made."""
        schedule, now = self.schedule(), timezone.now()
        first = next(iter(missing_dates(schedule, now)), None)
        if first is None and not begins_later(schedule, now):
            words = _("We aren’t open on any of its days. Please check the day and the dates.")
            self.add_error("weekday", words)
        elif first and (clash := clash_of_date(schedule, first)):
            taken = str(TAKEN % {"who": schedule.practitioner})
            self.add_error("begins", f"{taken} {clash}")


class ChangeWeeklyForm(WeeklyForm):
    """What is different from a day on, and what becomes of those who have booked."""

    booked = forms.ChoiceField(
        label=_("Dates that people have booked"),
        choices=[
            ("move", _("change them too, and tell everyone")),
            ("stay", _("leave them as they are")),
        ],
        widget=forms.RadioSelect,
        initial="move",
    )

    field_order = ["first_day", "weekday", "begins", "practitioner", "location", "seats"]

    def __init__(self, *args: Any, schedule: ClassSchedule, **kwargs: Any) -> None:
        names = ("weekday", "location", "practitioner", "seats")
        today = today_at(schedule.location)
        now: dict[str, Any] = {name: getattr(schedule, name) for name in names}
        now |= {"begins": f"{schedule.begins:%H:%M}", "first_day": max(today, schedule.first_day)}
        super().__init__(*args, **kwargs | {"initial": now})
        self.old, self.today = schedule, today
        del self.fields["service"], self.fields["last_day"]
        self.fields["first_day"].required = True
        self.fields["seats"].help_text = ""
        self.fields["seats"].required = True

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["service"] = self.old.service
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), self.old.last_day
        if first and first < max(self.today, self.old.first_day):
            self.add_error("first_day", _("Please choose a day from today on."))
        elif first and last and first > last:
            self.add_error("first_day", _("This class has ended by then."))
        return cleaned

    def schedule(self) -> ClassSchedule:
        names = ("service", "location", "practitioner", "seats", "weekday", "begins", "first_day")
        return ClassSchedule(**{name: self.cleaned_data[name] for name in names})

    def _refuse_taken(self) -> None:
        """Its own dates stand there still; what is in the way is said once they are moved."""


def clash_of_date(schedule: ClassSchedule, missing: DateToMake) -> str:
    """Say what is in the way of a date of a weekly class."""
    minutes = schedule.service.duration_minutes + schedule.service.buffer_minutes
    return clash_of(schedule.practitioner, missing.starts_at, minutes, schedule.location)


class AddWeeklyView(AddClassView):
    permission_policy = SCHEDULES
    any_permission_required: list[str] | None = ["add"]
    page_title = _("Add a weekly class")
    form_class = WeeklyForm

    def form_valid(self, form: WeeklyForm) -> HttpResponse:
        schedule = form.schedule()
        taken = create_schedule(schedule, by=cast(User, self.request.user))
        messages.success(self.request, self.said(schedule))
        say_taken(self.request, taken)
        return redirect("classes:index")

    def said(self, schedule: ClassSchedule) -> str:
        done = gettext("The class is set, every week.")
        if not begins_later(schedule, timezone.now()):
            made = schedule.sessions.open()
            return f"{done} {who_books(made, schedule.service, schedule.location)}"
        days = schedule.service.horizon_days + 7
        return f"{done} {gettext('Its dates show up here %(days)s days ahead.') % {'days': days}}"


class RunningMixin(AddClassView):
    """A page about one weekly class that meets still."""

    permission_policy = SCHEDULES
    any_permission_required: list[str] | None = ["change"]

    @cached_property
    def schedule(self) -> ClassSchedule:
        return get_object_or_404(
            ClassSchedule.objects.running(timezone.now() - DAY), pk=self.kwargs["pk"]
        )

    @property
    def ahead(self) -> Any:
        """The dates to come, with their counts."""
        ahead = self.schedule.sessions.open().filter(starts_at__gt=timezone.now())
        return ahead.with_counts().select_related("location", "service").order_by("starts_at")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dates = list(self.ahead)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "schedule": self.schedule,
            "dates": dates,
            "booked": [each for each in dates if each.taken or each.waiting],
        }


class ChangeWeeklyView(RunningMixin):
    template_name = "booking/desk/classes/change.html"
    page_title = _("Change a weekly class")
    form_class = ChangeWeeklyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"schedule": self.schedule}

    def form_valid(self, form: ChangeWeeklyForm) -> HttpResponse:
        by, with_booked = cast(User, self.request.user), form.cleaned_data["booked"] == "move"
        try:
            change = change_schedule(self.schedule, form.schedule(), with_booked=with_booked, by=by)
        except NotOffered:
            form.add_error("first_day", _("This class has ended by then."))
            return self.form_invalid(form)
        self.say(change)
        return redirect("classes:index")

    def say(self, change: ScheduleChange) -> None:
        said = [gettext("The class is changed.")]
        if change.told:
            words = ngettext(
                "%(count)s person is told by email, or is among the calls to make.",
                "%(count)s people are told by email, or are among the calls to make.",
                change.told,
            )
            said.append(words % {"count": change.told})
        say_schedule_changed(self.request, " ".join(said), self.schedule)
        say_stay(self.request, change.stay)
        say_taken(self.request, change.taken)


class EndWeeklyView(RunningMixin):
    """Lets a weekly class meet no more from tomorrow on, once somebody has said so twice."""

    http_method_names = ["get", "head", "post"]
    template_name = "booking/desk/classes/end.html"
    page_title = _("End a weekly class")
    form_class = forms.Form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        schedule, by = self.schedule, cast(User, self.request.user)
        end_schedule(schedule, today_at(schedule.location), by=by)
        say_schedule_changed(self.request, _("It won’t meet every week anymore."), schedule)
        later = self.ahead.filter(scheduled_day__gt=today_at(schedule.location))
        say_stay(self.request, list(later))
        return redirect("classes:index")


def say_stay(request: HttpRequest, stay: list[ClassSession]) -> None:
    """Lead to the dates that stay as they were, with people in them."""
    if not stay:
        return
    words = ngettext(
        "%(count)s date stays as it is, because people have booked it. Move or cancel it if need "
        "be.",
        "%(count)s dates stay as they are, because people have booked them. Move or cancel them "
        "if need be.",
        len(stay),
    )
    messages.warning(request, words % {"count": len(stay)}, buttons=ways_to(stay))


def say_taken(request: HttpRequest, taken: list[DateToMake]) -> None:
    if not taken:
        return
    words = ngettext(
        "%(count)s date isn’t set, because the time is taken. See below.",
        "%(count)s dates aren’t set, because the time is taken. See below.",
        len(taken),
    )
    messages.warning(request, words % {"count": len(taken)})
