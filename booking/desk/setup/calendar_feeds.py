"""A practitioner's own calendar program: the feeds that it reads, and its file of busy times."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.permissions import ModelPermissionPolicy

from booking.actions.calendars.busy_times import (
    ImportResult,
    NothingBusy,
    import_busy_times,
    remove_busy_times,
)
from booking.actions.calendars.calendar_feeds import open_feed, revoke_feed
from booking.desk.access import DeskMixin
from booking.ical.parse import LARGEST, UnreadableCalendar
from booking.models import CalendarFeed, Practitioner
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.privacy.secret_links import SecretLinkQuerySet


class FeedForm(forms.Form):
    detail = forms.ChoiceField(
        label=_("What it shows"),
        choices=CalendarFeed.Detail.choices,
        help_text=_("A feed never names a patient."),
    )


class BusyForm(forms.Form):
    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_("An .ics file exported from your own calendar, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )


class CalendarsView(DeskMixin, TemplateView):
    """Lists the feeds, opens and revokes one, and takes a file; each by a button of its own."""

    http_method_names = ["get", "head", "post"]
    permission_policy = ModelPermissionPolicy(CalendarFeed)
    any_permission_required: list[str] | None = ["change"]
    template_name = "booking/desk/calendars.html"
    page_title = _("Calendar feed")
    header_icon = "date"

    @cached_property
    def practitioner(self) -> Practitioner:
        people = Practitioner.objects.select_related("person")
        return get_object_or_404(people, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.practitioner.name

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("practitioners:index"), "label": _("Practitioners")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = {"feed_form": FeedForm(), "busy_form": BusyForm()}
        context: dict[str, Any] = super().get_context_data(**forms | kwargs)
        return context | {
            "practitioner": self.practitioner,
            "feeds": self.feeds().select_related("created_by"),
            "busy": self.practitioner.busy_times.count(),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "revoke" in request.POST:
            return self.revoke(request.POST["revoke"])
        if "open" in request.POST:
            return self.open()
        if "remove" in request.POST:
            return self.remove(request.POST["remove"])
        return self.import_file()

    def open(self) -> HttpResponse:
        """Show the address of a new feed, this once: only its hash is kept."""
        form = FeedForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(feed_form=form))
        token = open_feed(self.practitioner, detail=form.cleaned_data["detail"], by=self.user)
        address = f"{settings.BASE_URL}{reverse('practitioner_calendar', args=[token])}"
        return self.render_to_response(self.get_context_data(address=address))

    def feeds(self) -> SecretLinkQuerySet:
        return CalendarFeed.objects.filter(practitioner=self.practitioner).usable(timezone.now())

    def revoke(self, key: str) -> HttpResponse:
        feeds = self.feeds()
        feed = feeds.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
        if feed:
            revoke_feed(feed, by=self.user)
        messages.success(self.request, _("No one can read this feed anymore."))
        return redirect(self.request.path)

    def import_file(self) -> HttpResponse:
        form = BusyForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(busy_form=form))
        sent: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            imported = import_busy_times(self.practitioner, sent.read(LARGEST + 1))
        except UnreadableCalendar as refusal:
            form.add_error("file", str(refusal))
            return self.render_to_response(self.get_context_data(busy_form=form))
        except NothingBusy as nothing:
            return self.ask_to_remove(nothing)
        return self.imported(imported)

    def imported(self, imported: ImportResult) -> HttpResponse:
        log(self.practitioner, "booking.import", user=self.user, data={"times": imported.times})
        note_looks(imported.overlapping)
        message = ngettext(
            "%(count)s busy time imported.", "%(count)s busy times imported.", imported.times
        )
        messages.success(self.request, message % {"count": imported.times})
        return self.render_to_response(
            self.get_context_data(overlapping=imported.overlapping, warnings=imported.warnings)
        )

    def ask_to_remove(self, nothing: NothingBusy) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(nothing=nothing, warnings=nothing.warnings)
        )

    def remove(self, seen: str) -> HttpResponse:
        try:
            removed = remove_busy_times(self.practitioner, seen=seen)
        except NothingBusy as nothing:
            if nothing.there:
                return self.ask_to_remove(nothing)
            removed = 0
        log(self.practitioner, "booking.import", user=self.user, data={"times": 0})
        message = ngettext("%(count)s busy time removed.", "%(count)s busy times removed.", removed)
        messages.success(self.request, message % {"count": removed})
        return redirect(self.request.path)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)
