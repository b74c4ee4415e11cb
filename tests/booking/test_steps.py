"""The way through the form: one question after another, back and forth, and nothing lost."""

import re
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
    begin,
    errors_by_field,
    filled_form,
    form_for,
    make_practitioner,
    make_service,
    press_send,
    said,
    see,
    send,
    set_rules,
    typed,
    was_sent,
)
from tests.factories import make_location

WISHES = {"wants_call"} | {
    f"{n}_{what}" for n in ("first", "second", "third") for what in ("day", "part")
}
CONTACT = {"name", "phone", "email", "new_patient", "visitor_name", "access_needs", "note"}
STEPS = ["service", "time", "wishes", "contact", "check"]


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


def said_in(page: Any, part: str) -> str:
    return str(soup_of(page).select_one(part).get_text()).strip()


def request_at(page: Any) -> str:
    """The address of the request in progress that a page belongs to."""
    address: str = page.wsgi_request.path
    return address.rsplit("/", 2)[0] + "/"


def go_on(client: Client, page: Any, **answers: str) -> Any:
    """Press the button of a page that leads on, having answered its question."""
    return client.post(page.wsgi_request.path, answers, follow=True)


def test_the_questions_lead_one_after_another_to_the_appointment(
    client: Client, service: Service, robin: Practitioner, dana: object
) -> None:
    """Walk through as a browser does: each page is sent on with what it holds."""
    form = filled_form()
    page = client.get("/book/")
    assert (step_of(page), seen(page)) == ("start", {"service"})
    page = go_on(client, page, service=form["service"])
    assert (step_of(page), seen(page)) == ("practitioner", {"practitioner"})
    page = go_on(client, page, practitioner=str(robin.pk))
    assert (step_of(page), seen(page)) == ("time", {"starts_at"})
    page = go_on(client, page, starts_at="2027-01-05T18:00Z")
    assert (step_of(page), seen(page)) == ("contact", CONTACT)
    assert not errors_by_field(page)
    page = go_on(client, page, **{name: form[name] for name in CONTACT if name in form})
    assert (step_of(page), seen(page)) == ("check", set())
    assert was_sent(press_send(client, request_at(page)))
    appointment = Appointment.objects.get()
    assert (appointment.practitioner, appointment.starts_at) == (robin, at(5, 10))
    assert appointment.note == "Please call after five."


def test_who_finds_no_time_wishes_for_days(
    client: Client, service: Service, robin: Practitioner
) -> None:
    form = filled_form()
    page = go_on(client, client.get("/book/"), service=form["service"])
    page = client.get(soup_of(page).select_one(".other-times a")["href"])
    assert (step_of(page), seen(page)) == ("wishes", WISHES)
    page = go_on(client, page, first_day="2027-01-06", second_day="2027-01-07", second_part="any")
    assert step_of(page) == "contact"
    page = go_on(client, page, **{name: form[name] for name in CONTACT if name in form})
    assert "Wednesday, January 6, any time or Thursday, January 7, any time" in said(page)
    press_send(client, request_at(page))
    assert [wish.day.day for wish in Appointment.objects.get().wishes] == [6, 7]


def test_who_would_rather_speak_is_called(
    client: Client, service: Service, robin: Practitioner
) -> None:
    form = filled_form(first_day="", wants_call="on")
    send(client, form)
    assert Appointment.objects.get().wants_call
    assert Appointment.objects.get().call_tasks.count() == 1


