"""Who may see the front desk's screens, and who may not."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from wagtail.models import ModelLogEntry

from booking.models import Appointment, Service
from tests.booking.make import LIST, page_of, said
from tests.make import make_user

OTHERS = ["Practitioners", "Moderators", "Editors"]


def test_it_works(desk: Client, appointment: Appointment) -> None:
    assert appointment.reference in said(desk.get(LIST))
    assert "Please ring after five." in said(desk.get(page_of(appointment)))
    response = desk.post(
        page_of(appointment, "confirmed"), {"version": 1, "day": "2027-01-06", "time": "10:30"}
    )
    assert response["Location"] == page_of(appointment)
    assert Appointment.objects.get().state == "confirmed"


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_are_refused_everywhere(
    client: Client, appointment: Appointment, role: str
) -> None:
    client.force_login(make_user(role))
    for address in (LIST, f"{LIST}results/", f"{LIST}?export=csv", page_of(appointment)):
        response = client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
        assert response.status_code == 403
        assert client.get(address)["Location"] == "/admin/"
    for move in ("confirmed", "declined", "cancelled"):
        form = {"version": 1, "day": "2027-01-06", "time": "10:30"}
        assert client.post(page_of(appointment, move), form)["Location"] == "/admin/"
    assert Appointment.objects.get().state == "requested"
    assert not ModelLogEntry.objects.exists()


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_are_not_offered_them(client: Client, service: Service, role: str) -> None:
    client.force_login(make_user(role))
    assert "/admin/appointments/" not in client.get("/admin/").content.decode()


def test_strangers_are_led_to_sign_in(client: Client, appointment: Appointment) -> None:
    for address in (LIST, f"{LIST}results/", page_of(appointment)):
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
