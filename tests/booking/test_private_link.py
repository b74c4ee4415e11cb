"""Behind their private link patients see, move and cancel a visit, or choose a proposed time."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.answers import propose_times
from booking.actions.visits import cancel_appointment
from booking.manage_links import issue_link, revoke_links
from booking.models import Appointment, AppointmentEvent, Claim, ManageLink, Practitioner, Service
from booking.models.rules import LateChanges
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_practitioner, make_service, said, set_rules

TEN = at(6, 10)


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    """An agreed visit on Wednesday at ten; it is Monday, nine o'clock."""
    Service.objects.update(mode=Service.Mode.AT_ONCE)
    service.refresh_from_db()
    return book(service, TEN, email="jo@patient.example")


@pytest.fixture
def link(visit: Appointment) -> str:
    return link_to(visit)


def link_to(visit: Appointment) -> str:
    return f"/book/mine/{issue_link(visit)}/"


def hidden(page: Any) -> dict[str, str]:
    """What the last form of a page would send."""
    form = BeautifulSoup(page.content, "html.parser").select("main form")[-1]
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def act(client: Client, address: str) -> Any:
    """Open a page that asks, and press its button."""
    page = client.get(address)
    answer = client.post(address.split("?")[0], hidden(page))
    assert (answer.status_code, answer.has_header("Cache-Control")) == (303, False)
    return client.get(answer["Location"])


def test_the_private_link_shows_the_visit_and_neither_name_nor_number(
    client: Client, visit: Appointment, link: str
) -> None:
    words = said(client.get(link))
    for part in (
        "Your appointment is confirmed",
        "Wednesday, January 6, 2027, 10:00 AM PST",
        "Posture assessment, 60 minutes, $140",
        "Robin Alvarez",
        visit.reference,
    ):
        assert part in words
    assert "O’Brien" not in words
    assert "555-0123" not in words


def test_a_visit_is_moved_to_a_time_that_is_free(
    client: Client, visit: Appointment, link: str
) -> None:
    page = client.get(f"{link}move/")
    soup = BeautifulSoup(page.content, "html.parser")
    chips = [chip["value"] for chip in soup.select("button.chip")]
    assert "2027-01-06T18:15Z" in chips  # it overlaps only with itself
    page = client.get(f"{link}move/?starts_at=2027-01-07T18:00Z")
    assert "Thursday, January 7, 2027, 10:00 AM PST" in said(page)
    page = client.post(f"{link}move/", hidden(page), follow=True)
    assert "Thursday, January 7, 2027, 10:00 AM PST" in said(page)
    visit.refresh_from_db()
    assert visit.starts_at == at(7, 10)
    assert {claim.starts_at.day for claim in Claim.objects.all()} == {7}
    assert visit.events.last().actor == "patient"


def test_a_visit_is_canceled(client: Client, visit: Appointment, link: str) -> None:
    page = client.post(f"{link}cancel/", hidden(client.get(f"{link}cancel/")), follow=True)
    assert "Your appointment is canceled" in said(page)
    visit.refresh_from_db()
    assert (visit.state, Claim.objects.count()) == ("canceled", 0)


def test_a_request_is_withdrawn(client: Client, service: Service, robin: Practitioner) -> None:
    request = book(service, TEN)
    link = link_to(request)
    assert "We’re holding this time for you until we reply" in said(client.get(link))
    assert "Cancel this request?" in said(client.get(f"{link}cancel/"))
    act(client, f"{link}cancel/")
    request.refresh_from_db()
    assert request.state == "canceled"


