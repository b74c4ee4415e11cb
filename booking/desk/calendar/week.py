"""A week of everybody: a row for each person, a list for each day on which anything happens."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from booking.desk.calendar.shown import ShownEntry
from booking.models import Practitioner
from booking.scheduling.agenda import Agenda, AgendaEntry, PersonsDay


class ShownDay(NamedTuple):
    persons_day: PersonsDay
    is_today: bool
    url: str
    entries: list[ShownEntry]


class ShownPerson(NamedTuple):
    practitioner: Practitioner | None
    url: str
    days: list[ShownDay]


class Overview(NamedTuple):
    days: list[date]
    people: list[ShownPerson]


def overview_of(
    agenda: Agenda,
    today: date,
    *,
    address: Callable[[Practitioner | None, date | None], str],
    show: Callable[[AgendaEntry], ShownEntry],
) -> Overview:
    """`address` leads to somebody's week, or to a day of theirs; `show` says what is pressed."""
    people: list[Practitioner | None] = [*agenda.practitioners]
    if agenda.without_practitioner:
        people.append(None)
    days = _days_in_use(agenda, people)

    def day_of(person: Practitioner | None, day: date) -> ShownDay:
        persons_day = agenda.of(person, day)
        shown = [show(entry) for entry in persons_day.entries]
        return ShownDay(persons_day, day == today, address(person, day), shown)

    return Overview(
        days,
        [
            ShownPerson(
                person,
                address(person, None) if person else "",
                [day_of(person, day) for day in days],
            )
            for person in people
        ],
    )


def _days_in_use(agenda: Agenda, people: list[Practitioner | None]) -> list[date]:
    """The days on which somebody works, comes or would if it were not closed; else all."""
    used = [
        day for day in agenda.days if any(_is_used(agenda.of(person, day)) for person in people)
    ]
    return used or agenda.days


def _is_used(persons_day: PersonsDay) -> bool:
    return bool(persons_day.hours or persons_day.entries or persons_day.closures)
