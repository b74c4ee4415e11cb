"""The addresses of courses."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from booking.desk.access import DeskMenuItem
from booking.desk.courses.book import BookCourseView
from booking.desk.courses.listing import CoursesView
from booking.desk.courses.page import CancelRestView, CourseView, InviteView
from booking.desk.courses.undo import UndoCourseView


class CourseViewSet(ViewSet):
    name = "courses"
    icon = "list-ol"
    menu_label = _("Courses")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(CoursesView), name="index"),
            path("book/", self.construct_view(BookCourseView), name="book"),
            path("<int:pk>/", self.construct_view(CourseView), name="course"),
            path("<int:pk>/cancel/", self.construct_view(CancelRestView), name="cancel"),
            path("<int:pk>/invite/", self.construct_view(InviteView), name="invite"),
            path("<int:pk>/undo/", self.construct_view(UndoCourseView), name="undo"),
        ]