def test_of_proposed_times_one_is_chosen(
    client: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    request = book(service, TEN)
    propose_times(request, [(at(7, 9), robin), (at(8, 14), robin)], by=staff)
    link = link_to(request)
    page = client.get(link)
    assert "Fri, Jan 8, 2:00 PM with Robin Alvarez" in said(page)
    second = BeautifulSoup(page.content, "html.parser").select(".chip")[1]["value"]
    page = client.post(f"{link}accept/", {"time": second}, follow=True)
    assert "Your appointment is confirmed" in said(page)
    request.refresh_from_db()
    assert request.starts_at == at(8, 14)
    link = link_to(request)
    again = client.post(f"{link}accept/", {"time": second}, follow=True)
    assert "Your appointment is confirmed" in said(again)
    other = client.post(f"{link}accept/", {"time": "2027-01-07T17:00Z"}, follow=True)
    assert "This appointment has changed" in said(other)
    assert Appointment.objects.get().starts_at == at(8, 14)


def test_a_time_proposed_to_somebody_else_is_nobodys_to_take(
    client: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    mine, other = book(service, TEN), book(service, at(6, 14))
    propose_times(mine, [(at(7, 9), robin)], by=staff)
    propose_times(other, [(at(8, 9), robin)], by=staff)
    link = link_to(mine)
    for time in (other.proposed_times.get().pk, "", "x", "9" * 30, "\x00"):
        page = client.post(f"{link}accept/", {"time": str(time)}, follow=True)
        assert "no longer holding this time for you" in said(page)
    assert set(Appointment.objects.values_list("state", flat=True)) == {"proposed"}


def test_looking_changes_nothing(client: Client, visit: Appointment, link: str) -> None:
    """A mail scanner opens every link, and what those lead to."""
    before = list(Appointment.objects.values()), AppointmentEvent.objects.count()
    emails = OutgoingEmail.objects.count()
    pages = ["", "move/", "move/?starts_at=2027-01-07T18:00Z", "cancel/", "calendar/", "offer/"]
    for page in pages:
        for look in (client.get, client.head):
            assert look(link + page, headers={"Sec-Purpose": "prefetch"}).status_code == 200
    for page in ("accept/", "waiting-list/", "again/", "emails/"):
        assert client.get(link + page)["Location"] == link
    assert before == (list(Appointment.objects.values()), AppointmentEvent.objects.count())
    assert OutgoingEmail.objects.count() == emails


@pytest.mark.slow
def test_links_that_open_nothing_look_alike(
    client: Client, visit: Appointment, link: str, clock: time_machine.Traveller
) -> None:
    other = link_to(book(visit.service, at(7, 9)))
    unknown = client.get("/book/mine/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")
    assert unknown.status_code == 404
    assert "805-880-6533" in said(unknown)
    assert "doesn’t work" in said(unknown)
    guesses = [f"{link[:-2]}/", f"{link[:-2]}+/", *(f"/book/mine/{x}/" for x in ("%00", "é", "x"))]
    revoke_links(visit)
    clock.move_to(at(7, 10) + timedelta(days=31))
    for address in (link, other, *guesses):
        for page in (address, f"{address}move/", f"{address}cancel/", f"{address}calendar/"):
            answer = client.get(page)
            assert (answer.status_code, said(answer)) == (404, said(unknown)), page
        answer = client.post(f"{address}cancel/", {"version": "1"}, follow=True)
        assert answer.status_code == 404
    assert set(Appointment.objects.values_list("state", flat=True)) == {"confirmed"}


def test_a_link_is_kept_as_a_hash(client: Client, visit: Appointment, link: str) -> None:
    token = link.split("/")[3]
    assert token not in str(list(ManageLink.objects.values()))
    assert token not in str(list(Appointment.objects.values()))


@pytest.mark.parametrize("page", ["", "move/", "cancel/", "calendar/", "x/"])
def test_private_pages_are_kept_and_found_by_nobody(
    client: Client, visit: Appointment, link: str, page: str
) -> None:
    answer = client.get(link + page)
    if page == "x/":
        answer = client.get("/book/mine/x/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://foreign.example", 403), ("null", 403), ("http://testserver", 303)],
)
def test_only_our_own_page_may_post(
    careful_client: Client, visit: Appointment, link: str, origin: str, status: int
) -> None:
    version = {"version": str(visit.version)}
    answer = careful_client.post(f"{link}cancel/", version, headers={"Origin": origin})
    assert answer.status_code == status


def test_posted_twice_is_once(client: Client, visit: Appointment, link: str) -> None:
    form = hidden(client.get(f"{link}move/?starts_at=2027-01-07T18:00Z"))
    assert client.post(f"{link}move/", form).status_code == 303
    again = client.post(f"{link}move/", form)
    assert again.status_code == 303, "the link has been replaced, and the form has done its work"
    assert again["Location"].startswith("/book/done/")
    assert client.get(link).status_code == 404
    link = link_to(visit)  # as if the email had brought no new one
    assert client.post(f"{link}move/", form).status_code == 303
    form = hidden(client.get(f"{link}cancel/"))
    assert client.post(f"{link}cancel/", form).status_code == 303
    link = link_to(visit)
    assert client.post(f"{link}cancel/", form).status_code == 303
    assert [event.event_type for event in visit.events.all()] == ["booked", "moved", "canceled"]


def test_what_has_changed_meanwhile_is_shown_and_not_overrun(
    client: Client, visit: Appointment, link: str, staff: User
) -> None:
    asked = hidden(client.get(f"{link}cancel/"))
    Appointment.objects.filter(pk=visit.pk).update(version=7)
    page = client.post(f"{link}cancel/", asked, follow=True)
    assert "This appointment has changed" in said(page)
    visit.refresh_from_db()
    assert visit.state == "confirmed"


def test_if_the_new_time_has_just_gone_the_nearest_are_named(
    client: Client, visit: Appointment, link: str
) -> None:
    form = hidden(client.get(f"{link}move/?starts_at=2027-01-07T18:00Z"))
    book(visit.service, at(7, 10))
    page = client.post(f"{link}move/", form, follow=True)
    assert "no longer open" in said(page)
    assert page.content.decode().count("<title>Error: ") == 1
    assert "2027-01-07T19:00Z" in page.content.decode()
    visit.refresh_from_db()
    assert visit.starts_at == TEN


