"""Who waits: for what, with whom, since when, and which offers are out until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from booking.desk.waiting.access import WaitingMixin
from booking.models import (
    Appointment,
    Practitioner,
    Service,
    WaitingListEntry,
    WaitingListEvent,
    WaitingListOffer,
)
from booking.parts_of_day import PartOfDay
from booking.patients.search import bookings_named
from clinic_site.access_log.looks import note_looks
from clinic_site.search.words import MAX_QUERY

SHOWN = 100


@dataclass(frozen=True)
class WaitingRow:
    """Somebody who waits, as the screen shows them."""

    entry: WaitingListEntry
    place: int  # counted from one, in the order in which they are asked
    days: str
    is_over: bool  # the last day that would suit them has gone
    offer: WaitingListOffer | None
    trace: WaitingListEvent | None

    @property
    def appointment(self) -> Appointment:
        return self.entry.appointment


class WaitingFilter(forms.Form):
    q = forms.CharField(
        label=_("Find"),
        required=False,
        max_length=MAX_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Name, phone, email or reference"),
    )
    service = forms.ModelChoiceField(
        Service.objects.all(), label=_("Service"), required=False, empty_label=_("All services")
    )
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.select_related("person"),
        label=_("Practitioner"),
        required=False,
        empty_label=_("Everyone"),
    )


def narrowed(entries: Any, chosen: dict[str, Any]) -> Any:
    """Those for a service, those whom a practitioner could see, and those who are looked for."""
    if service := chosen.get("service"):
        entries = entries.filter(appointment__service=service)
    if person := chosen.get("practitioner"):
        theirs = Q(appointment__practitioner=person)
        does = person.assignments.values("service")
        could = Q(any_practitioner=True, appointment__service__in=does)
        entries = entries.filter(theirs | could)
    if text := chosen.get("q"):
        entries = entries.filter(appointment__in=bookings_named(text).values("pk"))
    return entries


class WaitingRowsMixin(WaitingMixin):
    """Shows entries in their order, some at a time."""

    def rows_of(self, entries: Any, now: datetime) -> dict[str, Any]:
        """What the templates show of a page of them."""
        paged = Paginator(with_details(entries), SHOWN).get_page(self.request.GET.get("page"))
        rows = waiting_rows(paged.object_list, now, first=max(paged.start_index(), 1))
        note_looks(row.appointment for row in rows)
        kept = self.request.GET.copy()
        kept.pop("page", None)
        return {
            "rows": rows,
            "paged": paged,
            "query": kept.urlencode(),
            "places": True,
            "may_change": self.may_change,
            "here": self.request.get_full_path(),
        }


class WaitingListView(WaitingRowsMixin, TemplateView):
    template_name = "booking/desk/waiting/index.html"
    page_title = _("Waiting list")

    def trail(self) -> list[dict[str, Any]]:
        return []

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.may_change:
            return []
        return [HeaderButton(_("Add a caller"), url=reverse("waiting:add"), icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, form = timezone.now(), WaitingFilter(self.request.GET)
        form.full_clean()
        entries = narrowed(WaitingListEntry.objects.still_waiting(now), form.cleaned_data)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "form": form,
            **self.rows_of(entries, now),
            # Whoever is looked for stands alone here: their place among all is not told.
            "places": not form.cleaned_data.get("q"),
        }


def with_details(entries: Any) -> Any:  # with the open offers, which only their query has
    """Read all that a row shows at once."""
    offers = WaitingListOffer.objects.open().select_related("location", "practitioner__person")
    events = WaitingListEvent.objects.select_related("by").order_by("-pk")
    return entries.select_related(
        "appointment__location",
        "appointment__service",
        "appointment__practitioner__person",
        "appointment__class_session__location",
    ).prefetch_related(
        Prefetch("offers", offers, to_attr="open_offers"), Prefetch("events", events)
    )


def waiting_rows(entries: Iterable[Any], now: datetime, *, first: int = 1) -> list[WaitingRow]:
    return [_row(entry, place, now) for place, entry in enumerate(entries, start=first)]


def _row(entry: Any, place: int, now: datetime) -> WaitingRow:
    today = now.astimezone(entry.appointment.location.zone).date()
    return WaitingRow(
        entry,
        place,
        days_wished(entry),
        entry.last_day is not None and entry.last_day < today,
        next(iter(entry.open_offers), None),
        next(iter(entry.events.all()), None),
    )


def days_wished(entry: WaitingListEntry) -> str:
    """Say the days and the part of them that would suit: "Jan 5 – Jan 9, morning"."""
    first, last = (
        day and format_date(day, gettext("M j")) for day in (entry.first_day, entry.last_day)
    )
    part = str(PartOfDay(entry.part_of_day).label)
    if first and last:
        days = first if first == last else f"{first} – {last}"
    elif first:
        days = gettext("from %(day)s") % {"day": first}
    else:
        days = gettext("until %(day)s") % {"day": last} if last else gettext("any day")
    return f"{days}, {part}"
