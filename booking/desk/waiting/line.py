"""Somebody is put before all others who wait, or behind them, and why is written down."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from booking.actions.errors import StaleEntry
from booking.actions.waiting.order import move_in_line
from booking.desk.undo import say_with_undo
from booking.desk.waiting.access import WaitingMixin
from booking.desk.waiting.acts import GONE, entry_or_404
from booking.models import WaitingListEntry
from clinic_site.access_log.looks import note_looks
from clinic_site.forms.fields import LineField


class LineForm(forms.Form):
    """Where somebody is put, and why; `place` is where they were seen."""

    where = forms.ChoiceField(
        label=_("Where to"),
        choices=[
            ("front", _("to the front: asked before everyone else")),
            ("back", _("to the back: asked after everyone else")),
        ],
        widget=forms.RadioSelect,
        initial="front",
    )
    reason = LineField(
        label=_("Why?"), max_length=160, help_text=_("Please leave out medical details.")
    )
    place = forms.IntegerField(
        min_value=-99999, max_value=99999, widget=forms.HiddenInput, required=True
    )

    required_css_class = "required"


class LineView(WaitingMixin, TemplateView):
    """Asks for the reason; what is wrong stands beside its field."""

    any_permission_required = ["change"]
    template_name = "booking/desk/waiting/line.html"
    page_title = _("Change the order")
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entry = entry_or_404(kwargs["pk"])
        return self.show(entry, LineForm(initial={"place": entry.place}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entry, form = entry_or_404(kwargs["pk"]), LineForm(request.POST)
        if not form.is_valid():
            return self.show(entry, form)
        entry.place = form.cleaned_data["place"]
        to_front = form.cleaned_data["where"] == "front"
        reason = form.cleaned_data["reason"]
        try:
            event = move_in_line(entry, to_front=to_front, reason=reason, by=self.user)
        except StaleEntry:
            messages.warning(request, GONE)
            return redirect(self.back)
        words = _("Moved to the front.") if to_front else _("Moved to the back.")
        say_with_undo(request, words, reverse("waiting:undo"), self.back, event=event.pk)
        return redirect(self.back)

    def show(self, entry: WaitingListEntry, form: LineForm) -> HttpResponse:
        note_looks([entry.appointment])
        history = entry.events.select_related("by")
        context = self.get_context_data(entry=entry, form=form, history=history, next=self.back)
        return self.render_to_response(context)
