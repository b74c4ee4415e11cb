from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clinic_site.clinic.models.locations import OpeningHours
from tests.make import make_location

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
