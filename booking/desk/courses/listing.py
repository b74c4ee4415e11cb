"""The courses that run, those with one visit left first, and those that wait for their times."""

from typing import Any

from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booking.desk.access import DeskMixin
from booking.models import Course
from clinic_site.access_log.looks import note_looks

SHOWN = 200


class CoursesView(DeskMixin, TemplateView):
    template_name = "booking/desk/courses/index.html"
    page_title = _("Courses")
    header_icon = "list-ol"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        one_left = Case(When(left=1, booked_at__isnull=False, then=0), default=1)
        courses = list(
            Course.objects.open(now)
            .with_counts(now)
            .select_related("service", "practitioner__person", "patient__merged_into")
            .order_by(one_left, F("booked_at").asc(nulls_first=True), "pk")[:SHOWN]
        )
        note_looks(one.patient for one in courses if one.patient)
        return super().get_context_data(**kwargs) | {
            "courses": courses,
            "may_book": self.request.user.has_perm("booking.add_appointment"),
        }
