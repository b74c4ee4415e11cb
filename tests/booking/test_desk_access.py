"""Who may see the front desk's screens, and who may not."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import ModelLogEntry

from booking.actions.calendars.closures import block_time
from booking.desk.transition_forms.table import FORMS
from booking.models import (
    Appointment,
    BlockedTime,
    BookingRules,
    CallTask,
    Practitioner,
    Service,
)
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.clinic.models import Closure
from tests.booking.factories import LIST, at, book, make_practitioner, page_of, said
from tests.factories import make_user
from tests.looks import key_of_row

OTHERS = sorted(set(Role) - {Role.FRONT_DESK, Role.OWNERS})


def test_the_front_desk_sees_a_request_and_confirms_it(
    desk: Client, appointment: Appointment
) -> None:
    assert appointment.reference in said(desk.get(LIST))
    assert "Please call after five." in said(desk.get(page_of(appointment)))
    response = desk.post(
        page_of(appointment, "confirmed"), {"version": 1, "day": "2027-01-06", "time": "10:30"}
    )
    assert response["Location"] == page_of(appointment)
    assert Appointment.objects.get().state == "confirmed"


def screens_of(appointment: Appointment, closure: Closure, robin: Practitioner) -> list[str]:
    """Every address of the desk's and the owners' that may be looked at."""
    return [
        LIST,
        f"{LIST}results/",
        f"{LIST}?export=csv",
        f"{LIST}book/",
        page_of(appointment),
        page_of(appointment, "confirmed"),
        page_of(appointment, "proposed"),
        "/admin/inbox/",
        "/admin/calendar/",
        "/admin/calendar/?view=week",
        "/admin/calendar/block/",
        "/admin/closures/",
        "/admin/closures/results/",
        "/admin/closures/new/",
        f"/admin/closures/inspect/{closure.pk}/",
        f"/admin/closures/edit/{closure.pk}/",
        f"/admin/closures/delete/{closure.pk}/",
        f"/admin/closures/history/{closure.pk}/",
        "/admin/practitioners/",
        f"/admin/practitioners/edit/{robin.pk}/",
        "/admin/services/",
        f"/admin/settings/booking/bookingrules/{BookingRules.load().pk}/",
    ]


@pytest.fixture
def closure(service: Service) -> Closure:
    return Closure.objects.create(first_day=date(2027, 1, 6), last_day=date(2027, 1, 6))


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_are_refused_everywhere(
    client: Client, appointment: Appointment, closure: Closure, robin: Practitioner, role: str
) -> None:
    client.force_login(make_user(role))
    for address in [*screens_of(appointment, closure, robin), "/admin/my-calendar/"]:
        response = client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
        assert response.status_code == 403, address
        assert client.get(address)["Location"] == "/admin/"
    call = CallTask.objects.create(appointment=appointment, reason=CallTask.Reason.ASKED)
    block = block_time(robin, starts_at=at(6, 12), ends_at=at(6, 13))
    form = {"version": 1, "day": "2027-01-06", "time": "10:30"}
    for address in (
        *(page_of(appointment, form.event_type) for form in FORMS),
        f"{LIST}book/",
        f"/admin/inbox/calls/{call.pk}/done/",
        f"/admin/calendar/block/{block.pk}/remove/",
    ):
        assert client.post(address, form)["Location"] == "/admin/", address
    assert Appointment.objects.get().state == "requested"
    assert CallTask.objects.get().done_at is None
    assert BlockedTime.objects.exists()
    assert not ModelLogEntry.objects.exists()


@pytest.mark.slow
def test_the_front_desk_sees_the_desk_and_not_what_owners_keep(
    desk: Client, appointment: Appointment, closure: Closure, robin: Practitioner
) -> None:
    for address in screens_of(appointment, closure, robin):
        kept_by_owners = address.startswith(
            ("/admin/practitioners/", "/admin/services/", "/admin/settings/")
        )
        assert desk.get(address, follow=False).status_code == (302 if kept_by_owners else 200)


def test_only_owners_export(client: Client, desk: Client, appointment: Appointment) -> None:
    Appointment.objects.update(name='=HYPERLINK("https://x.example")')
    assert desk.get(f"{LIST}?export=csv")["Content-Type"].startswith("text/html")
    assert "export=csv" not in desk.get(LIST).content.decode()
    client.force_login(make_user("Owners"))
    assert "export=csv" in client.get(LIST).content.decode()
    response = client.get(f"{LIST}?export=csv")
    assert "no-store" in response["Cache-Control"]
    table = b"".join(response).decode()  # type: ignore[call-overload]
    assert f'"{appointment.reference}"' in table
    assert "(805) 555-0123" in table
    assert "\"'=HYPERLINK" in table
    line = AccessLine.objects.get(kind="export")
    assert (line.table, line.record) == key_of_row(appointment)
    assert client.get(f"{LIST}?export=xlsx")["Content-Disposition"].endswith('.xlsx"')


def test_practitioners_see_their_own_calendar_and_nobody_elses(
    client: Client, service: Service, robin: Practitioner
) -> None:
    dana, staff = make_practitioner("Dana Whitfield", service), make_user("Front desk")
    assert isinstance(staff, User)
    book(service, at(6, 10), by=staff, practitioner=robin, name="Kim Park")
    book(service, at(6, 10), by=staff, practitioner=dana, name="Lee Chan")
    user = make_user("Practitioners")
    client.force_login(user)
    assert "/admin/my-calendar/" not in client.get("/admin/").content.decode()
    robin.person.account = user
    robin.person.save()
    assert "/admin/my-calendar/" in client.get("/admin/").content.decode()
    for view in ("day", "week"):
        query = {"day": "2027-01-06", "view": view, "practitioner": str(dana.pk)}
        page = client.get("/admin/my-calendar/", query)
        assert "Kim Park" in said(page)
        assert "Lee Chan" not in said(page)
        assert "/admin/appointments/" not in page.content.decode()
    for address in ("/admin/calendar/", "/admin/inbox/", LIST):
        assert client.get(address)["Location"] == "/admin/"


def test_an_account_without_the_role_sees_no_calendar_of_its_own(
    client: Client, robin: Practitioner
) -> None:
    editor = make_user("Editors")
    robin.person.account = editor
    robin.person.save()
    client.force_login(editor)
    assert client.get("/admin/my-calendar/")["Location"] == "/admin/"


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_are_not_offered_them(client: Client, service: Service, role: str) -> None:
    client.force_login(make_user(role))
    assert "/admin/appointments/" not in client.get("/admin/").content.decode()


def test_strangers_are_led_to_sign_in(client: Client, appointment: Appointment) -> None:
    for address in (LIST, page_of(appointment), "/admin/inbox/", "/admin/calendar/"):
        assert client.get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", ["Front desk", "Owners"])
def test_front_desk_and_owners_find_them_in_the_menu(
    client: Client, appointment: Appointment, role: str
) -> None:
    client.force_login(make_user(role))
    assert "/admin/appointments/" in client.get("/admin/").content.decode()
    assert client.get(LIST).status_code == client.get(page_of(appointment)).status_code == 200


def test_who_may_only_look_is_offered_no_change(client: Client, appointment: Appointment) -> None:
    onlooker = make_user("Practitioners")
    assert isinstance(onlooker, User)
    onlooker.user_permissions.add(Permission.objects.get(codename="view_appointment"))
    client.force_login(onlooker)
    page = client.get(page_of(appointment))
    assert page.status_code == 200
    assert not page.context["forms"]
    assert client.post(page_of(appointment, "declined"), {"version": 1}).status_code == 302
    assert Appointment.objects.get().state == "requested"


def test_nothing_is_added_or_deleted_by_hand(client: Client, appointment: Appointment) -> None:
    """Not even by somebody who may do everything."""
    client.force_login(User.objects.create_superuser("root"))
    pk = appointment.pk
    for ending in ("new/", f"edit/{pk}/", f"delete/{pk}/", f"copy/{pk}/", f"history/{pk}/"):
        assert client.get(f"{LIST}{ending}").status_code == 404
    assert client.get(page_of(appointment)).status_code == 200
