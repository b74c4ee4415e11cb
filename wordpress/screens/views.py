"""Where an owner moves in from WordPress: a trial first, then the import, and its report."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wordpress.models import ImportRun
from wordpress.permissions import IMPORT_SITE
from wordpress.runs import AlreadyRunning, ask_for_run
from wordpress.screens.forms import ImportForm

TITLE = _("Move in from WordPress")
RUNS_SHOWN = 10
SECONDS = 5  # after which a page about what is under way is asked for again


class ImportMixin(PermissionRequiredMixin, WagtailAdminTemplateMixin, View):
    permission_required = IMPORT_SITE
    raise_exception = True
    header_icon = "download"
    page_title = TITLE

    def shown(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        told = {
            "page_title": TITLE,
            "header_title": TITLE,
            "header_icon": self.header_icon,
            **context,
        }
        return TemplateResponse(request, template, told)

    def ask(self, request: HttpRequest, **wanted: Any) -> HttpResponse:
        try:
            run = ask_for_run(by=request.user, **wanted)
        except AlreadyRunning:
            messages.error(request, _("An import is under way. Please wait until it has ended."))
            return redirect("wordpress_import")
        return redirect("wordpress_run", run.pk)


class ImportView(ImportMixin):
    """What to bring, and what was brought before."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form(request, ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.form(request, form)
        return self.ask(
            request,
            export=form.stored_export(),
            media=form.cleaned_data["pictures"],
            host=form.cleaned_data["host"],
            dry_run="bring" not in request.POST,
        )

    def form(self, request: HttpRequest, form: ImportForm) -> HttpResponse:
        runs = ImportRun.objects.defer("report")[:RUNS_SHOWN]
        return self.shown(request, "wordpress/import.html", form=form, runs=runs)


class RunView(ImportMixin):
    """How far an import is, and its report once it has ended."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = get_object_or_404(ImportRun, pk=pk)
        entries = run.report.get("entries", [])
        response = self.shown(
            request,
            "wordpress/run.html",
            run=run,
            entries=[entry for entry in entries if entry["notes"]],
            counts=run.report.get("counts", {}),
        )
        if not run.has_ended:
            response["Refresh"] = str(SECONDS)
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bring the same export, again or after the trial."""
        run = get_object_or_404(ImportRun, pk=pk)
        return self.ask(request, export=run.export, media=run.media, host=run.host, dry_run=False)
