"""The log in words, for owners: the newest first, by day, person and kind, page by page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinic_site.access_log.models import AccessLine, AccessLineQuerySet
from clinic_site.access_log.permissions import READ
from clinic_site.access_log.reading import RecordKey, Subject, on_one_day, read_lines
from clinic_site.accounts.models import User

AT_ONCE = 50
EVENTS = [kind for kind in AccessLine.Kind if kind not in AccessLine.OF_RECORDS]
LONGEST_NUMBER = 18  # digits that every database takes


class LinesForm(forms.Form):
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    account = forms.ModelChoiceField(
        User.objects.order_by("first_name", "last_name", "username"),
        label=_("Who"),
        required=False,
        empty_label=_("Everyone"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account: Any = self.fields["account"]
        account.label_from_instance = lambda user: user.display_name


class EventsForm(LinesForm):
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Everything")), *((kind, kind.label) for kind in EVENTS)],
    )


class LinesMixin:
    """A screen of lines. What stands there, each subclass says."""

    template_name: Any = "access_log/lines.html"
    header_icon = "view"
    filter_form: type[LinesForm] = LinesForm
    lead: Any = ""
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(READ):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def lines(self) -> AccessLineQuerySet:
        raise NotImplementedError

    def subjects(self, lines: list[AccessLine]) -> Mapping[RecordKey, Subject]:
        """What the records are called that these lines are about."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = self.filter_form(self.request.GET)
        found = list(self.narrowed(form).order_by("-pk")[: AT_ONCE + 1])
        shown = found[:AT_ONCE]
        return context | {
            "filter_form": form,
            "lead": self.lead,
            "lines": read_lines(shown, self.subjects(shown)),
            "older_url": self.older_url(shown[-1].pk) if len(found) > AT_ONCE else "",
            "newest_url": self.request.path if "before" in self.request.GET else "",
        }

    def narrowed(self, form: LinesForm) -> AccessLineQuerySet:
        lines, before = self.lines(), self.request.GET.get("before", "")
        if before.isascii() and before.isdecimal() and len(before) <= LONGEST_NUMBER:
            lines = lines.filter(pk__lt=int(before))
        asked = form.cleaned_data if form.is_valid() else {}
        if asked.get("day"):
            lines = on_one_day(lines, asked["day"])
        if asked.get("account"):
            lines = lines.filter(account=asked["account"].pk)
        if asked.get("kind"):
            lines = lines.filter(kind=asked["kind"])
        return lines

    def older_url(self, last: int) -> str:
        kept = {name: str(value) for name, value in self.request.GET.items() if name != "before"}
        query: dict[str, str] = {**kept, "before": str(last)}
        return f"{self.request.path}?{urlencode(query)}"


class AccessLogView(LinesMixin, WagtailAdminTemplateMixin, TemplateView):
    """Sign-ins, and changes of accounts, roles and settings."""

    page_title = _("Access log")
    filter_form = EventsForm
    lead = _(
        "Who signed in, who couldn’t, and who changed an account, a role or a setting. Who saw a "
        "patient stands on the patient’s record, under “Who saw this patient”."
    )

    def lines(self) -> AccessLineQuerySet:
        return AccessLine.objects.exclude(kind__in=AccessLine.OF_RECORDS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
