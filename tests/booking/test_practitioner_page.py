"""What somebody does where and when, on one page: five days are one row, two places are two."""

from datetime import time
from typing import Any

import pytest
from django.test import Client

from booking.models import Appointment, Practitioner, Service, WeeklyHours
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at, book, make_practitioner, make_service, said
from tests.factories import make_location, make_user

STAFF_READS = 25  # queries


@pytest.fixture
def owner(client: Client, service: Service) -> Client:
    client.force_login(make_user("Owners"))
    return client


def page_of(robin: Practitioner) -> str:
    return f"/admin/practitioners/edit/{robin.pk}/"


def sent(owner: Client, robin: Practitioner, **changes: Any) -> dict[str, Any]:
    """The page of a practitioner as it is sent, with some answers changed."""
    page = owner.get(page_of(robin))
    services, hours = page.context["services"], page.context["hours"]
    form: dict[str, Any] = {"person": robin.person_id, "active": "on", "color": robin.color}
    for field in services:
        form[field.html_name] = [str(key) for key in field.value() or []]
    form |= {"hours-TOTAL_FORMS": len(hours), "hours-INITIAL_FORMS": hours.initial_form_count()}
    for row in hours:
        for field in row:
            nothing: Any = [] if field.name == "days" else ""
            form[field.html_name] = nothing if field.value() is None else field.value()
    return form | changes


def week(robin: Practitioner) -> list[tuple[int, time, time, str]]:
    return [
        (span.weekday, span.begins, span.ends, span.location.name)
        for span in robin.weekly_hours.select_related("location")
    ]


def kept_rows(robin: Practitioner) -> list[Any]:
    tables = (robin.weekly_hours, robin.assignments)
    return [list(rows.order_by("pk").values()) for rows in tables]


def test_days_with_the_same_hours_are_one_row(owner: Client, robin: Practitioner) -> None:
    hours = owner.get(page_of(robin)).context["hours"]
    assert hours.initial_form_count() == 1
    assert hours[0]["days"].value() == [0, 1, 2, 3, 4]
    form = sent(owner, robin)
    assert len([name for name in form if name.startswith("hours-")]) <= 2 + 3 * 6


def test_a_page_that_is_sent_unchanged_changes_nothing(owner: Client, robin: Practitioner) -> None:
    robin.weekly_hours.filter(weekday=4).update(ends=time(15))
    robin.weekly_hours.filter(weekday=2).update(first_day=at(6, 9).date())
    before = [
        list(rows.order_by("pk").values())
        for rows in (robin.weekly_hours.all(), robin.assignments.all())
    ]
    assert owner.post(page_of(robin), sent(owner, robin)).status_code == 302
    assert before == [
        list(rows.order_by("pk").values())
        for rows in (robin.weekly_hours.all(), robin.assignments.all())
    ]


def test_a_week_at_two_places_is_told_at_once(
    owner: Client, service: Service, robin: Practitioner
) -> None:
    harbor = make_location(name="Harbor Way")
    main = Location.objects.exclude(pk=harbor.pk).get()
    changes = {
        "hours-0-days": ["0", "2", "4"],
        "hours-0-begins": "08:00",
        "hours-0-ends": "12:00",
        "hours-1-days": ["1", "3"],
        "hours-1-begins": "13:00",
        "hours-1-ends": "19:00",
        "hours-1-location": str(harbor.pk),
        f"services-{harbor.pk}": [str(service.pk)],
    }
    assert owner.post(page_of(robin), sent(owner, robin, **changes)).status_code == 302
    morning, evening = (time(8), time(12), main.name), (time(13), time(19), "Harbor Way")
    assert week(robin) == [
        (0, *morning),
        (1, *evening),
        (2, *morning),
        (3, *evening),
        (4, *morning),
    ]
    assert {offer.location for offer in robin.assignments.all()} == {main, harbor}


def test_somebody_new_is_set_up_on_the_same_page(owner: Client, robin: Practitioner) -> None:
    spare = make_practitioner("Dana Whitfield")
    person = spare.person
    spare.delete()
    place = Location.objects.get()
    massage = make_service("Massage")
    form = {
        "person": person.pk,
        "active": "on",
        "color": "rose",
        f"services-{place.pk}": [massage.pk],
        "hours-TOTAL_FORMS": "2",
        "hours-INITIAL_FORMS": "0",
        "hours-0-days": ["0", "1"],
        "hours-0-begins": "09:00",
        "hours-0-ends": "17:00",
        "hours-0-location": place.pk,
        "hours-1-location": place.pk,
    }
    assert owner.post("/admin/practitioners/new/", form).status_code == 302
    dana = Practitioner.objects.get(person=person)
    assert (dana.color, [each.service for each in dana.assignments.all()]) == ("rose", [massage])
    assert [span.weekday for span in dana.weekly_hours.all()] == [0, 1]


def test_a_row_without_days_is_dropped(owner: Client, robin: Practitioner) -> None:
    assert owner.post(page_of(robin), sent(owner, robin, **{"hours-0-days": []})).status_code == 302
    assert not robin.weekly_hours.exists()


def test_no_visit_is_altered(owner: Client, service: Service, robin: Practitioner) -> None:
    book(service, at(6, 10))
    before = Appointment.objects.values().get()
    place = Location.objects.get().pk
    gone = {"hours-0-days": ["0"], f"services-{place}": []}
    assert owner.post(page_of(robin), sent(owner, robin, **gone)).status_code == 302
    assert Appointment.objects.values().get() == before


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"hours-0-ends": "09:00"}, "__all__", "The hours can’t begin and end at the same time."),
        ({"hours-0-begins": ""}, "begins", "Please fill this in."),
        ({"hours-0-location": ""}, "location", "Please fill this in."),
        ({"hours-0-begins": "25:00"}, "begins", "Enter a valid time."),
        ({"hours-0-days": ["7"]}, "days", "Select a valid choice."),
        (
            {"hours-0-first_day": "2027-02-01", "hours-0-last_day": "2027-01-01"},
            "__all__",
            "The last day can’t be before the first.",
        ),
        ({"hours-1-begins": "10:00"}, "days", "Please select at least one day."),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_their_field_and_kept(
    owner: Client, robin: Practitioner, changes: dict[str, Any], field: str, words: str
) -> None:
    before = week(robin)
    page = owner.post(page_of(robin), sent(owner, robin, **changes))
    assert page.status_code == 200
    row = page.context["hours"][1 if "hours-1-begins" in changes else 0]
    assert words in " ".join(row.errors[field])
    assert words in said(page)
    [(name, value), *_others] = changes.items()
    assert page.context["hours"][int(name.split("-")[1])][name.split("-")[2]].value() == value
    assert week(robin) == before


def test_the_pages_say_what_they_change(owner: Client, robin: Practitioner) -> None:
    service = Service.objects.get()
    for page in (page_of(robin), f"/admin/services/edit/{service.pk}/"):
        assert "Visits that are booked already" in said(owner.get(page))


def test_the_owner_s_screens_take_few_queries(
    owner: Client, service: Service, django_assert_max_num_queries: Any
) -> None:
    others = [make_service(f"Service {number}") for number in range(6)]
    people = [make_practitioner(f"Person {number}", service, *others) for number in range(6)]
    WeeklyHours.objects.filter(practitioner=people[0], weekday=2).update(ends=time(12))
    owner.get("/admin/services/")  # what stands on every page is known from then on
    for url in ("/admin/practitioners/", "/admin/services/", page_of(people[0])):
        with django_assert_max_num_queries(STAFF_READS):
            assert owner.get(url).status_code == 200
