"""Somebody who waits, and what the desk does with them on its screen."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.requests import Contact
from booking.actions.waiting.callers import TimeWished, add_caller
from booking.desk.times import value_of
from booking.models import (
    Appointment,
    Practitioner,
    Service,
    WaitingListEntry,
)
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at

WAITING = "/admin/waiting/"
ADD = f"{WAITING}add/"


def call_in(service: Service, by: User, name: str = "Kim Park", **more: Any) -> WaitingListEntry:
    """Somebody who has called and found no time."""
    wished = more.pop("wished", TimeWished())
    contact = {"name": name, "phone": "+18055550142", "new_patient": False} | more
    appointment = add_caller(
        service,
        Location.objects.get(),
        wished,
        contact=Contact(**contact),
        idempotency_key=f"call {Appointment.objects.count()}",
        by=by,
    )
    return WaitingListEntry.objects.get(appointment=appointment)


def names(page: Any) -> list[str]:
    """Who stands on a screen, in order."""
    soup = BeautifulSoup(page.content, "html.parser")
    return [
        " ".join(card.b.get_text().split()).partition(" ")[2] for card in soup.select(".desk-card")
    ]


def press(desk: Client, entry: WaitingListEntry, what: str, **typed: str) -> Any:
    return desk.post(f"{WAITING}{entry.pk}/{what}/", typed, follow=True)


def undo(desk: Client, page: Any) -> Any:
    """Press the undo beside the words that say what was done."""
    form = BeautifulSoup(page.content, "html.parser").select_one('.messages form[method="post"]')
    assert form is not None
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return desk.post(str(form["action"]), fields, follow=True)


def slot(robin: Practitioner, day: int = 6, hour: int = 10) -> str:
    return value_of(at(day, hour), robin.pk)


def fits(desk: Client, robin: Practitioner, day: int = 6, hour: int = 10) -> Any:
    return desk.get(f"{WAITING}fits/", {"slot": slot(robin, day, hour)})


CALLER = {
    "key": "0123456789abcdef",
    "name": "Kim Park",
    "phone": "(805) 555-0142",
    "part_of_day": "morning",
    "first_day": "2027-01-05",
    "last_day": "2027-01-12",
}


def caller(of: Service, **changes: str) -> dict[str, str]:
    location = str(Location.objects.get().pk)
    return {**CALLER, "service": str(of.pk), "location": location, "record": "new"} | changes