@pytest.mark.parametrize(
    "starts_at",
    ["2027-01-01T18:00Z", "2027-01-07T18:07Z", "2027-01-09T18:00Z", "2028-01-07T18:00Z"],
)
def test_it_is_moved_to_no_time_that_is_not_offered(
    client: Client, visit: Appointment, link: str, starts_at: str
) -> None:
    wanted = {"starts_at": starts_at, "version": str(visit.version)}
    page = client.post(f"{link}move/", wanted, follow=True)
    assert "no longer open" in said(page)
    visit.refresh_from_db()
    assert visit.starts_at == TEN


def test_so_short_before_the_visit_they_are_asked_to_call(
    client: Client, visit: Appointment, link: str, clock: time_machine.Traveller
) -> None:
    set_rules(late_changes=LateChanges.CALL)
    clock.move_to(TEN - timedelta(hours=24))
    assert "Cancel it" in said(client.get(link))
    form = hidden(client.get(f"{link}cancel/"))
    clock.shift(timedelta(seconds=1))
    pressed = client.post(f"{link}cancel/", form, follow=True)
    for page in (client.get(link), client.get(f"{link}move/"), pressed):
        assert "so please call us to change it." in said(page)
        assert "Cancel it" not in said(page)
    visit.refresh_from_db()
    assert visit.state == "confirmed"


def test_a_visit_goes_into_the_patients_calendar(
    client: Client, visit: Appointment, link: str, staff: User
) -> None:
    answer = client.get(f"{link}calendar/")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (
        answer["Content-Disposition"] == f'attachment; filename="appointment-{visit.reference}.ics"'
    )
    assert b"DTSTART:20270106T180000Z" in answer.content
    for secret in ("Posture", "O’Brien", "O'Brien", "5550123", "patient.example"):
        assert secret.encode() not in answer.content
    cancel_appointment(visit, by=staff)
    assert client.get(f"{link_to(visit)}calendar/").status_code == 404


def test_who_would_come_earlier_waits_and_stops_waiting(
    client: Client, visit: Appointment, link: str
) -> None:
    client.post(f"{link}waiting-list/", {"part_of_day": "morning"})
    entry = visit.waiting_list_entry
    assert (entry.part_of_day, entry.left_at) == ("morning", None)
    assert "You’re on the waiting list." in said(client.get(link))
    client.post(f"{link}waiting-list/", {"part_of_day": "midnight\x00"})
    client.post(f"{link}waiting-list/", {"leave": "1"})
    entry.refresh_from_db()
    assert (entry.part_of_day, entry.left_at is None) == ("any", False)


def test_after_it_is_over_nothing_can_be_changed(
    client: Client, visit: Appointment, link: str, staff: User
) -> None:
    cancel_appointment(visit, by=staff)
    link = link_to(visit)
    words = said(client.get(link))
    assert "Your appointment is canceled" in words
    assert "Move it" not in words
    wanted = {"starts_at": "2027-01-07T18:00Z", "version": "2"}
    page = client.post(f"{link}move/", wanted, follow=True)
    assert "Your appointment is canceled" in said(page)
    visit.refresh_from_db()
    assert visit.state == "canceled"


def test_the_next_visit_begins_with_the_same_service_and_person(
    client: Client, visit: Appointment, link: str, clock: time_machine.Traveller
) -> None:
    """Nothing in the address says what somebody comes for, or to whom."""
    make_practitioner("Dana Whitfield", visit.service)
    clock.move_to(at(7, 9))
    assert "Book your next visit" in said(client.get(link))
    answer = client.post(f"{link}again/")
    assert re.fullmatch(r"/book/request/[\w-]{43}/time/#question", answer["Location"])
    page = said(client.get(answer["Location"]))
    assert "When would you like to come in?" in page
    assert "Robin Alvarez" in page
    assert "Posture assessment" in page


def test_if_the_person_or_the_service_went_the_next_visit_asks_for_another(
    client: Client, visit: Appointment, link: str
) -> None:
    for name in ("Dana Whitfield", "Kim Roe"):
        make_practitioner(name, visit.service)
    visit.practitioner.assignments.all().delete()
    page = client.post(f"{link}again/", follow=True)
    assert "Who would you like to see?" in said(page)
    make_service("Massage")
    Service.objects.filter(pk=visit.service_id).update(active=False)
    page = client.post(f"{link}again/", follow=True)
    assert "This service can’t be booked online anymore" in said(page)


def test_what_takes_away_is_not_dressed_as_what_leads_on(
    client: Client, visit: Appointment, link: str
) -> None:
    soup = BeautifulSoup(client.get(f"{link}cancel/").content, "html.parser")
    assert "button-danger" in soup.select_one("main form button")["class"]
    soup = BeautifulSoup(client.get(link).content, "html.parser")
    for way in soup.select(".button-row a"):
        assert "button-quiet" in way["class"]
