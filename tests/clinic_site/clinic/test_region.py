"""A clinic looks at home where it is: in Portsmouth, New Hampshire, in Toronto, in Portsmouth."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booking.ical.export import place_of
from booking.models import Appointment
from booking.scheduling.holidays import public_holidays
from clinic_site.clinic import phone
from clinic_site.clinic.models.details import ClinicDetails, WeekBegins
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.region.addresses import town_line
from clinic_site.clinic.region.home import week_of
from tests.booking.factories import make_appointment, make_service
from tests.factories import make_clinic, make_location, make_user
from tests.outbox import emails_to

pytestmark = pytest.mark.django_db

NEW_HAMPSHIRE = {
    "name": "Market Square",
    "country": "US",
    "street": "14 Market Square, Suite 3",
    "city": "Portsmouth",
    "region": "NH",
    "postcode": "03801",
    "phone": "603-555-0110",
    "time_zone": "America/New_York",
}
TORONTO = {
    "name": "Queen Street",
    "country": "CA",
    "street": "200 Queen Street West, Unit 4",
    "city": "Toronto",
    "region": "ON",
    "postcode": "M5V 1Z4",
    "phone": "416-555-0110",
    "time_zone": "America/Toronto",
}
ENGLAND = {
    "name": "High Street",
    "country": "GB",
    "street": "12 High Street",
    "city": "Portsmouth",
    "region": "",
    "postcode": "PO1 2AB",
    "phone": "023 9296 0110",
    "time_zone": "Europe/London",
}
ADDRESSES = [
    (NEW_HAMPSHIRE, "14 Market Square, Suite 3, Portsmouth, NH 03801"),
    (TORONTO, "200 Queen Street West, Unit 4, Toronto, ON M5V 1Z4"),
    (ENGLAND, "12 High Street, Portsmouth PO1 2AB"),
]


def clinic_in(place: dict[str, Any]) -> ClinicDetails:
    return make_clinic(location=make_location(**place))


@pytest.mark.parametrize(("place", "address"), ADDRESSES)
def test_the_address_is_the_same_on_pages_in_emails_and_in_calendars(
    client: Client, place: dict[str, Any], address: str
) -> None:
    clinic_in(place)
    make_service()
    appointment = make_appointment(phone="+18055550123")
    page = client.get("/").content.decode()
    assert f"<address>{address}</address>" in page
    assert f'"addressCountry":"{place["country"]}"' in page.replace(" ", "")
    email = emails_to("jo@patient.example").latest("pk")
    assert address in email.text
    assert address in email.html
    assert place_of(Appointment.objects.get(pk=appointment.pk)) == address


@pytest.mark.parametrize(
    ("place", "dialed", "emergency"),
    [
        (NEW_HAMPSHIRE, "tel:+1-603-555-0110", "call 911."),
        (TORONTO, "tel:+1-416-555-0110", "call 911."),
        (ENGLAND, "tel:+44-23-9296-0110", "call 999."),
    ],
)
def test_phone_numbers_and_emergencies_are_those_of_the_country(
    client: Client, place: dict[str, Any], dialed: str, emergency: str
) -> None:
    clinic_in(place)
    page = client.get("/").content.decode()
    assert f'href="{dialed}"' in page
    assert f"In an emergency, {emergency}" in page


def test_a_number_without_its_country_is_one_of_the_clinics() -> None:
    clinic = clinic_in(TORONTO)
    assert phone.normalize_phone("416-555-0123") == "+14165550123"
    assert phone.readable("+442079460018") == "+44 20 7946 0018"
    location = clinic.location
    assert location
    for name, value in ENGLAND.items():
        setattr(location, name, value)
    location.save()
    assert phone.normalize_phone("020 7946 0018") == "+442079460018"
    assert phone.readable("+442079460018") == "020 7946 0018"


@pytest.mark.parametrize(
    ("country", "parts", "line"),
    [
        ("US", ("Portsmouth", "", "03801"), "Portsmouth, 03801"),
        ("US", ("Portsmouth", "NH", ""), "Portsmouth, NH"),
        ("AU", ("Fremantle", "WA", "6160"), "Fremantle WA 6160"),
        ("NZ", ("Nelson", "", "7010"), "Nelson 7010"),
        ("IE", ("Ennis", "Co. Clare", "V95 XY12"), "Ennis, Co. Clare, V95 XY12"),
        ("IE", ("Dublin 2", "", ""), "Dublin 2"),
    ],
)
def test_what_an_address_lacks_leaves_no_gap(
    country: str, parts: tuple[str, str, str], line: str
) -> None:
    city, region, postcode = parts
    assert town_line(country, city=city, region=region, postcode=postcode) == line


def holidays_of(country: str, region: str) -> dict[str, str]:
    found = public_holidays(country, region, date(2027, 1, 1), date(2027, 12, 31))
    return {day.isoformat()[5:]: name for day, name in found}


def test_california_keeps_a_list_of_its_own() -> None:
    assert holidays_of("US", "ca") == {
        "01-01": "New Year’s Day",
        "01-18": "Martin Luther King Jr. Day",
        "02-15": "Presidents’ Day",
        "03-31": "Cesar Chavez Day",
        "05-31": "Memorial Day",
        "06-18": "Juneteenth",
        "07-05": "Independence Day",
        "09-06": "Labor Day",
        "10-29": "Diwali",
        "11-11": "Veterans Day",
        "11-25": "Thanksgiving",
        "11-26": "Day after Thanksgiving",
        "12-24": "Christmas Day",
        "12-31": "New Year’s Day",
    }


def test_holidays_are_those_of_the_place_by_letters_or_in_full() -> None:
    ontario, hampshire = holidays_of("CA", "Ontario"), holidays_of("US", "NH")
    assert ontario == holidays_of("CA", "on")
    assert (ontario["02-15"], ontario["07-01"]) == ("Family Day", "Canada Day")
    assert hampshire["01-18"] == "Martin Luther King Jr. Day"
    assert "03-31" not in hampshire
    assert holidays_of("US", "Bavaria")["11-25"] == "Thanksgiving"
    assert holidays_of("", "") == {}


def test_the_desk_is_offered_the_holidays_of_the_main_location(client: Client) -> None:
    clinic_in(TORONTO)
    client.force_login(make_user("Front desk"))
    page = client.get("/admin/closures/").content.decode()
    assert "Canada Day" in page
    assert "Independence Day" not in page


def test_weeks_begin_where_the_clinic_says() -> None:
    clinic = clinic_in(TORONTO)
    wednesday = date(2027, 1, 6)
    assert week_of(wednesday) == date(2027, 1, 4)
    clinic.week_begins = WeekBegins.SUNDAY
    clinic.save()
    assert week_of(wednesday) == date(2027, 1, 3)
    assert week_of(date(2027, 1, 3)) == date(2027, 1, 3)


def test_an_owner_says_where_a_location_is_and_its_phone_is_read_there(client: Client) -> None:
    clinic_in(NEW_HAMPSHIRE)
    client.force_login(make_user("Owners"))
    rows = {f"opening_hours-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    form = ENGLAND | rows | {"email": "desk@clinic.example", "phone": "603-555-0111"}
    page = client.post(reverse("location:add"), form).content.decode()
    assert "Please enter a phone number with its area code, like 0121 234 5678" in page
    assert not Location.objects.filter(country="GB").exists()
    client.post(reverse("location:add"), form | {"phone": ENGLAND["phone"]})
    assert Location.objects.get(country="GB").address == "12 High Street, Portsmouth PO1 2AB"
