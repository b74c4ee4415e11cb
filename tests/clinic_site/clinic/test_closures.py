"""Closures and hours together: what every page says of a day that differs from the week."""

import json
import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location, OpeningHours
from clinic_site.clinic.opening_hours import OpenHours, open_on
from clinic_site.pages.context import shared_context
from tests.factories import make_article, make_clinic, make_location, make_person

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 11, 26)
ON_THURSDAY = datetime(2026, 11, 26, 18, tzinfo=UTC)  # 10 in the morning at the clinic
WEEK_BEFORE = datetime(2026, 11, 19, 18, tzinfo=UTC)
NOTE = "Closed Thursday, Nov 26"


@pytest.fixture
def location() -> Location:
    location = make_location()
    make_clinic(location=location)
    return location


def page(client: Client, at: datetime, address: str = "/") -> str:
    with time_machine.travel(at, tick=False):
        return re.sub(r"\s+", " ", client.get(address).content.decode())


def today_on(html: str) -> str:
    found = re.search(r"<dt>Today</dt> <dd>(.*?)</dd>", html)
    return found[1] if found else ""


def close(**fields: Any) -> Closure:
    return Closure.objects.create(**{"first_day": THURSDAY, "last_day": THURSDAY} | fields)


def test_on_a_day_when_everybody_is_closed_the_card_says_so(
    client: Client, location: Location
) -> None:
    article = make_article()
    assert today_on(page(client, ON_THURSDAY, article.url)) == "9:00 AM–5:00 PM"
    close()
    assert today_on(page(client, ON_THURSDAY, article.url)) == "closed"


@pytest.mark.parametrize("address", ["/", "/contact/"])
def test_a_closure_is_told_where_hours_are_shown_from_a_week_before(
    client: Client, location: Location, address: str
) -> None:
    close()
    early = datetime(2026, 11, 19, 7, tzinfo=UTC)  # still Wednesday at the clinic
    assert NOTE not in page(client, early, address)
    assert NOTE in page(client, WEEK_BEFORE, address)  # kept by then, and made anew at midnight
    assert NOTE in page(client, ON_THURSDAY, address)
    assert NOTE not in page(client, datetime(2026, 11, 27, 9, tzinfo=UTC), address)


def test_a_page_that_is_kept_changes_with_a_closure(client: Client, location: Location) -> None:
    assert NOTE not in page(client, WEEK_BEFORE)
    closure = close()
    assert NOTE in page(client, WEEK_BEFORE)
    closure.delete()
    assert NOTE not in page(client, WEEK_BEFORE)


def test_what_one_person_does_is_not_the_clinics(client: Client, location: Location) -> None:
    close(person=make_person())
    assert NOTE not in page(client, WEEK_BEFORE)


def test_closures_of_another_place_are_not_told_here(client: Client, location: Location) -> None:
    close(location=make_location(name="Goleta"))
    assert NOTE not in page(client, WEEK_BEFORE)
    close(location=location)
    assert NOTE in page(client, WEEK_BEFORE)


def test_a_day_that_is_closed_every_week_is_not_told(client: Client, location: Location) -> None:
    close(first_day=date(2026, 11, 22), last_day=date(2026, 11, 22))
    assert "Nov 22" not in page(client, WEEK_BEFORE)


def test_hours_that_differ_are_told_with_their_times(client: Client, location: Location) -> None:
    close(begins=time(12), ends=time(14, 30))
    saturday = {"first_day": date(2026, 11, 21), "last_day": date(2026, 11, 21)}
    close(kind=Closure.Kind.EXTRA, begins=time(9), ends=time(13), **saturday)
    html = page(client, WEEK_BEFORE)
    assert "Closed Thursday, Nov 26, 12:00–2:30 PM" in html
    assert "Also open Saturday, Nov 21, 9:00 AM–1:00 PM" in html


def test_a_place_without_hours_says_nothing_of_today(client: Client, location: Location) -> None:
    article = make_article()
    location.opening_hours.all().delete()
    html = page(client, WEEK_BEFORE, article.url)
    assert "<dt>Today</dt>" not in html
    assert "Opening hours" not in html


def test_search_engines_are_told_of_the_days_that_differ(
    client: Client, location: Location
) -> None:
    close()
    saturday = {"first_day": date(2026, 11, 21), "last_day": date(2026, 11, 21)}
    close(kind=Closure.Kind.EXTRA, begins=time(9), ends=time(13), **saturday)
    html = page(client, WEEK_BEFORE)
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert script
    [clinic] = [
        thing for thing in json.loads(script[1])["@graph"] if thing["@type"] == "MedicalClinic"
    ]
    assert clinic["specialOpeningHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": day,
            "validThrough": day,
            "opens": opens,
            "closes": closes,
        }
        for day, opens, closes in (
            ("2026-11-21", "09:00", "13:00"),
            ("2026-11-26", "00:00", "00:00"),
        )
    ]
    assert len(clinic["openingHoursSpecification"]) == 1


def test_closures_are_remembered_with_the_clinic_until_midnight(
    location: Location, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    close()
    early = datetime(2026, 11, 19, 7, tzinfo=UTC)  # still Wednesday at the clinic
    with time_machine.travel(early, tick=False):
        assert shared_context().clinic.location.closures_told == []
        with django_assert_num_queries(1):  # whether anything has changed
            assert shared_context().clinic.location.closures_told == []
    with time_machine.travel(WEEK_BEFORE, tick=False):
        assert shared_context().clinic.location.closures_told == [NOTE]


class TestADay:
    week = [OpeningHours(weekday=3, opens=time(9), closes=time(17))]

    def hours(self, *closures: Closure, week: Any = None) -> list[tuple[int, int]] | None:
        found = open_on(THURSDAY, self.week if week is None else week, closures)
        return found and [(hours.opens.hour, hours.closes.hour) for hours in found]

    def test_is_open_as_every_week(self) -> None:
        assert self.hours() == [(9, 17)]

    def test_is_cut_by_hours_that_are_closed(self) -> None:
        lunch = Closure(first_day=THURSDAY, last_day=THURSDAY, begins=time(12), ends=time(13))
        assert self.hours(lunch) == [(9, 12), (13, 17)]

    def test_is_longer_by_extra_hours(self) -> None:
        evening = Closure(
            kind="extra", first_day=THURSDAY, last_day=THURSDAY, begins=time(17), ends=time(20)
        )
        assert self.hours(evening) == [(9, 20)]

    def test_is_closed_even_if_it_has_extra_hours(self) -> None:
        days = {"first_day": THURSDAY, "last_day": THURSDAY}
        extra = Closure(kind="extra", begins=time(9), ends=time(12), **days)
        assert open_on(THURSDAY, self.week, [extra, Closure(**days)]) == []

    def test_of_a_place_that_tells_no_hours_is_not_known(self) -> None:
        assert open_on(THURSDAY, [], []) is None
        closed = Closure(first_day=THURSDAY, last_day=THURSDAY)
        assert open_on(THURSDAY, [], [closed]) == []

    def test_may_reach_past_midnight(self) -> None:
        late = Closure(
            kind="extra", first_day=THURSDAY, last_day=THURSDAY, begins=time(20), ends=time(2)
        )
        assert open_on(THURSDAY, [], [late]) == [OpenHours(time(20), time(2))]
