"""Pieces of the calendar with what can be done with them, as templates draw them."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from booking.desk.calendar.layout import Column, Piece
from booking.scheduling.agenda import AgendaEntry, Kind, PersonsDay


def address_of_entry(entry: AgendaEntry, *, back: str) -> str:
    """Where an entry leads to: its visit, or who comes to its class; nothing if it is neither."""
    if entry.session:
        page = reverse("classes:date", args=[entry.session.pk])
    elif entry.appointment and entry.kind != Kind.OFFER:
        page = reverse("calendar:visit", args=[entry.appointment.pk])
    else:
        return ""
    return f"{page}?{urlencode({'next': back})}"


class ShownPiece(NamedTuple):
    """A piece of the calendar with what can be done with it."""

    piece: Piece
    row: int  # from the top, beginning with one
    url: str = ""  # where it leads
    slot: str = ""  # the time at which what was picked up is put down
    quick: str = ""  # the transition of one click: an event type
    is_over: bool = False


class ShownEntry(NamedTuple):
    """An entry of a list with what can be done with it."""

    entry: AgendaEntry
    url: str
    quick: str


class ShownColumn(NamedTuple):
    column: Column
    is_today: bool
    pieces: list[ShownPiece]
    open: list[ShownPiece]
    url: str  # the same person alone, or the day of everybody

    @property
    def persons_day(self) -> PersonsDay:
        return self.column.persons_day
