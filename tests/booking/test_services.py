"""Owners keep up what the clinic offers; nobody else does."""

import pytest
from django.test import Client

from booking.models import Appointment, Service
from clinic_site.accounts.roles import Role
from tests.booking.factories import make_service, rows, said
from tests.factories import make_user


def test_owners_keep_up_the_services(client: Client, service: Service) -> None:
    client.force_login(make_user("Owners"))
    assert rows(client.get("/admin/services/")) != []
    form = {
        "name": "Posture assessment",
        "slug": "posture-assessment",
        "description": "A first look.",
        "duration_minutes": "75",
        "buffer_minutes": "15",
        "mode": "at_once",
        "grid_minutes": "30",
        "notice_hours": "24",
        "horizon_days": "60",
        "price_text": "",
        "sort_order": "1",
    }
    response = client.post(f"/admin/services/edit/{service.pk}/", form)
    assert response.status_code == 302
    service.refresh_from_db()
    assert (service.duration_minutes, service.mode, service.active) == (75, "at_once", False)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OWNERS}))
def test_nobody_else_changes_the_services(client: Client, service: Service, role: str) -> None:
    client.force_login(make_user(role))
    for ending in ("", "results/", "new/", f"edit/{service.pk}/", f"delete/{service.pk}/"):
        assert client.get(f"/admin/services/{ending}")["Location"] == "/admin/"


def test_a_service_that_was_booked_cannot_be_deleted(
    client: Client, appointment: Appointment
) -> None:
    client.force_login(make_user("Owners"))
    unused = make_service("Never booked")
    response = client.post(f"/admin/services/delete/{appointment.service_id}/", follow=True)
    assert response.status_code == 200
    assert "so you can’t delete" in said(response)
    client.post(f"/admin/services/delete/{unused.pk}/")
    assert [service.name for service in Service.objects.all()] == ["Posture assessment"]
