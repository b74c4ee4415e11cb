"""What the tests of booking say and ask for. The clock stands at Monday morning; see conftest."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from booking.actions.requests import Contact, book_time, request_appointment
from booking.formatting import instant
from booking.models import Appointment, BookingRules, Practitioner, Service, Wish
from booking.parts_of_day import PartOfDay
from booking.public.forms.steps import FIELDS, Step
from clinic_site.clinic.models.locations import Location
from tests.factories import make_person

SANTA_BARBARA = ZoneInfo("America/Los_Angeles")
MONDAY_MORNING = datetime(2027, 1, 4, 9, 0, tzinfo=SANTA_BARBARA)
TUESDAY, SATURDAY = "2027-01-05", "2027-01-09"
LIST = "/admin/appointments/"
IN_TWO_DAYS = datetime(2027, 1, 6, 10, 30, tzinfo=SANTA_BARBARA)


def make_service(name: str = "Posture assessment", **fields: Any) -> Service:
    defaults = {
        "slug": name.lower().replace(" ", "-"),
        "description": "A first look at how you stand and move.",
        "duration_minutes": 60,
        "price_text": "$140",
    }
    return Service.objects.create(name=name, **defaults | fields)


def make_appointment(**answers: Any) -> Appointment:
    """A request as the booking form stores it, its emails included."""
    key = answers.pop("idempotency_key", f"key {Appointment.objects.count()}")
    defaults = {
        "name": "Jo O’Brien",
        "phone": "+18055550123",
        "email": "jo@patient.example",
        "new_patient": True,
    }
    return request_appointment(
        service=answers.pop("service", None) or Service.objects.all()[0],
        location=answers.pop("location", None) or Location.objects.get(),
        wishes=answers.pop("wishes", [Wish(date(2027, 1, 5), PartOfDay.MORNING)]),
        wants_call=answers.pop("wants_call", False),
        practitioner=answers.pop("practitioner", None),
        contact=Contact(**defaults | answers),
        idempotency_key=key,
    )


def filled_form(**changes: Any) -> dict[str, Any]:
    """Return what a patient answers who wishes for a day."""
    answers = {
        "service": str(Service.objects.get(name="Posture assessment").pk),
        "first_day": TUESDAY,
        "first_part": "morning",
        "name": "Jo O’Brien",
        "phone": "(805) 555-0123",
        "email": "jo@patient.example",
        "new_patient": "yes",
        "note": "Please call after five.",
    }
    return answers | changes


def form_for(starts_at: datetime, **changes: Any) -> dict[str, Any]:
    """What a patient answers who has chosen a free time."""
    form = filled_form(starts_at=instant(starts_at), **changes)
    return {name: value for name, value in form.items() if name not in ("first_day", "first_part")}


def begin(client: Client, form: dict[str, Any]) -> str:
    """Answer the questions one after another; return the address of the request in progress."""
    request = ""
    asked = {name for step in Step if step is not Step.CONTACT for name in FIELDS[step]}
    for step in (
        Step.START,
        Step.LOCATION,
        Step.PRACTITIONER,
        Step.WISHES,
        Step.TIME,
        Step.CONTACT,
    ):
        names = form.keys() - asked if step is Step.CONTACT else FIELDS[step]
        typed = {name: form[name] for name in names if name in form}
        if not request:
            request = request_of(client.post("/book/", typed))
        elif typed:
            client.post(f"{request}{step.slug}/", typed)
    return request


def see(client: Client, form: dict[str, Any], step: str = "check") -> Any:
    """Answer the questions and look at a step, or at the one before it that is open."""
    return client.get(f"{begin(client, form)}{step}/", follow=True)


def press_send(client: Client, request: str, **more: Any) -> Any:
    """Send what the check page of a request in progress shows."""
    check = client.get(f"{request}check/", follow=True)
    return client.post(f"{request}send/", {"seen": check.context.get("seen", "")}, **more)


def send(client: Client, form: dict[str, Any], **more: Any) -> Any:
    """Answer the questions and send the answers."""
    return press_send(client, begin(client, form), **more)


def request_of(answer: Any) -> str:
    """The address of the request in progress that an answer leads on in."""
    address: str = answer["Location"]
    return address.rsplit("/", 2)[0] + "/"


def was_sent(answer: Any) -> bool:
    """Tell whether sending has led to the page that tells what happens next."""
    return answer.status_code == 303 and answer["Location"].startswith("/book/done/")


def reference_in(response: HttpResponse) -> str:
    """The reference in the address of the page that tells what happens next."""
    return response["Location"].removeprefix("/book/done/").split(":")[0]


def said(response: HttpResponse) -> str:
    """The words of a page, in one line, without its markup."""
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def errors_by_field(response: Any) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def typed(response: Any) -> dict[str, Any]:
    """What the form on a page would send if nothing were changed on it."""
    form = response.context["form"]
    return {field.name: field.value() for field in form if field.value() is not None}


def page_of(appointment: Appointment, event_type: str = "") -> str:
    return f"{LIST}{appointment.pk}/{event_type and event_type + '/'}"


def rows(response: Any) -> list[str]:
    """The rows of a table in the admin, each in one line."""
    soup = BeautifulSoup(response.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in soup.select("table.listing tbody tr")]


def copies(template: Appointment, references: Iterable[str]) -> None:
    """Store copies of `template`, one under each of `references`, without emails."""
    fields = {
        field.attname: getattr(template, field.attname)
        for field in Appointment._meta.concrete_fields
        if not field.primary_key
    }
    Appointment.objects.bulk_create(
        Appointment(**fields | {"reference": reference, "idempotency_key": f"copy {reference}"})
        for reference in references
    )


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in January 2027 on the clinic's clock."""
    return datetime(2027, 1, day, hour, minute, tzinfo=SANTA_BARBARA)


def make_practitioner(name: str, *services: Service, **fields: Any) -> Practitioner:
    """Somebody who does `services` at the location from Monday to Friday, nine to five."""
    location = fields.pop("location", None) or Location.objects.get()
    practitioner = Practitioner.objects.create(person=make_person(name), **fields)
    for service in services:
        practitioner.assignments.create(service=service, location=location)
    for weekday in range(5):
        practitioner.weekly_hours.create(
            location=location, weekday=weekday, begins=time(9), ends=time(17)
        )
    return practitioner


def book(service: Service, starts_at: datetime, **answers: Any) -> Appointment:
    """Book a time as a patient does."""
    key = answers.pop("idempotency_key", None) or f"key {Appointment.objects.count()}"
    return book_time(
        service=service,
        location=answers.pop("location", None) or Location.objects.get(),
        starts_at=starts_at,
        practitioner=answers.pop("practitioner", None),
        by=answers.pop("by", None),
        outside_hours=answers.pop("outside_hours", False),
        contact=Contact(**{"name": "Jo O’Brien", "phone": "+18055550123"} | answers),
        idempotency_key=key,
    )


def set_rules(**fields: Any) -> None:
    """Change the clinic's booking rules."""
    BookingRules.objects.filter(pk=BookingRules.load().pk).update(**fields)
