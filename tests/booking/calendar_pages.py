"""The calendar's pages, as the tests read them."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from booking.models import Appointment
from tests.booking.factories import at

CALENDAR = "/admin/calendar/"
TEN = at(6, 10)
DAY = {"day": "2027-01-06"}
WEEK = DAY | {"view": "week"}


def soup_of(page: Any) -> BeautifulSoup:
    return BeautifulSoup(page.content, "html.parser")


def words_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def entries(page: Any) -> list[str]:
    return [words_of(found) for found in soup_of(page).select(".desk-entry")]


def free(page: Any) -> dict[str, Tag]:
    """What is pressed at a free time, by what it says."""
    return {words_of(each): each for each in soup_of(page).select(".calendar-free [data-piece]")}


def height_of(page: Any, visit: Appointment) -> str:
    entry = soup_of(page).select_one(f'[data-entry="{visit.pk}"]')
    assert entry is not None
    return str(entry["style"])
