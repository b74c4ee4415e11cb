"""How the site fares, for owners: what is wrong in words first, then every job and email."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinic_site.health.facts import read_facts
from clinic_site.health.permissions import SEE_HEALTH
from clinic_site.health.problems import (
    configuration_problems,
    is_demo_mail,
    is_failing,
    problems,
)
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import try_waiting_now

AT_ONCE = 50
STATE = OutgoingEmail.State


class HealthView(WagtailAdminTemplateMixin, TemplateView):
    """Of an email it shows what it tells of, and never whom it goes to or what it says."""

    template_name: Any = "health/health.html"
    page_title = _("Health")
    header_icon = "tick-inverse"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(SEE_HEALTH):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        facts = read_facts(timezone.now())
        told = OutgoingEmail.objects.only(
            "subject_ref", "state", "attempts", "due_at", "last_error"
        )
        return context | {
            "facts": facts,
            "problems": problems(facts),
            "configuration": configuration_problems(),
            "is_demo_mail": is_demo_mail(),
            "jobs": [(job, is_failing(job)) for job in facts.jobs],
            "waiting": told.filter(state=STATE.WAITING).order_by("due_at")[:AT_ONCE],
            "failed": told.filter(state=STATE.FAILED).order_by("-due_at")[:AT_ONCE],
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Have the worker try again at once what the mail server has not taken."""
        count = try_waiting_now()
        told = ngettext(
            "%(count)d email is tried again now.", "%(count)d emails are tried again now.", count
        )
        messages.success(request, told % {"count": count})
        return redirect("health")
