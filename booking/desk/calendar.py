"""The calendar: a day of everybody, a week of one person, or a week of everybody."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from booking.desk.access import DeskMenuItem, DeskMixin, log_access
from booking.desk.blocked_time import BlockView, UnblockView
from booking.desk.grid import Cell, Row, lay_out
from booking.desk.times import today_at, value_of
from booking.models import Practitioner
from booking.scheduling.agenda import Agenda, PersonsDay, people_on, read_agenda
from clinic_site.accounts.models import User
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

WEEK = 7 * DAY
# Beyond these, days cannot be counted on from.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class Column(NamedTuple):
    persons_day: PersonsDay
    is_today: bool


class CalendarView(DeskMixin, TemplateView):
    """What is shown is told by the address: `day`, `view`, `practitioner` and `location`."""

    template_name = "booking/desk/calendar.html"
    page_title = _("Calendar")
    header_icon = "date"

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
        first = day - timedelta(days=day.weekday()) if by_week else day
        last = first + 6 * DAY if by_week else first
        people = self.choose_people(self.location, first, last)
        wanted = self.request.GET.get("practitioner", "")
        chosen = next((person for person in people if str(person.pk) == wanted), None)
        agenda = read_agenda(self.location, [chosen] if chosen else people, first, last)
        log_access(self.user, self.screen, first=first.isoformat(), last=last.isoformat())
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
            "previous_url": self.url_of(day=day - step),
            "today_url": self.url_of(day=today),
            "next_url": self.url_of(day=day + step),
            "day_url": self.url_of(view="day"),
            "week_url": self.url_of(view="week"),
            "may_book": self.request.user.has_perm("booking.add_appointment"),
            "may_block": self.request.user.has_perm("booking.delete_blockedtime"),
            "here": self.request.get_full_path(),
            "names": True,
        }
        if by_week and len(agenda.practitioners) != 1:
            return context | {"overview": self.overview(agenda, today)}
        columns = self.columns(agenda)
        return context | {
            "columns": [Column(column, column.day == today) for column in columns],
            "rows": self.with_addresses(lay_out(columns), columns),
        }

    screen = "calendar"

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def asked_day(self, today: date) -> date:
        try:
            return date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            return today

    def url_of(self, **changes: Any) -> str:
        """The address of this calendar with something else shown."""
        kept = {
            name: self.request.GET[name]
            for name in ("day", "view", "practitioner", "location")
            if self.request.GET.get(name)
        }
        return f"{self.request.path}?{urlencode(kept | changes)}"

    def columns(self, agenda: Agenda) -> list[PersonsDay]:
        """A column for each person, or for each day of the one person."""
        people: list[Practitioner | None] = [*agenda.practitioners]
        if agenda.without_practitioner:
            people.append(None)
        return [agenda.of(person, day) for person in people for day in agenda.days]

    def overview(self, agenda: Agenda, today: date) -> list[Any]:
        """A row for each person, with their days."""
        people: list[Practitioner | None] = [*agenda.practitioners]
        if agenda.without_practitioner:
            people.append(None)
        return [
            (
                person,
                [
                    (agenda.of(person, day), day == today, self.day_address(agenda, person, day))
                    for day in agenda.days
                ],
            )
            for person in people
        ]

    def day_address(self, agenda: Agenda, person: Practitioner | None, day: date) -> str:
        query = {"location": agenda.location.pk, "first": day.isoformat()}
        if person:
            query["practitioner"] = person.pk
        return f"{reverse('appointments:book')}?{urlencode(query)}"

    def with_addresses(
        self, rows: list[Row], columns: list[PersonsDay]
    ) -> list[tuple[Row, list[tuple[Cell, PersonsDay, str]]]]:
        """Give each free cell the address at which it is booked."""
        return [
            (
                row,
                [
                    (cell, columns[cell.column], self.cell_address(cell, columns[cell.column]))
                    for cell in row.cells
                ],
            )
            for row in rows
        ]

    def cell_address(self, cell: Cell, column: PersonsDay) -> str:
        """Where a free time is booked; nowhere if it is over."""
        if not (cell.free and column.practitioner and self.location):
            return ""
        wall = datetime.combine(column.day, cell.time, self.location.zone)
        if wall <= timezone.now():
            return ""
        query = {
            "location": self.location.pk,
            "first": column.day.isoformat(),
            "slot": value_of(wall, column.practitioner.pk),
        }
        return f"{reverse('appointments:book')}?{urlencode(query)}"


class CalendarViewSet(ViewSet):
    name = "calendar"
    icon = "date"
    menu_label = _("Calendar")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(CalendarView), name="index"),
            path("block/", self.construct_view(BlockView), name="block"),
            path("block/<int:pk>/remove/", self.construct_view(UnblockView), name="unblock"),
        ]
