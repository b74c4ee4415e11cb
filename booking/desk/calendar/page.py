"""The calendar: a day of everybody side by side, a week of one person, or a week of everybody."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from booking.actions.times import is_past
from booking.actions.visits import has_begun, is_on_its_day
from booking.desk.access import DeskMixin
from booking.desk.calendar.layout import (
    MIN_ROWS,
    Column,
    Layout,
    Piece,
    PieceKind,
    free_runs,
    lay_out,
    row_at,
    wall_at,
)
from booking.desk.calendar.sheet import OpenTime, sheets_of
from booking.desk.calendar.shown import ShownColumn, ShownEntry, ShownPiece, address_of_entry
from booking.desk.calendar.version import version_of
from booking.desk.calendar.week import overview_of
from booking.desk.times import today_at, value_of
from booking.models import Appointment, Practitioner
from booking.scheduling.agenda import Agenda, AgendaEntry, Kind, PersonsDay, people_on, read_agenda
from clinic_site.access_log.looks import note_looks
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY
from clinic_site.clinic.region.home import week_of

WEEK = 7 * DAY
# Beyond these, days cannot be counted on from.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
# What is shown is told by the address.
ASKED = ("day", "view", "practitioner", "location", "pick")
SEEN = "X-Seen"  # the version of the calendar that a page shows which asks for news


class CalendarView(DeskMixin, TemplateView):
    template_name = "booking/desk/calendar/page.html"
    page_title = _("Calendar")
    header_icon = "date"
    own = False  # whether a practitioner looks at their own
    unblock_name = "calendar:unblock"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the calendar; a page that has it already gets what is new alone, if anything is."""
        seen = request.headers.get(SEEN)
        if seen is None or self.location is None:
            return super().get(request, *args, **kwargs)
        if seen == version_of(self.location, self.now):
            return HttpResponse(status=204)
        self.template_name = "booking/desk/calendar/live.html"
        return super().get(request, *args, **kwargs)

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        user, buttons = self.request.user, []
        if user.has_perm("booking.add_appointment"):
            url = reverse("appointments:book")
            buttons.append(HeaderButton(_("Book by phone"), url=url, icon_name="plus", priority=10))
        if user.has_perm("booking.add_blockedtime"):
            url = reverse("calendar:block")
            buttons.append(HeaderButton(_("Block time"), url=url, icon_name="lock", priority=20))
        return buttons

    @cached_property
    def location(self) -> Location | None:
        key = self.request.GET.get("location", "")
        chosen = self.locations.get(int(key)) if key.isdecimal() and len(key) < 10 else None
        main = ClinicDetails.load().location
        return chosen or main or next(iter(self.locations.values()), None)

    @cached_property
    def locations(self) -> dict[int, Location]:
        return {location.pk: location for location in Location.objects.all()}

    def choose_people(self, location: Location, first: date, last: date) -> list[Practitioner]:
        return people_on(location, first, last)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.location is None:
            return context
        today = today_at(self.location)
        day = min(max(self.asked_day(today), EARLIEST), LATEST)
        by_week = self.request.GET.get("view") == "week"
        first = week_of(day) if by_week else day
        last = first + 6 * DAY if by_week else first
        people = self.choose_people(self.location, first, last)
        wanted = self.request.GET.get("practitioner", "")
        chosen = next((person for person in people if str(person.pk) == wanted), None)
        agenda = read_agenda(self.location, [chosen] if chosen else people, first, last)
        # A page that asks for news by itself shows the same visits again and again.
        note_looks([*agenda.visits, self.picked], renews=SEEN in self.request.headers)
        step = WEEK if by_week else DAY
        context |= {
            "agenda": agenda,
            "location": self.location,
            "locations": list(self.locations.values()),
            "people": people,
            "chosen": chosen,
            "day": day,
            "first": first,
            "last": last,
            "today": today,
            "by_week": by_week,
            "own": self.own,
            "picked": self.picked,
            "previous_url": self.url_of(day=day - step),
            "today_url": self.url_of(day=today),
            "next_url": self.url_of(day=day + step),
            "day_url": self.url_of(view="day"),
            "week_url": self.url_of(view="week"),
            "put_back_url": self.url_of(pick=None),
            "everyone_url": self.url_of(practitioner=None),
            "each_url": self.url_of(sheets="each"),
            "may_book": self.may("add_appointment"),
            "may_change": self.may("change_appointment"),
            "may_block": self.may("delete_blockedtime"),
            "unblock_name": self.unblock_name,
            "here": self.url_of(),
            "version": version_of(self.location, self.now),
        }
        days = self.columns_of(agenda)
        each = "sheets" in self.request.GET
        context["sheets"] = sheets_of(
            days, each=each, quick=self.quick_of, open_times=self.open_times
        )
        context["each"] = each
        if by_week and len(agenda.practitioners) != 1:
            week = overview_of(agenda, today, address=self.address_of, show=self.show_entry)
            return context | {"overview": week}
        picked = self.picked
        length = timedelta(minutes=picked.duration_minutes) if picked else None
        layout = lay_out(days, length=length)
        return context | {
            "layout": layout,
            "columns": [self.show_column(column, layout, today) for column in layout.columns],
            "now_row": self.now_row(layout, agenda),
        }

    def may(self, permission: str) -> bool:
        return not self.own and self.request.user.has_perm(f"booking.{permission}")

    @cached_property
    def picked(self) -> Appointment | None:
        """The visit that has been picked up, to be put down at another time."""
        key = self.request.GET.get("pick", "")
        if not (self.may("change_appointment") and key.isdecimal() and len(key) < 10):
            return None
        visits = Appointment.objects.filter(state=Appointment.State.CONFIRMED, pk=key)
        return visits.select_related("location", "service", "practitioner__person").first()

    @cached_property
    def able(self) -> set[int]:
        """Who can see the visit that has been picked up."""
        if self.picked is None or self.location is None:
            return set()
        people = Practitioner.objects.providing(self.picked.service, self.location)
        return set(people.values_list("pk", flat=True))

    def asked_day(self, today: date) -> date:
        try:
            return date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            return today

    def url_of(self, **changes: Any) -> str:
        """The address of this calendar with something else shown."""
        asked = self.request.GET
        kept = {name: asked[name] for name in ASKED if asked.get(name)} | changes
        query = {name: value for name, value in kept.items() if value is not None}
        return f"{self.request.path}?{urlencode(query)}"

    def columns_of(self, agenda: Agenda) -> list[PersonsDay]:
        """A column for each person, or for each day of the one person that has anything in it."""
        people: list[Practitioner | None] = [*agenda.practitioners]
        if agenda.without_practitioner:
            people.append(None)
        days = [agenda.of(person, day) for person in people for day in agenda.days]
        if len(agenda.days) == 1:
            return days
        used = {day.day for day in days if day.hours or day.entries or day.closures}
        return [day for day in days if day.day in used] or days

    def now_row(self, layout: Layout, agenda: Agenda) -> int | None:
        """Where the line for now is drawn; nowhere on other days and before or after hours."""
        local = self.now.astimezone(agenda.location.zone)
        row = row_at(local)
        if local.date() not in agenda.days or row not in layout.shown:
            return None
        return row - layout.shown.start + 1

    def show_column(self, column: Column, layout: Layout, today: date) -> ShownColumn:
        persons_day = column.persons_day
        person = persons_day.practitioner
        if self.request.GET.get("view") == "week":
            url = self.url_of(view="day", day=persons_day.day, practitioner=None)
        else:
            url = self.url_of(view="week", practitioner=person and person.pk)
        top = layout.shown.start - 1
        return ShownColumn(
            column,
            persons_day.day == today,
            [self.show_piece(piece, persons_day, top) for piece in column.pieces],
            [ShownPiece(piece, piece.span.start - top) for piece in column.open],
            url,
        )

    def show_piece(self, piece: Piece, persons_day: PersonsDay, top: int) -> ShownPiece:
        shown = ShownPiece(piece, piece.span.start - top)
        if piece.kind == PieceKind.FREE:
            return self.show_free(shown, persons_day)
        if piece.kind != PieceKind.ENTRY or piece.entry is None or self.own:
            return shown
        _entry, url, quick = self.show_entry(piece.entry)
        return shown._replace(url=url, quick=quick)

    def open_times(self, persons_day: PersonsDay) -> Iterable[OpenTime]:
        """The free time of a day that can still be booked, for the list in the order of time."""
        person, location = persons_day.practitioner, self.location
        if person is None or location is None or self.picked:
            return
        for run in free_runs(persons_day, self.now.astimezone(location.zone)):
            begins, ends = (wall_at(persons_day.day, row, location.zone) for row in run)
            url = self.address_of_free(value_of(begins, person.pk), location)
            if url:
                yield OpenTime(begins, ends, url)

    def show_free(self, shown: ShownPiece, persons_day: PersonsDay) -> ShownPiece:
        person, location = persons_day.practitioner, self.location
        if person is None or location is None or shown.piece.rows < MIN_ROWS:
            return shown
        wall = datetime.combine(persons_day.day, shown.piece.begins, location.zone)
        if is_past(wall, location, now=self.now, by_desk=True):
            return shown._replace(is_over=True)
        slot = value_of(wall, person.pk)
        if self.picked:
            return shown._replace(slot=slot) if person.pk in self.able else shown
        return shown._replace(url=self.address_of_free(slot, location))

    def address_of_free(self, slot: str, location: Location) -> str:
        """Where free time leads to that is pressed."""
        if not self.may("add_appointment"):
            return ""
        query = {"slot": slot, "location": location.pk, "next": self.url_of()}
        return f"{reverse('calendar:free')}?{urlencode(query)}"

    def quick_of(self, entry: AgendaEntry) -> str:
        """What is most likely next with a visit, of which one click is to be enough."""
        visit = entry.appointment
        if not (visit and entry.kind == Kind.APPOINTMENT and self.may("change_appointment")):
            return ""
        if visit.state == Appointment.State.CONFIRMED and is_on_its_day(visit, self.now):
            return "arrived"
        if visit.state == Appointment.State.ARRIVED and has_begun(visit, self.now):
            return "completed"
        return ""

    def show_entry(self, entry: AgendaEntry) -> ShownEntry:
        url = "" if self.own else address_of_entry(entry, back=self.url_of(pick=None))
        return ShownEntry(entry, url, self.quick_of(entry))

    def address_of(self, person: Practitioner | None, day: date | None) -> str:
        """The week of somebody, or a day of theirs."""
        key = person and person.pk
        if day is None:
            return self.url_of(practitioner=key)
        return self.url_of(view="day", day=day.isoformat(), practitioner=key)
