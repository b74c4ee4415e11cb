"""The way back from what was done with the visits of a course: all of them at once."""

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin

from booking.actions.courses.changes import undo_course_changes
from booking.actions.errors import CannotUndo, JustTaken, StaleAppointment
from booking.desk.access import APPOINTMENTS
from booking.desk.undo import TOO_LATE, is_number
from booking.models import AppointmentEvent, Course
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User


def say_course_changed(
    request: HttpRequest, course: Course, words: Any, events: Iterable[AppointmentEvent]
) -> None:
    """Say what was done, with a button that takes all of it back."""
    context = {"words": words, "events": list(events), "course": course}
    done = render_to_string("booking/desk/courses/done.html", context, request)
    messages.success(request, done)


class UndoCourseView(PermissionCheckedMixin, View):
    http_method_names = ["post"]
    permission_policy = APPOINTMENTS
    any_permission_required = ["change"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        course = get_object_or_404(Course, pk=pk)
        named = [key for key in request.POST.getlist("event") if is_number(key)]
        events = list(
            AppointmentEvent.objects.filter(pk__in=named, appointment__course=course)
            .select_related("appointment")
            .order_by("pk")
        )
        note_looks(event.appointment for event in events)
        try:
            if not events:
                raise CannotUndo
            undo_course_changes(events, by=cast(User, request.user))
        except CannotUndo:
            messages.warning(request, TOO_LATE)
        except StaleAppointment:
            words = _("This can’t be undone: one of the visits has been changed since.")
            messages.warning(request, words)
        except JustTaken:
            words = _("This can’t be undone: a time has been given to someone else.")
            messages.error(request, words)
        else:
            messages.success(request, _("Undone. It’s back to how it was."))
        return redirect("courses:course", course.pk)
