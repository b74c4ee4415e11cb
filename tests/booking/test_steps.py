"""The way through the form: one question after another, back and forth, and nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.models import Appointment, Practitioner, Service
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import (
    at,
    errors_by_field,
    filled_form,
    form_for,
    make_practitioner,
    make_service,
    said,
    set_rules,
    typed,
)
from tests.factories import make_location

WISHES = {"wants_call"} | {
    f"{n}_{what}" for n in ("first", "second", "third") for what in ("day", "part")
}
CONTACT = {"name", "phone", "email", "new_patient", "visitor_name", "access_needs", "note"}
STEPS = ["/book/", "/book/time/", "/book/wishes/", "/book/contact/", "/book/check/"]


@pytest.fixture
def dana(service: Service) -> Practitioner:
    return make_practitioner("Dana Whitfield", service)


def seen(page: Any) -> set[str]:
    """The fields that the person sees."""
    return {field.name for field in page.context["form"].visible_fields()}


def step_of(page: Any) -> str:
    return page.templates[0].name.removeprefix("booking/").removesuffix(".html")


def soup_of(page: Any) -> BeautifulSoup:
    return BeautifulSoup(page.content, "html.parser")


def held(page: Any) -> dict[str, str]:
    """Read the fields of a page from its HTML, as a browser would send them."""
    form = soup_of(page).select_one("#booking")
    inputs = form.select("input:not([type=radio], [type=checkbox]), input[checked]")
    fields = {field["name"]: field.get("value", "") for field in inputs}
    fields |= {area["name"]: area.get_text() for area in form.select("textarea")}
    chosen = {part["name"]: part.select_one("option[selected]") for part in form.select("select")}
    return fields | {name: option["value"] if option else "any" for name, option in chosen.items()}


def go_on(client: Client, page: Any, **answers: str) -> Any:
    """Press the button of a page that leads on, having answered its question."""
    return client.post(soup_of(page).select_one("#booking")["action"], held(page) | answers)


def test_the_questions_lead_one_after_another_to_the_appointment(
    client: Client, service: Service, robin: Practitioner, dana: object
) -> None:
    """Walk through as a browser does: each page is sent on with what it holds."""
    form = filled_form(client)
    page = client.get("/book/")
    assert (step_of(page), seen(page)) == ("start", {"service"})
    page = go_on(client, page, service=form["service"])
    assert (step_of(page), seen(page)) == ("person", {"practitioner"})
    page = go_on(client, page, practitioner=str(robin.pk))
    assert (step_of(page), seen(page)) == ("time", {"starts_at"})
    page = go_on(client, page, starts_at="2027-01-05T18:00Z")
    assert (step_of(page), seen(page)) == ("contact", CONTACT)
    assert not errors_by_field(page)
    page = go_on(client, page, **{name: form[name] for name in CONTACT if name in form})
    assert (step_of(page), seen(page)) == ("check", set())
    assert client.post("/book/send/", held(page)).status_code == 303
    appointment = Appointment.objects.get()
    assert (appointment.practitioner, appointment.starts_at) == (robin, at(5, 10))
    assert appointment.note == "Please call after five."


def test_who_finds_no_time_wishes_for_days(
    client: Client, service: Service, robin: Practitioner
) -> None:
    form = filled_form(client)
    page = go_on(client, client.get("/book/"), service=form["service"])
    page = client.post("/book/wishes/", held(page))
    assert (step_of(page), seen(page)) == ("wishes", WISHES)
    page = go_on(client, page, first_day="2027-01-06", second_day="2027-01-07", second_part="any")
    assert step_of(page) == "contact"
    page = go_on(client, page, **{name: form[name] for name in CONTACT if name in form})
    assert "Wednesday, January 6, any time or Thursday, January 7, any time" in said(page)
    client.post("/book/send/", held(page))
    assert [wish.day.day for wish in Appointment.objects.get().wishes] == [6, 7]


def test_who_would_rather_speak_is_called(
    client: Client, service: Service, robin: Practitioner
) -> None:
    form = filled_form(client, first_day="", wants_call="on")
    client.post("/book/send/", form)
    assert Appointment.objects.get().wants_call
    assert Appointment.objects.get().call_tasks.count() == 1


def test_a_time_chosen_after_all_wins_over_wishes(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = client.post("/book/time/", filled_form(client, first_day="2027-01-09"))
    assert step_of(page) == "time"
    page = client.post("/book/check/", held(page) | {"starts_at": "2027-01-05T18:00Z"})
    assert step_of(page) == "check"
    client.post("/book/send/", held(page))
    assert Appointment.objects.get().starts_at == at(5, 10)
    assert not Appointment.objects.get().wishes


def test_wishes_chosen_after_all_give_the_time_up(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = client.post("/book/wishes/", form_for(client, at(5, 10)))
    page = go_on(client, page, first_day="2027-01-06")
    client.post("/book/send/", held(page))
    assert Appointment.objects.get().starts_at is None


def test_what_need_not_be_asked_is_not(
    client: Client, service: Service, robin: Practitioner
) -> None:
    """One place, one person: the time comes next, and the summary says with whom."""
    form = filled_form(client)
    assert step_of(client.post("/book/place/", {"service": form["service"]})) == "time"
    check = said(client.post("/book/check/", form_for(client, at(5, 10))))
    assert "With Robin Alvarez" in check
    assert "Where 1129 State Street" in check


def test_a_service_without_a_calendar_is_asked_for_by_wishes(
    client: Client, service: Service
) -> None:
    page = client.post("/book/place/", {"service": str(service.pk)})
    assert step_of(page) == "wishes"
    assert "Back to the free times" not in said(page)


def test_of_several_places_one_is_chosen(
    client: Client, service: Service, robin: Practitioner
) -> None:
    second = make_location(name="Harbour", street="3 Harbour Way", time_zone="America/New_York")
    sam = make_practitioner("Sam Lee", service, location=second)
    page = client.post("/book/place/", {"service": str(service.pk)})
    assert (step_of(page), seen(page)) == ("place", {"location"})
    assert "3 Harbour Way" in said(page)
    page = go_on(client, page, location=str(second.pk))
    assert step_of(page) == "time"
    assert "(EST)" in said(page)
    client.post("/book/send/", form_for(client, at(5, 10), location=str(second.pk)))
    appointment = Appointment.objects.get()
    assert (appointment.location, appointment.practitioner) == (second, sam)


def test_services_say_what_they_are(client: Client, service: Service) -> None:
    make_service("Retired", active=False)
    Service.objects.filter(pk=service.pk).update(audience="anybody who is new here")
    words = said(client.get("/book/"))
    for part in (
        "Posture assessment",
        "A first look at how you stand and move.",
        "For whom: anybody who is new here",
        "60 minutes, $140",
    ):
        assert part in words
    assert "Retired" not in words


def test_what_is_booked_by_phone_shows_the_number_in_place_of_times(
    client: Client, service: Service
) -> None:
    by_phone = make_service("Class", mode=Service.Mode.BY_PHONE)
    page = client.get("/book/")
    assert "Class A first look" in said(page)
    assert f'value="{by_phone.pk}"' not in page.content.decode()
    assert soup_of(page).select_one(".phone-option a[href^='tel:']") is not None


def test_what_was_chosen_is_in_sight_with_a_way_to_change_it(
    client: Client, service: Service, robin: Practitioner, dana: Practitioner
) -> None:
    page = client.post(
        "/book/contact/",
        {"service": service.pk, "practitioner": "anyone", "starts_at": "2027-01-05T18:00Z"},
    )
    chosen = soup_of(page).select_one(".booking-summary")
    words = " ".join(chosen.get_text(" ").split())
    for part in ("Posture assessment", "Anyone who is free", "Tue, Jan 5, 10:00 AM"):
        assert part in words
    ways = [button["formaction"] for button in chosen.select("button")]
    assert ways == ["/book/", "/book/with/", "/book/time/"]


def test_the_check_shows_every_answer(client: Client, service: Service) -> None:
    form = filled_form(client, visitor_name="Ada Byron", access_needs="A wheelchair")
    page = client.post("/book/check/", form)
    words = said(page)
    for answer in (
        "Service Posture assessment, 60 minutes, $140",
        "Tuesday, January 5, morning",
        "Jo O’Brien",
        "Who comes Ada Byron",
        "(805) 555-0123",
        "jo@patient.example",
        "First visit Yes",
        "A wheelchair",
        "Please call after five.",
    ):
        assert answer in words
    ways = {button.get("formaction") for button in soup_of(page).select(".summary-action button")}
    assert ways == {"/book/", "/book/wishes/", "/book/contact/"}


@pytest.mark.parametrize("address", ["/book/", "/book/wishes/", "/book/contact/", "/book/check/"])
def test_every_step_keeps_all_that_was_typed(
    client: Client, service: Service, address: str
) -> None:
    form = filled_form(client, note="One\nTwo <b> & \"three\" 'four'")
    page = client.post(address, form)
    kept = {name: value for name, value in typed(page).items() if value}
    assert {name: value for name, value in kept.items() if value != "any"} == form
    client.post("/book/send/", held(page))
    assert Appointment.objects.get().note == form["note"]


@pytest.mark.parametrize("address", STEPS)
def test_every_step_has_the_phone_number_beside_the_form(
    client: Client, service: Service, robin: Practitioner, address: str
) -> None:
    page = client.post(address, form_for(client, at(5, 10)))
    assert page.status_code == 200
    ring = soup_of(page).select_one("main .call-us a[href^='tel:']")
    assert ring is not None
    assert ring.get_text() == "805-880-6533"


@pytest.mark.parametrize("address", STEPS)
def test_no_step_has_anything_typed_in_its_address(
    client: Client, service: Service, robin: Practitioner, address: str
) -> None:
    soup = soup_of(client.post(address, form_for(client, at(5, 10))))
    ways = [soup.select_one("#booking")["action"]]
    ways += [button["formaction"] for button in soup.select("button[formaction]")]
    assert all("?" not in way for way in ways)
    assert soup.select_one("#booking")["method"] == "post"


def test_the_form_token_is_made_once(client: Client, service: Service) -> None:
    form = filled_form(client)
    for address in ("/book/contact/", "/book/check/", "/book/"):
        assert typed(client.post(address, form))["form_token"] == form["form_token"]


@pytest.mark.parametrize("address", ["/book/", "/book/wishes/", "/book/contact/"])
def test_a_change_leads_straight_back_to_the_check(
    client: Client, service: Service, address: str
) -> None:
    changing = client.post(address, filled_form(client))
    assert changing.context["onward_url"] == "/book/check/"


def test_a_change_asks_only_what_it_makes_open(
    client: Client, service: Service, robin: Practitioner, dana: Practitioner
) -> None:
    """Of another service's people none is chosen yet; that is a question, not a mistake."""
    other = make_service("Massage")
    for person in (robin, dana):
        person.assignments.create(service=other, location=Location.objects.get())
    form = form_for(client, at(5, 10), service=str(other.pk), at="start", practitioner="")
    page = client.post("/book/check/", form)
    assert step_of(page) == "person"
    assert not errors_by_field(page)


