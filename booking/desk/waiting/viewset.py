"""The addresses of the waiting list."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from booking.desk.waiting.access import WAITING_LIST
from booking.desk.waiting.acts import (
    OfferSeatView,
    OfferView,
    RemoveView,
    TakeSeatView,
    TakeView,
    UndoWaitingView,
    WithdrawSeatView,
    WithdrawView,
)
from booking.desk.waiting.adding import AddCallerView
from booking.desk.waiting.fitting import FitsView
from booking.desk.waiting.line import LineView
from booking.desk.waiting.listing import WaitingListView


class WaitingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(WAITING_LIST.user_has_permission(request.user, "view"))


class WaitingViewSet(ViewSet):
    name = "waiting"
    icon = "time"
    menu_label = _("Waiting list")
    menu_item_class = WaitingMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(WaitingListView), name="index"),
            path("add/", self.construct_view(AddCallerView), name="add"),
            path("fits/", self.construct_view(FitsView), name="fits"),
            path("<int:pk>/offer/", self.construct_view(OfferView), name="offer"),
            path("<int:pk>/line/", self.construct_view(LineView), name="line"),
            path("<int:pk>/remove/", self.construct_view(RemoveView), name="remove"),
            path("offers/<int:pk>/take/", self.construct_view(TakeView), name="take"),
            path("offers/<int:pk>/withdraw/", self.construct_view(WithdrawView), name="withdraw"),
            path("<int:pk>/seat/offer/", self.construct_view(OfferSeatView), name="offer_seat"),
            path("<int:pk>/seat/take/", self.construct_view(TakeSeatView), name="take_seat"),
            path(
                "<int:pk>/seat/withdraw/",
                self.construct_view(WithdrawSeatView),
                name="withdraw_seat",
            ),
            path("undo/", self.construct_view(UndoWaitingView), name="undo"),
        ]
