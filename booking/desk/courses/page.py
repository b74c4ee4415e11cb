"""One course: what is kept, to come and left, the rest called off, the invitation sent again."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from booking.actions.courses.changes import cancel_rest
from booking.actions.courses.invitations import send_invitation, withdraw_invitation
from booking.actions.errors import (
    AlreadyBooked,
    NoEmailAddress,
    StaleAppointment,
    TransitionNotAllowed,
)
from booking.desk.access import DeskMixin
from booking.desk.closures.decisions import SeenField
from booking.desk.courses.undo import say_course_changed
from booking.models import Appointment, Course
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.forms.fields import TextField

CLINIC, PATIENT = "clinic", "patient"


class CancelRestForm(forms.Form):
    """The visits that were seen, why they are called off, and who asked for it."""

    visit = SeenField(widget=forms.MultipleHiddenInput)
    who = forms.ChoiceField(
        label=_("Who cancels?"),
        choices=[(PATIENT, _("The patient has asked for it")), (CLINIC, _("We have to cancel"))],
        widget=forms.RadioSelect,
        initial=PATIENT,
    )
    reason = TextField(
        label=_("Reason"),
        help_text=_("The patient can read it. Please leave out medical details."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    required_css_class = "required"


class CourseView(DeskMixin, TemplateView):
    template_name = "booking/desk/courses/course.html"
    page_title = _("Course")
    header_icon = "list-ol"
    sent: CancelRestForm | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        courses = Course.objects.with_counts(timezone.now()).select_related(
            "service", "location", "practitioner__person", "patient__merged_into"
        )
        self.course: Course = get_object_or_404(courses, pk=kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("courses:index"), "label": _("Courses")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        course, now = self.course, timezone.now()
        visits = list(
            course.appointments.select_related("location", "practitioner__person").order_by(
                "starts_at", "pk"
            )
        )
        patient = course.whose
        note_looks([*visits, *([patient] if patient else [])])
        ahead = [visit for visit in visits if is_ahead(visit)]
        seen = [f"{visit.pk}:{visit.version}" for visit in ahead]
        may_change = self.user_has_permission("change")
        invitation = course.invitations.select_related("email").order_by("pk").last()
        return context | {
            "course": course,
            "patient": patient,
            "visits": visits,
            "ahead": ahead,
            "without": [visit for visit in ahead if not takes_bookings(visit)],
            "form": self.sent or CancelRestForm(initial={"visit": seen}),
            "seen": seen,
            "may_change": may_change,
            "may_book": self.request.user.has_perm("booking.add_appointment"),
            "invitation": invitation,
            "is_invited": bool(
                course.booked_at is None
                and invitation
                and invitation.revoked_at is None
                and (invitation.expires_at is None or invitation.expires_at > now)
            ),
        }


def is_ahead(visit: Appointment) -> bool:
    confirmed = visit.state == Appointment.State.CONFIRMED
    return confirmed and visit.starts_at is not None and visit.starts_at >= timezone.now()


def takes_bookings(visit: Appointment) -> bool:
    """Whether whom the visit is with still sees patients."""
    return visit.practitioner is None or visit.practitioner.active


class CancelRestView(CourseView):
    """Calls off all visits to come, and says so once."""

    http_method_names = ["get", "head", "post"]
    any_permission_required = ["change"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("courses:course", self.course.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CancelRestForm(request.POST)
        if not form.is_valid():
            return self.show(form, _("That didn’t go through. Please see below."))
        by_clinic = form.cleaned_data["who"] == CLINIC
        try:
            events = cancel_rest(
                self.course,
                form.cleaned_data["visit"],
                reason=form.cleaned_data["reason"],
                by=cast(User, request.user),
                patient_knows=not by_clinic,
                by_clinic=by_clinic,
            )
        except (StaleAppointment, TransitionNotAllowed):
            if self.are_canceled(form.cleaned_data["visit"]):  # sent twice
                messages.info(request, _("These visits are canceled already."))
                return redirect("courses:course", self.course.pk)
            fresh = CancelRestForm(request.POST)
            message = gettext("A visit has changed meanwhile, so nothing is canceled. Look again.")
            fresh.add_error(None, ValidationError(message))
            return self.show(fresh, message, HTTPStatus.CONFLICT)
        said = ngettext("%(count)s visit canceled.", "%(count)s visits canceled.", len(events))
        say_course_changed(request, self.course, said % {"count": len(events)}, events)
        return redirect("courses:course", self.course.pk)

    def are_canceled(self, seen: Mapping[int, int]) -> bool:
        canceled = self.course.appointments.filter(state=Appointment.State.CANCELED, pk__in=seen)
        return canceled.count() == len(seen)

    def show(
        self, form: CancelRestForm, message: Any, status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        self.sent = form
        messages.error(self.request, message)
        return self.render_to_response(self.get_context_data(), status=status)


class InviteView(CourseView):
    """Sends the invitation again, or has it open nothing any more."""

    http_method_names = ["get", "head", "post"]
    any_permission_required = ["change"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("courses:course", self.course.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if "withdraw" in request.POST:
                withdraw_invitation(self.course)
                messages.success(request, _("The invitation doesn’t work anymore."))
            else:
                send_invitation(self.course)
                messages.success(request, _("Sent again. The earlier link doesn’t work anymore."))
        except AlreadyBooked:
            messages.warning(request, _("The times have been chosen already."))
        except NoEmailAddress:
            words = _("Not sent: there’s no email address. Add one to the patient’s record.")
            messages.error(request, words)
        return redirect("courses:course", self.course.pk)
