"""The way through the form: one step after another, back and forth, and nothing lost."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from booking.models import Appointment, Service
from tests.booking.make import errors_by_field, filled_form, make_service, said, typed

FIRST = {"service", "preferred_date", "part_of_day"}
SECOND = {"name", "phone", "email", "new_patient", "note"}


def seen(response: object) -> set[str]:
    """The fields that the person sees."""
    form = response.context["form"]  # type: ignore[attr-defined]
    return {field.name for field in form.visible_fields()}


def test_it_works(client: Client, service: Service) -> None:
    """Walk through as a browser does: each page is sent on with what it holds."""
    form = filled_form(client)
    page = client.get("/book/")
    assert seen(page) == FIRST
    sent = {"stamp": typed(page)["stamp"]} | {name: form[name] for name in FIRST}
    page = client.post("/book/contact/", sent)
    assert seen(page) == SECOND
    assert not errors_by_field(page)
    sent = _held(page) | {name: form[name] for name in SECOND}
    page = client.post("/book/check/", sent)
    assert seen(page) == set()
    assert client.post("/book/send/", _held(page)).status_code == 303
    assert Appointment.objects.get().note == "Please ring after five."


def _held(page: object) -> dict[str, str]:
    """Read the fields of a page from its HTML, as a browser would send them."""
    soup = BeautifulSoup(page.content, "html.parser")  # type: ignore[attr-defined]
    inputs = soup.select("main form input:not([type=radio]), main form input[checked]")
    held = {field["name"]: field.get("value", "") for field in inputs}
    return held | {area["name"]: area.get_text() for area in soup.select("main form textarea")}


def test_services_show_their_length_and_price(client: Client, service: Service) -> None:
    make_service("Retired", active=False)
    words = said(client.get("/book/"))
    assert "Posture assessment" in words
    assert "60 minutes" in words
    assert "$140" in words
    assert "Retired" not in words


def test_the_second_step_repeats_what_was_chosen(client: Client, service: Service) -> None:
    words = said(client.post("/book/contact/", filled_form(client)))
    assert "Posture assessment , 60 minutes, $140. Tuesday, January 5, morning." in words


def test_the_check_shows_every_answer(client: Client, service: Service) -> None:
    words = said(client.post("/book/check/", filled_form(client)))
    for answer in (
        "Posture assessment",
        "60 minutes, $140",
        "Tuesday, January 5, 2027",
        "Morning",
        "Jo O’Brien",
        "(805) 555-0123",
        "jo@patient.example",
        "First visit Yes",
        "Please ring after five.",
    ):
        assert answer in words


@pytest.mark.parametrize("address", ["/book/", "/book/contact/", "/book/check/"])
def test_every_step_keeps_all_that_was_typed(
    client: Client, service: Service, address: str
) -> None:
    form = filled_form(client, note="One\nTwo <b> & \"three\" 'four'")
    page = client.post(address, form)
    assert typed(page) == form
    assert client.post("/book/send/", _held(page)).status_code == 303
    assert Appointment.objects.get().note == form["note"]


@pytest.mark.parametrize("address", ["/book/", "/book/contact/", "/book/check/"])
def test_every_step_has_the_phone_number_beside_the_form(
    client: Client, service: Service, address: str
) -> None:
    page = client.post(address, filled_form(client))
    ring = BeautifulSoup(page.content, "html.parser").select_one("main a[href^='tel:']")
    assert ring is not None
    assert ring.get_text() == "805-880-6533"


def test_the_stamp_is_made_once(client: Client, service: Service) -> None:
    form = filled_form(client)
    for address in ("/book/contact/", "/book/check/", "/book/"):
        assert typed(client.post(address, form))["stamp"] == form["stamp"]


def test_a_change_leads_straight_back_to_the_check(client: Client, service: Service) -> None:
    changing = client.post("/book/", filled_form(client))
    assert seen(changing) == FIRST
    assert changing.context["onward_url"] == "/book/check/"


def test_the_first_way_through_misses_no_step(client: Client, service: Service) -> None:
    assert client.get("/book/").context["onward_url"] == "/book/contact/"


@pytest.mark.parametrize("address", ["/book/contact/", "/book/check/", "/book/send/"])
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
    soup = BeautifulSoup(client.post("/book/contact/", filled_form(client)).content, "html.parser")
    first = soup.select_one("main form button")
    assert first is not None
    assert first.get_text() == "Continue"
    assert not first.has_attr("formaction")


def test_fields_tell_browsers_what_they_are_for(client: Client, service: Service) -> None:
    page = client.post("/book/contact/", filled_form(client))
    soup = BeautifulSoup(page.content, "html.parser")
    told = {
        name: (field.get("autocomplete"), field.get("inputmode"))
        for name in ("name", "phone", "email")
        if (field := soup.select_one(f"input[name={name}]"))
    }
    assert told == {
        "name": ("name", None),
        "phone": ("tel", "tel"),
        "email": ("email", "email"),
    }


def test_steps_ask_the_database_little(
    client: Client, service: Service, django_assert_max_num_queries: object
) -> None:
    form = filled_form(client)
    for number in range(30):
        make_service(f"Another {number}")
    for address in ("/book/", "/book/contact/", "/book/check/"):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            client.post(address, form)
