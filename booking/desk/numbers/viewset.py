"""The addresses of the numbers."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from booking.desk.access import DeskMenuItem
from booking.desk.numbers.page import NumbersView


class NumbersViewSet(ViewSet):
    name = "numbers"
    icon = "order"
    menu_label = _("Numbers")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(NumbersView), name="index")]
