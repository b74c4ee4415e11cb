"""Services and practitioners are told apart by a color and a sign."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from booking.models import Practitioner, Service
from clinic_site.admin.colors import Color
from tests.booking.factories import make_practitioner, make_service, said
from tests.factories import make_user


@pytest.fixture
def owner(client: Client, service: Service) -> Client:
    client.force_login(make_user("Owners"))
    return client


def sent(service: Service, **changes: object) -> dict[str, object]:
    return {
        "name": service.name,
        "slug": service.slug,
        "description": service.description,
        "duration_minutes": service.duration_minutes,
        "buffer_minutes": service.buffer_minutes,
        "mode": service.mode,
        "grid_minutes": service.grid_minutes,
        "notice_hours": service.notice_hours,
        "horizon_days": service.horizon_days,
        "sort_order": service.sort_order,
        "color": service.color,
        "sign": service.sign,
        "active": "on",
    } | changes


def test_new_services_get_colors_that_no_other_has_yet(service: Service) -> None:
    services = [service, *(make_service(f"Service {number}") for number in range(7))]
    assert sorted(each.color for each in services) == sorted(Color.values)
    assert make_service("One too many").color in Color.values


def test_new_practitioners_get_colors_that_no_other_has_yet(service: Service) -> None:
    robin, dana = (make_practitioner(name, service) for name in ("Robin Alvarez", "Dana Whitfield"))
    assert robin.color != dana.color
    assert (robin.sign, dana.sign) == ("RA", "DW")


def test_a_service_is_signed_with_its_initials_unless_another_is(service: Service) -> None:
    names = ["Posture therapy", "Personal training", "Massage", "Psoas treatment", "…"]
    assert service.sign == "PA"
    assert [make_service(name, slug=f"s{n}").sign for n, name in enumerate(names)] == [
        "PT",
        "Pe",
        "M",
        "Ps",
        "S",
    ]


def test_every_service_finds_a_sign_of_its_own(service: Service) -> None:
    for number in range(30):
        make_service("A", slug=f"a{number}")
    assert Service.objects.values("sign").distinct().count() == 31


def test_the_owner_chooses_color_and_sign(owner: Client, service: Service) -> None:
    address = f"/admin/services/edit/{service.pk}/"
    assert owner.post(address, sent(service, color="rose", sign="1x")).status_code == 302
    service.refresh_from_db()
    assert (service.color, service.sign) == ("rose", "1x")


def test_a_color_that_there_is_not_is_refused(owner: Client, service: Service) -> None:
    answer = owner.post(f"/admin/services/edit/{service.pk}/", sent(service, color="#ff0000"))
    assert "Select a valid choice" in said(answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.update(color="url(x)")
    make_practitioner("Robin Alvarez", service)
    with pytest.raises(IntegrityError), transaction.atomic():
        Practitioner.objects.update(color="")


def test_a_sign_that_another_service_has_is_refused_beside_its_field(
    owner: Client, service: Service
) -> None:
    other = make_service("Massage")
    address = f"/admin/services/edit/{service.pk}/"
    answer = owner.post(address, sent(service, sign=other.sign, color=""))
    assert answer.context["form"].errors == {
        "sign": ["Another service has this sign. Please choose another."]
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.update(sign=other.sign)


def test_whoever_leaves_color_and_sign_to_the_site_gets_some(
    owner: Client, service: Service
) -> None:
    blank = sent(service, name="Massage", slug="massage", color="", sign="")
    assert owner.post("/admin/services/new/", blank).status_code == 302
    massage = Service.objects.get(slug="massage")
    assert massage.color in set(Color.values) - {service.color}
    assert massage.sign == "M"
