"""The key is changed while the site runs: who writes at that moment loses nothing."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from pytest_django import Settings

from booking.models import Appointment, Patient, Service
from clinic_site.database_check.starting import reason_not_to_start
from clinic_site.privacy.keys import first_key
from clinic_site.privacy.models import KeyCheck
from clinic_site.privacy.rotation import key_ids_in_use
from tests.booking.factories import make_appointment
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
VISITS, CHANGES = 12, 5


def test_what_is_written_while_the_key_is_changed_stays_as_it_was_written(
    service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.privacy.rotation.AT_ONCE", 2)
    settings.ENCRYPTION_KEYS = ["the old key"]
    KeyCheck.objects.all().delete()
    assert reason_not_to_start() == ""
    visits = [make_appointment(note="before").pk for _number in range(VISITS)]
    settings.ENCRYPTION_KEYS = ["a new key", "the old key"]

    def rotate() -> None:
        call_command("rotate_keys")

    def change(pk: int) -> Callable[[], None]:
        def write() -> None:
            for number in range(CHANGES):
                phone = f"+1805555{pk % 100:02}{number:02}"
                Appointment.objects.filter(pk=pk).update(note=f"{pk} {number}", phone=phone)

        return write

    def come_and_go() -> None:
        for number in range(CHANGES):
            patient = Patient.objects.create(name="Ana", note=f"note {number}")
            if number % 2:
                patient.delete()

    actions = [rotate, rotate, come_and_go, *(change(pk) for pk in visits[::3])]
    assert all_at_once(actions) == [None] * len(actions)

    last = CHANGES - 1
    written = dict(Appointment.objects.values_list("pk", "note"))
    assert written == {
        pk: f"{pk} {last}" if place % 3 == 0 else "before" for place, pk in enumerate(visits)
    }
    for pk in visits[::3]:
        assert Appointment.objects.get(phone_index__of=f"+1805555{pk % 100:02}{last:02}").pk == pk
    assert Patient.objects.count() == (CHANGES + 1) // 2
    assert {*key_ids_in_use()} == {first_key().id}
