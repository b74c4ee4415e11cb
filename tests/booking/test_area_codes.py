"""A number without its area code is offered with the clinic's, and never stored without."""

from django.test import Client

from booking.models import Appointment, Practitioner, Service
from tests.booking.factories import errors_by_field, filled_form, see, send, typed
from tests.booking.test_desk_screens import BOOK, phone_call


def test_an_area_code_that_is_missing_is_offered_and_nothing_is_stored_without_it(
    client: Client, service: Service
) -> None:
    form = filled_form(phone="555-0142")
    page = see(client, form)
    assert errors_by_field(page) == {"phone": ["Please add the area code."]}
    assert 'name="phone-completed" value="805-555-0142"' in page.content.decode()
    send(client, form)
    assert not Appointment.objects.exists()


def test_the_number_with_its_area_code_is_taken_by_the_button(
    client: Client, service: Service
) -> None:
    form = filled_form(phone="555-0142", note="After five, please.")
    form |= {"phone-completed": "805-555-0142"}
    assert see(client, form).templates[0].name == "booking/check.html"
    kept = typed(see(client, form, "contact"))
    assert kept["phone"] == "805-555-0142"
    assert kept["note"] == "After five, please."
    send(client, form)
    assert Appointment.objects.get().phone == "+18055550142"


def test_the_desk_is_offered_it_likewise(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    call = phone_call(robin, service, phone="555-0142 x7")
    page = desk.post(BOOK, call)
    assert page.context["form"].errors["phone"] == ["Please add the area code."]
    assert 'name="phone-completed" value="805-555-0142 ext. 7"' in page.content.decode()
    assert not Appointment.objects.exists()
    desk.post(BOOK, call | {"phone-completed": "805-555-0142 ext. 7"})
    assert Appointment.objects.get().phone == "+18055550142;ext=7"
