"""What a patient has answered so far, in words, each with the step that asks for it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.formatting import day_of_wish, length_and_price, moment, short_day
from booking.public.forms.booking import BookingForm
from booking.public.forms.steps import FIELDS, Step
from clinic_site.clinic import phone
from clinic_site.clinic.clock_times import clock


class Answer(NamedTuple):
    step: Step | None  # none asks for it
    label: Any
    text: Any
    short: Any = ""  # where there is little room

    @property
    def in_short(self) -> Any:
        return self.short or self.text


def chosen_visit(form: BookingForm, before: Step) -> list[Answer]:
    """What was chosen of the visit in the steps before one."""
    return [answer for answer in _visit(form) if answer.step and before.comes_after(answer.step)]


def all_answers(form: BookingForm) -> list[Answer]:
    """Everything that is to be sent. Needs a form without mistakes."""
    return [*_visit(form), *_contact(form)]


def _visit(form: BookingForm) -> Iterator[Answer]:
    if not form.is_bound or form.errors.keys() & FIELDS[Step.START]:
        return
    said = form.cleaned_data
    service, location = said["service"], said.get("location")
    told = f"{service.name}, {length_and_price(service)}"
    yield Answer(Step.START, _("Service"), told, service.name)
    if form.practitioners and "practitioner" not in form.errors and not form.is_class:
        who = said["practitioner"]
        step = Step.PRACTITIONER if len(form.practitioners) > 1 else None
        yield Answer(step, _("With"), who.name if who else _("Anyone who is free"))
    if form.starts and location:
        local = form.starts.astimezone(location.zone)
        short = f"{short_day(local)}, {clock(local)}"
        label = _("Waiting list for") if form.waits else _("When")
        yield Answer(Step.TIME, label, moment(local), short)
    elif form.gives_wishes and not form.errors.keys() & FIELDS[Step.WISHES]:
        yield from _wishes(form)
    if location:
        step = Step.LOCATION if len(form.locations) > 1 else None
        yield Answer(step, _("Where"), location.street_and_city, location.name)


def _wishes(form: BookingForm) -> Iterator[Answer]:
    if wishes := form.wishes:
        days = [day_of_wish(wish) for wish in wishes]
        yield Answer(Step.WISHES, _("What works for you"), get_text_list(days, gettext("or")))
    if form.cleaned_data["wants_call"]:
        yield Answer(Step.WISHES, _("How we’ll find a time"), _("We’ll call you"))


def _contact(form: BookingForm) -> Iterator[Answer]:
    said, none = form.cleaned_data, _("None")
    number = phone.readable(said["phone"]) if said["phone"] else none
    answers = [
        (_("Your name"), said["name"]),
        (_("Patient"), said["visitor_name"] or _("You")),
        (_("Phone"), number),
        (_("Email"), said["email"] or none),
        (_("First visit"), _("Yes") if said["new_patient"] else _("No")),
        (_("Access needs"), said["access_needs"] or none),
        (_("Note"), said["note"] or none),
    ]
    for label, text in answers:
        yield Answer(Step.CONTACT, label, text)