def test_a_time_chosen_after_all_wins_over_wishes(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = see(client, filled_form(first_day="2027-01-09"), "time")
    assert step_of(page) == "time"
    page = go_on(client, page, starts_at="2027-01-05T18:00Z")
    assert step_of(page) == "check"
    press_send(client, request_at(page))
    assert Appointment.objects.get().starts_at == at(5, 10)
    assert not Appointment.objects.get().wishes


def test_wishes_chosen_after_all_give_the_time_up(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = see(client, form_for(at(5, 10)), "wishes")
    page = go_on(client, page, first_day="2027-01-06")
    press_send(client, request_at(page))
    assert Appointment.objects.get().starts_at is None


def test_what_need_not_be_asked_is_not(
    client: Client, service: Service, robin: Practitioner
) -> None:
    """One location, one practitioner: the time comes next, and the summary says with whom."""
    page = client.post("/book/", {"service": service.pk}, follow=True)
    assert step_of(page) == "time"
    check = said(see(client, form_for(at(5, 10))))
    assert "With Robin Alvarez" in check
    assert "Where 1129 State Street" in check


def test_a_service_without_a_calendar_is_asked_for_by_wishes(
    client: Client, service: Service
) -> None:
    page = client.post("/book/", {"service": service.pk}, follow=True)
    assert step_of(page) == "wishes"
    assert page.context["back"] == "start"


def test_of_several_places_one_is_chosen(
    client: Client, service: Service, robin: Practitioner
) -> None:
    second = make_location(name="Harbour", street="3 Harbour Way", time_zone="America/New_York")
    sam = make_practitioner("Sam Lee", service, location=second)
    page = client.post("/book/", {"service": service.pk}, follow=True)
    assert (step_of(page), seen(page)) == ("location", {"location"})
    assert "3 Harbour Way" in said(page)
    page = go_on(client, page, location=str(second.pk))
    assert step_of(page) == "time"
    assert "(EST)" in said(page)
    send(client, form_for(at(5, 10), location=str(second.pk)))
    appointment = Appointment.objects.get()
    assert (appointment.location, appointment.practitioner) == (second, sam)


def test_services_say_what_they_are(client: Client, service: Service) -> None:
    make_service("Retired", active=False)
    Service.objects.filter(pk=service.pk).update(audience="anyone who’s new here")
    words = said(client.get("/book/"))
    for part in (
        "Posture assessment",
        "A first look at how you stand and move.",
        "Who it’s for: anyone who’s new here",
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
    answers = {"service": service.pk, "practitioner": "anyone", "starts_at": "2027-01-05T18:00Z"}
    page = see(client, answers, "contact")
    chosen = soup_of(page).select_one(".booking-summary")
    words = " ".join(chosen.get_text(" ").split())
    for part in ("Posture assessment", "Anyone who is free", "Tue, Jan 5, 10:00 AM"):
        assert part in words
    ways = [button["value"] for button in chosen.select("button[form=booking][name=to]")]
    assert ways == ["start", "practitioner", "time"]


def test_the_check_shows_every_answer(client: Client, service: Service) -> None:
    form = filled_form(visitor_name="Ada Byron", access_needs="A wheelchair")
    page = see(client, form)
    words = said(page)
    for answer in (
        "Service Posture assessment, 60 minutes, $140",
        "Tuesday, January 5, morning",
        "Jo O’Brien",
        "Patient Ada Byron",
        "(805) 555-0123",
        "jo@patient.example",
        "First visit Yes",
        "A wheelchair",
        "Please call after five.",
    ):
        assert answer in words
    ways = {link["href"] for link in soup_of(page).select(".summary-action a")}
    request = request_at(page)
    assert ways == {f"{request}{step}/#question" for step in ("service", "wishes", "contact")}


def test_every_step_shows_what_was_typed(client: Client, service: Service) -> None:
    form = filled_form(note="One\nTwo <b> & \"three\" 'four'")
    request = begin(client, form)
    shown = {}
    for step in ("service", "wishes", "contact"):
        shown |= typed(client.get(f"{request}{step}/"))
    assert {name: shown[name] for name in form} == form
    press_send(client, request)
    assert Appointment.objects.get().note == form["note"]


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_the_phone_number_beside_the_form(
    client: Client, service: Service, robin: Practitioner, step: str
) -> None:
    page = see(client, form_for(at(5, 10)), step)
    assert page.status_code == 200
    ring = soup_of(page).select_one("main .call-us a[href^='tel:']")
    assert ring is not None
    assert ring.get_text() == "805-880-6533"


@pytest.mark.parametrize("step", STEPS)
def test_no_step_has_anything_typed_in_its_address(
    client: Client, service: Service, robin: Practitioner, step: str
) -> None:
    page = see(client, form_for(at(5, 10)), step)
    assert re.fullmatch(rf"/book/request/[\w-]{{43}}/{step}/", page.wsgi_request.path)
    form = soup_of(page).select_one("#booking")
    assert form["method"] == "post"
    for address in ("/book/", request_at(page) + "time/"):
        assert "?" not in client.post(address, form_for(at(5, 10)))["Location"]


def test_each_step_says_which_of_how_many_it_is_and_leads_back(
    client: Client, service: Service, robin: Practitioner, dana: Practitioner
) -> None:
    request = begin(client, form_for(at(5, 10), practitioner="anyone"))
    told = []
    for step in ("service", "with", "time", "contact", "check"):
        page = client.get(f"{request}{step}/")
        back = soup_of(page).select_one("button[name=to]:not(aside *)")
        told.append((said_in(page, ".step-count"), back and back["value"]))
    assert told == [
        ("Step 1 of 4", None),
        ("Step 1 of 4", "start"),
        ("Step 2 of 4", "practitioner"),
        ("Step 3 of 4", "time"),
        ("Step 4 of 4", "contact"),
    ]


def test_going_back_or_aside_keeps_what_is_typed_and_calls_nothing_a_mistake(
    client: Client, service: Service, robin: Practitioner
) -> None:
    answers = {"service": str(service.pk), "starts_at": "2027-01-05T18:00Z"}
    request = begin(client, answers)
    for aside in ("time", "start"):
        page = client.post(f"{request}contact/", {"note": "Half", "to": aside}, follow=True)
        assert step_of(page) == aside
        assert not errors_by_field(page)
    page = client.get(f"{request}contact/")
    assert typed(page)["note"] == "Half"
    assert not errors_by_field(page)
    client.post(f"{request}time/", {"to": "start"})
    assert "chosen" in client.get(f"{request}time/").content.decode(), "the time is kept"


def test_each_step_leads_to_its_question(client: Client, service: Service) -> None:
    """Past the skip link, the menu and all that every page begins with."""
    answer = client.post("/book/", {"service": service.pk})
    assert answer["Location"].endswith("#question")
    heading = soup_of(client.get(answer["Location"])).select_one("#question[tabindex='-1']")
    assert heading.name == "h1"


@pytest.mark.parametrize("step", ["service", "wishes", "contact"])
def test_a_change_leads_straight_back_to_the_check(
    client: Client, service: Service, step: str
) -> None:
    form = filled_form()
    changing = see(client, form, step)
    page = go_on(client, changing, **typed(changing))
    assert step_of(page) == "check"


def test_a_change_asks_only_what_it_makes_open(
    client: Client, service: Service, robin: Practitioner, dana: Practitioner
) -> None:
    """Of another service's people none is chosen yet; that is a question, not a mistake."""
    other = make_service("Massage")
    for person in (robin, dana):
        person.assignments.create(service=other, location=Location.objects.get())
    request = begin(client, form_for(at(5, 10), practitioner=""))
    page = client.post(f"{request}service/", {"service": other.pk}, follow=True)
    assert step_of(page) == "practitioner"
    assert not errors_by_field(page)


def test_a_question_not_yet_asked_is_no_mistake(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = client.post("/book/", {"service": service.pk}, follow=True)
    assert (step_of(page), errors_by_field(page)) == ("time", {})
    page = go_on(client, page, starts_at="2027-01-05T18:00Z")
    assert (step_of(page), errors_by_field(page)) == ("contact", {})


def test_other_methods_are_refused(client: Client, service: Service) -> None:
    request = begin(client, filled_form())
    for address in ("/book/", f"{request}contact/", f"{request}send/"):
        assert client.put(address).status_code in {403, 405}
        assert client.delete(address).status_code in {403, 405}
        assert client.head(address).status_code in {200, 303}


def test_the_send_button_stands_on_the_check_alone(client: Client, service: Service) -> None:
    request = begin(client, filled_form())
    assert b"/send/" not in client.get(f"{request}contact/").content
    check = client.get(f"{request}check/")
    assert f'formaction="{request}send/"' in check.content.decode()
    assert "Required fields" not in said(check)


def test_the_first_button_of_a_form_goes_on(client: Client, service: Service) -> None:
    """Enter in a field presses the first button; it must not lead back. None is hidden."""
    request = begin(client, filled_form())
    for step in ("contact", "wishes"):
        soup = soup_of(client.get(f"{request}{step}/"))
        first = soup.select_one("#booking button, button[form=booking]")
        assert first is not None
        assert first.get_text() == "Continue"
        assert not first.has_attr("name")
        assert not soup.select("main button[aria-hidden], main button.visually-hidden")


def test_fields_tell_browsers_what_they_are_for(client: Client, service: Service) -> None:
    soup = soup_of(see(client, filled_form(), "contact"))
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


def queries_of(client: Client, request: str, step: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{request}{step}/")
    return len(queries)


@pytest.mark.slow
def test_steps_ask_the_database_little(
    client: Client, service: Service, robin: Practitioner, dana: Practitioner
) -> None:
    set_rules()
    request = begin(client, form_for(at(5, 10), practitioner="anyone"))
    client.get("/book/")  # what every page needs is in memory from now on
    few = {step: queries_of(client, request, step) for step in STEPS}
    for number in range(20):
        other = make_service(f"Another {number}")
        make_practitioner(f"Person {number}", service, other)
    for hour in range(24):
        form = form_for(at(6, 9) + timedelta(minutes=15 * hour), email=f"v{hour}@x.example")
        send(client, form | {"practitioner": "anyone", "phone": ""})
    assert Appointment.objects.count() == 24
    assert {step: queries_of(client, request, step) for step in STEPS} == few
    assert max(few.values()) <= 18
    with CaptureQueriesContext(connection) as queries:
        client.post(f"{request}contact/", form_for(at(5, 10)))
    assert len(queries) <= 14
