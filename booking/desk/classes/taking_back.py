"""The way back from ending or changing a weekly class."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin

from booking.actions.classes.taking_back import take_back_schedule
from booking.actions.errors import CannotUndo
from booking.desk.classes.plan import NAMED, SCHEDULES
from booking.desk.undo import TOO_LATE, say_with_undo
from booking.formatting import short_day
from booking.models import ClassSchedule, ClassSession
from clinic_site.accounts.models import User
from clinic_site.clinic.clock_times import clock


def say_schedule_changed(request: HttpRequest, words: Any, schedule: ClassSchedule) -> None:
    """Say that a weekly class was ended or changed, with a button that takes it back."""
    undo_url = reverse("classes:undo_weekly", args=[schedule.pk])
    changed_at = schedule.changed_at and schedule.changed_at.isoformat()
    say_with_undo(request, words, undo_url, reverse("classes:index"), changed_at=changed_at)


def ways_to(dates: Iterable[ClassSession]) -> list[Any]:
    """Buttons that lead to dates of a class."""
    return [
        messages.button(
            reverse("classes:date", args=[each.pk]),
            f"{short_day(each.starts_at_location)}, {clock(each.starts_at_location)}",
        )
        for each in islice(dates, NAMED)
    ]


class UndoWeeklyView(PermissionCheckedMixin, View):
    """Takes back that a weekly class was ended or changed."""

    http_method_names = ["post"]
    permission_policy = SCHEDULES
    any_permission_required = ["change"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        schedule = get_object_or_404(ClassSchedule, pk=pk)
        try:
            changed_at = _read(request.POST.get("changed_at", ""))
            stay = take_back_schedule(schedule, changed_at, by=cast(User, request.user))
        except CannotUndo:
            messages.warning(request, TOO_LATE)
        else:
            messages.success(request, _("Undone. The class meets as it did before."))
            self.say_otherwise(stay)
        return redirect("classes:index")

    def say_otherwise(self, stay: list[ClassSession]) -> None:
        if not stay:
            return
        words = ngettext(
            "%(count)s date couldn’t be put back. Please check it.",
            "%(count)s dates couldn’t be put back. Please check them.",
            len(stay),
        )
        messages.warning(self.request, words % {"count": len(stay)}, buttons=ways_to(stay))


def _read(text: str) -> datetime:
    try:
        changed_at = parse_datetime(text)
    except ValueError:
        changed_at = None
    if changed_at is None or changed_at.tzinfo is None:
        raise CannotUndo
    return changed_at
