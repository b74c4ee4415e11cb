"""Where owners invite colleagues, send the link again, and see them off."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinic_site.accounts.last_owner import LastOwner
from clinic_site.accounts.models import User
from clinic_site.accounts.viewsets import LAST_OWNER, protect_superusers
from clinic_site.staff import invitations, leaving
from clinic_site.staff.forms import InviteForm, LeavingForm
from clinic_site.staff.models import Departure, StaffInvitation

TITLE = gettext_lazy("Staff")
CHANGE = "accounts.change_user"


class KeepsStaffMixin(WagtailAdminTemplateMixin):
    """A screen for those who keep the staff's accounts."""

    header_icon = "group"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms([CHANGE, "accounts.add_user"]):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.trail(), here]

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("staff:index"), "label": TITLE}]


class StaffView(KeepsStaffMixin, TemplateView):
    template_name = "staff/admin/index.html"
    page_title = TITLE

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        users = User.objects.prefetch_related("groups").order_by("first_name", "username")
        departures = {each.user_id: each for each in Departure.objects.standing()}
        invited = StaffInvitation.objects.select_related("invited_by").prefetch_related("roles")
        return context | {
            "here": [user for user in users if user.is_active],
            "gone": [(user, departures.get(user.pk)) for user in users if not user.is_active],
            "invitations": invited,
        }


class InviteStaffView(KeepsStaffMixin, TemplateView):
    template_name = "staff/admin/invite.html"
    page_title = gettext_lazy("Invite someone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {"form": InviteForm()} | context

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InviteForm(request.POST)
        if not form.is_valid() or not form.send(self.user):
            return self.render_to_response(self.get_context_data(form=form), status=422)
        said = _("We’re sending the link to %(email)s. It works for a week.")
        messages.success(request, said % {"email": form.cleaned_data["email"]})
        return redirect("staff:index")


class InvitationActView(KeepsStaffMixin, TemplateView):
    """A press beside an invitation."""

    http_method_names = ["post"]

    def act(self, number: int) -> str:
        raise NotImplementedError

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            messages.success(request, self.act(pk))
        except invitations.InvitationGone:
            said = _("That invitation is gone: they have an account now, or it was withdrawn.")
            messages.warning(request, said)
        return redirect("staff:index")


class SendAgainView(InvitationActView):
    def act(self, number: int) -> str:
        invitation = invitations.send_again(number, by=self.user)
        said = _("We’re sending %(email)s a new link. The one before no longer works.")
        return said % {"email": invitation.email}


class WithdrawInvitationView(InvitationActView):
    def act(self, number: int) -> str:
        email = invitations.end_invitation(number, by=self.user)
        return _("Withdrawn. The link sent to %(email)s no longer works.") % {"email": email}


class LeavingView(KeepsStaffMixin, TemplateView):
    template_name = "staff/admin/leaving.html"

    @cached_property
    def colleague(self) -> User:
        user = get_object_or_404(User, pk=self.kwargs["pk"])
        protect_superusers(self.request, user)
        return user

    def get_page_title(self) -> str:
        return _("%(name)s is leaving") % {"name": self.colleague.display_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = LeavingForm(None, user=self.colleague)
        return {"colleague": self.colleague, "form": form} | context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refusal() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if refusal := self.refusal():
            return refusal
        form = LeavingForm(request.POST, user=self.colleague)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            leaving.leave(pk, form.takers, by=self.user)
        except LastOwner:
            messages.error(request, LAST_OWNER)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except leaving.HasLeft:
            return redirect("staff:leaving", pk)
        said = _("%(name)s is signed out everywhere and can’t sign in any more.")
        messages.success(request, said % {"name": self.colleague.display_name})
        return redirect("staff:index")

    def refusal(self) -> HttpResponse | None:
        said = ""
        if self.colleague == self.user:
            said = _("You can’t close your own account. Ask another owner to.")
        elif not self.colleague.is_active:
            said = _("The account of %(name)s is closed already.")
        if not said:
            return None
        messages.info(self.request, said % {"name": self.colleague.display_name})
        return redirect("staff:index")


class TakeBackView(KeepsStaffMixin, TemplateView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        colleague = get_object_or_404(User, pk=pk)
        protect_superusers(request, colleague)
        try:
            stays = leaving.take_leaving_back(pk, by=self.user)
        except leaving.NothingToTakeBack:
            messages.info(request, _("There’s nothing to take back."))
            return redirect("staff:index")
        said = _("%(name)s can sign in again as before.") % {"name": colleague.display_name}
        messages.success(request, " ".join([said, *stays]))
        return redirect("staff:index")


class StaffMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perms([CHANGE, "accounts.add_user"])


class StaffViewSet(ViewSet):
    name = "staff"
    icon = "group"
    menu_label = TITLE
    menu_order = 599  # just above the accounts themselves
    add_to_settings_menu = True
    menu_item_class = StaffMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(StaffView), name="index"),
            path("invite/", self.construct_view(InviteStaffView), name="invite"),
            path("invitations/<int:pk>/again/", self.construct_view(SendAgainView), name="again"),
            path(
                "invitations/<int:pk>/withdraw/",
                self.construct_view(WithdrawInvitationView),
                name="withdraw",
            ),
            path("<int:pk>/leaving/", self.construct_view(LeavingView), name="leaving"),
            path("<int:pk>/back/", self.construct_view(TakeBackView), name="take_back"),
        ]
