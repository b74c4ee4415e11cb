"""The screen of the counts, for a week, a month or a year."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinic_site.admin import spreadsheets
from clinic_site.clinic.current import today_at_clinic
from clinic_site.page_views.report.pictures import page_view_pictures
from clinic_site.page_views.report.reading import Sums, sums_of
from clinic_site.page_views.report.sheet import spreadsheet

READ = "page_views.view_dailycount"
PERIODS = (7, 30, 365)  # days
USUAL = 30


class PageViewsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "page_views/report.html"
    page_title = _("Page views")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(READ):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        kind = self.request.GET.get("export", "")
        if kind in spreadsheets.FORMATS:
            return spreadsheet(kind, self.sums)
        return super().render_to_response(context, **kwargs)

    @cached_property
    def days(self) -> int:
        """The period that was asked for, or the usual one if it is none of ours."""
        asked = self.request.GET.get("days", "")
        return next((days for days in PERIODS if str(days) == asked), USUAL)

    @cached_property
    def sums(self) -> Sums:
        return sums_of(self.days, today_at_clinic())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "sums": self.sums,
            "pictures": page_view_pictures(self.sums),
            "periods": [(_in_words(days), f"?days={days}", days == self.days) for days in PERIODS],
            "downloads": [
                (kind, f"?days={self.days}&export={kind}") for kind in spreadsheets.FORMATS
            ],
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def _in_words(days: int) -> str:
    if days == 365:
        return gettext("A year")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
