from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from clinic_site.clinic.models.locations import OpeningHours
from tests.factories import make_location, make_user

pytestmark = pytest.mark.django_db


def test_hours_that_end_before_they_begin_are_refused_by_the_database() -> None:
    location = make_location()
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningHours.objects.create(location=location, weekday=6, opens=time(12), closes=time(9))


@pytest.mark.parametrize(
    ("field", "value"), [("time_zone", "Mars/Olympus"), ("phone", "ask inside"), ("email", "x")]
)
def test_staff_are_told_of_facts_that_cannot_be(field: str, value: str) -> None:
    location = make_location()
    setattr(location, field, value)
    with pytest.raises(ValidationError) as refused:
        location.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_a_phone_number_without_its_area_code_is_offered_with_that_of_before(
    client: Client,
) -> None:
    location = make_location()
    client.force_login(make_user("Owners"))
    address = f"/admin/location/edit/{location.pk}/"
    form = client.get(address).context["form"]
    sent = {field.html_name: field.value() or "" for field in form} | {"phone": "555-0142"}
    for count in ("TOTAL", "INITIAL"):
        sent[f"opening_hours-{count}_FORMS"] = "0"
    page = client.post(address, sent)
    assert page.context["form"].errors == {"phone": ["Please add the area code."]}
    assert 'name="phone-completed" value="805-555-0142"' in page.content.decode()
    client.post(address, sent | {"phone-completed": "805-555-0142"})
    location.refresh_from_db()
    assert location.phone == "805-555-0142"
