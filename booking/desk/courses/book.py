"""Booking a course for somebody on the phone, or having them invited to choose the times."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from booking.actions.errors import TimesGone
from booking.desk.courses.form import CourseForm
from booking.desk.courses.undo import say_course_changed
from booking.desk.phone_booking import PhoneView
from booking.models import AppointmentEvent, Course
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User

LOOKS = ("show", "plan", "choose", "look")  # what asks for the page again and books nothing


class BookCourseView(PhoneView):
    template_name = "booking/desk/courses/book.html"
    page_title = _("Book a course")
    header_icon = "list-ol"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("courses:index"), "label": _("Courses")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = self.asked()
        asked.pop("as_clicked", None)
        return self.show(CourseForm(initial=asked))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST
        if any(name in sent for name in LOOKS):
            return self.show(CourseForm(initial=self.kept(sent)))
        form = CourseForm(sent, initial={})
        if not form.is_valid():
            return self.show(form, _("Not booked yet. Please see below."))
        try:
            course = form.book_all(by=cast(User, request.user))
        except TimesGone as gone:
            form.refuse(gone.refused)
            message = ngettext(
                "Nothing is booked: %(count)s time can’t be had anymore. See the nearest below.",
                "Nothing is booked: %(count)s times can’t be had anymore. See the nearest below.",
                len(gone.refused),
            )
            return self.show(form, message % {"count": len(gone.refused)})
        self.say_booked(course)
        return redirect("courses:course", course.pk)

    def kept(self, sent: QueryDict) -> dict[str, Any]:
        """What the form holds, to look for times or a patient without judging it."""
        if "choose" in sent or (sent.get("look") and sent.get("find")):
            return self.for_patient(sent)
        kept: dict[str, Any] = sent.dict()
        if "plan" in sent:
            return {name: said for name, said in kept.items() if not name.startswith("visit-")}
        if "show" in sent:
            # Another week is looked at for the first time: what came of the one before is moot.
            kept = {name: said for name, said in kept.items() if not name.startswith("visit-")}
            kept |= {"first": sent["show"]} if sent["show"] else {}
            kept.pop("slot", None)
        return kept

    def say_booked(self, course: Course) -> None:
        visits = course.appointments.all()
        note_looks(visits)
        if not visits:
            words = gettext("Invitation sent. %(reference)s waits for the patient’s times.")
            messages.success(self.request, words % {"reference": course})
            return
        said = ngettext("Booked: %(count)s visit.", "Booked: %(count)s visits.", len(visits))
        events = AppointmentEvent.objects.filter(
            appointment__course=course, event_type=AppointmentEvent.EventType.BOOKED
        )
        say_course_changed(self.request, course, said % {"count": len(visits)}, events)