def test_a_question_not_yet_asked_is_no_mistake(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = client.post("/book/check/", {"service": service.pk, "at": "start"})
    assert (step_of(page), errors_by_field(page)) == ("time", {})
    page = client.post("/book/check/", held(page) | {"starts_at": "2027-01-05T18:00Z"})
    assert (step_of(page), errors_by_field(page)) == ("contact", {})


@pytest.mark.parametrize("address", [*STEPS[1:], "/book/with/", "/book/place/", "/book/send/"])
def test_a_step_opened_by_its_address_leads_to_the_start(
    client: Client, service: Service, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == "/book/"


def test_other_methods_are_refused(client: Client, service: Service) -> None:
    for address in ("/book/", "/book/contact/", "/book/send/"):
        assert client.put(address).status_code in {403, 405}
        assert client.delete(address).status_code in {403, 405}
        assert client.head(address).status_code in {200, 302}


def test_the_send_button_stands_on_the_check_alone(client: Client, service: Service) -> None:
    form = filled_form(client)
    assert b"/book/send/" not in client.post("/book/contact/", form).content
    check = client.post("/book/check/", form)
    assert b'formaction="/book/send/"' in check.content
    assert "Required fields" not in said(check)


def test_the_first_button_of_a_form_goes_on(client: Client, service: Service) -> None:
    """Enter in a field presses the first button; it must not lead back."""
    for address in ("/book/contact/", "/book/wishes/"):
        soup = soup_of(client.post(address, filled_form(client)))
        first = soup.select_one("#booking button, button[form=booking]")
        assert first is not None
        assert first.get_text() == "Continue"
        assert not first.has_attr("formaction")


def test_fields_tell_browsers_what_they_are_for(client: Client, service: Service) -> None:
    soup = soup_of(client.post("/book/contact/", filled_form(client)))
    told = {
        name: (field.get("autocomplete"), field.get("inputmode"))
        for name in ("name", "phone", "email", "visitor_name")
        if (field := soup.select_one(f"input[name={name}]"))
    }
    assert told == {
        "name": ("name", None),
        "phone": ("tel", "tel"),
        "email": ("email", "email"),
        "visitor_name": ("off", None),
    }


def queries_of(client: Client, address: str, form: dict[str, Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.post(address, form)
    return len(queries)


@pytest.mark.slow
def test_steps_ask_the_database_little(
    client: Client, service: Service, robin: Practitioner, dana: Practitioner
) -> None:
    set_rules()
    form = form_for(client, at(5, 10), practitioner="anyone")
    few = {address: queries_of(client, address, form) for address in STEPS}
    for number in range(20):
        other = make_service(f"Another {number}")
        make_practitioner(f"Person {number}", service, other)
    for hour in range(24):
        Appointment.objects.all().count()
        client.post("/book/send/", form_for(client, at(6, 9) + timedelta(minutes=15 * hour)))
    assert {address: queries_of(client, address, form) for address in STEPS} == few
    assert few["/book/"] <= 12
    assert max(few.values()) <= 18
