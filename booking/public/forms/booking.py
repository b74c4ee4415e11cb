"""The booking form: reading its answers, and which of its steps are still open.

The answers so far come from the draft of the request, and are all checked afresh for each page. A
step shows its own fields.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from booking.actions.requests import Contact
from booking.models import Practitioner, Service, Wish
from booking.parts_of_day import PartOfDay
from booking.public.forms.fields import InstantField, RadioSelectWithMore
from booking.public.forms.questions import Questions
from booking.public.forms.steps import ANSWERS, FIELDS, WISHES, Step
from booking.public.forms.wishes import check_day, check_part
from booking.public.timetable import Timetable
from booking.scheduling.slots import AvailabilityQuery
from clinic_site.clinic.models.locations import Location
from clinic_site.forms.fields import PhoneField

ANYONE = "anyone"


def about_person(person: Practitioner) -> str:
    role, credentials = person.person.role, person.person.credentials
    return f"{role}, {credentials}" if credentials else role


class BookingForm(Questions):
    def __init__(
        self,
        typed: Mapping[str, str] | None = None,
        *,
        location: Location,
        at: Step | None = None,
    ) -> None:
        """`at` is the step that was sent last."""
        super().__init__(None if typed is None else dict(typed))
        self.main_location = location
        self.at = at
        self.places: list[Location] = []
        self.people: list[Practitioner] = []
        self._phones_are_near(location)

    def offer_services(self, services: QuerySet[Service], *, chosen: str) -> None:
        """Offer some services alone; `chosen` is the short name of one, or of none."""
        field = cast(forms.ModelChoiceField, self.fields["service"])
        field.queryset = services
        field.initial = services.filter(slug=chosen).first()

    # Reading ----------------------------------------------------------------
    # Fields are cleaned in their order: a service says which places and people come into question.

    def clean_service(self) -> Service:
        service: Service = self.cleaned_data["service"]
        self.fields["location"].queryset = service.places  # type: ignore[attr-defined]
        self.places = list(service.places) or [self.main_location]
        return service

    def clean_location(self) -> Location | None:
        place: Location | None = self.cleaned_data["location"]
        if place is None and len(self.places) == 1:
            place = self.places[0]
        if place == self.main_location:
            place = self.main_location  # whose hours are read already
        if place is None and self.places:
            raise ValidationError(_("Please choose a location."))
        if place:
            self._meet_people(self.cleaned_data["service"], place)
            self._phones_are_near(place)
        return place

    def _phones_are_near(self, place: Location) -> None:
        cast(PhoneField, self.fields["phone"]).near = place.phone

    def _meet_people(self, service: Service, place: Location) -> None:
        self.people = list(Practitioner.objects.providing(service, place))
        abouts = {str(one.pk): [about_person(one)] for one in self.people}
        self.fields["practitioner"].widget = RadioSelectWithMore(
            choices=[(ANYONE, _("Anyone who is free"))]
            + [(str(one.pk), one.name) for one in self.people],
            more=lambda value: abouts.get(value, []),
        )

    def clean_practitioner(self) -> Practitioner | None:
        """Somebody in particular, or None for anyone."""
        said = self.cleaned_data["practitioner"]
        if not self.people or (said == ANYONE and len(self.people) > 1):
            return None
        if len(self.people) == 1 and said in ("", ANYONE):
            return self.people[0]
        if not said:
            raise ValidationError(_("Please choose who you’d like to see, or anyone who is free."))
        for one in self.people:
            if str(one.pk) == said:
                return one
        raise ValidationError(_("Please choose one of these people, or anyone who is free."))

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("location"):
            if self.gives_time:
                self._forget_wishes()
            elif not self.gives_wishes:
                self.add_error("starts_at", _("Please choose a time."))
            else:
                self._check_wishes(answers)
        phone, email = answers.get("phone"), answers.get("email")
        if phone == "" and email == "":
            self.add_error("phone", _("Please enter a phone number or an email address."))
        elif phone == "" and answers.get("wants_call"):
            self.add_error("phone", _("Please enter a phone number where we can call you."))
        return answers

    def _forget_wishes(self) -> None:
        """A time has been chosen after all; whatever was wished before no longer matters."""
        for name in FIELDS[Step.WISHES]:
            self.errors.pop(name, None)
            self.cleaned_data[name] = None

    def _check_wishes(self, answers: dict[str, Any]) -> None:
        today = timezone.localdate(timezone=answers["location"].zone)
        for day_name, part_name in WISHES:
            if not (day := answers.get(day_name)):
                continue
            try:
                hours = check_day(day, answers["location"], today)
            except ValidationError as error:
                self.add_error(day_name, error)
                continue
            try:
                check_part(answers.get(part_name) or PartOfDay.ANY, hours)
            except ValidationError as error:
                self.add_error(part_name, error)
        wished = any(answers.get(day) or day in self.errors for day, _part in WISHES)
        if not wished and not answers.get("wants_call"):
            self.add_error("first_day", _("Please choose a day, or ask us to call."))

    # Answers ----------------------------------------------------------------

    @property
    def gives_time(self) -> bool:
        """Tell whether a time, good or bad, is what is asked for."""
        return bool(self.people and self.data.get("starts_at"))

    @property
    def gives_wishes(self) -> bool:
        """Tell whether wishes are, for want of a time that suits."""
        typed = ("wants_call", *(day for day, _part in WISHES))
        wished = self.at is Step.WISHES or any(self.data.get(name) for name in typed)
        return not self.people or (wished and not self.gives_time)

    @property
    def place(self) -> Location:
        """The place that was chosen, or the clinic's main one."""
        said = self.cleaned_data if self.is_bound else {}
        return said.get("location") or self.main_location

    @property
    def search(self) -> AvailabilityQuery:
        """Needs the steps before the time to be answered."""
        said = self.cleaned_data
        return AvailabilityQuery(said["service"], said["location"], said["practitioner"])

    @property
    def starts(self) -> datetime | None:
        """The time asked for, in UTC, if it is one."""
        return self.cleaned_data.get("starts_at") if self.gives_time else None

    @property
    def contact(self) -> Contact:
        said = {name: self.cleaned_data[name] for name in FIELDS[Step.CONTACT]}
        return Contact(**said, for_somebody_else=bool(said["visitor_name"]))

    @property
    def wishes(self) -> list[Wish]:
        said = self.cleaned_data
        return [Wish(said[day], said[part] or PartOfDay.ANY) for day, part in WISHES if said[day]]

    def said_by(self, token: str) -> str:
        """Return 32 hex digits, the same whenever the request of `token` says the same."""
        said = [token, *(str(self.cleaned_data[name]) for name in ANSWERS)]
        return salted_hmac("booking", json.dumps(said), algorithm="sha256").hexdigest()[:32]

    # Steps ------------------------------------------------------------------

    @property
    def path(self) -> list[Step]:
        """The steps of this request, as far as its answers tell."""
        wrong = self.errors.keys()  # first, so that the answers are read
        left_out = {Step.TIME if self.gives_wishes else Step.WISHES}
        if len(self.places) < 2 and "location" not in wrong:
            left_out.add(Step.PLACE)
        if len(self.people) < 2 and "practitioner" not in wrong:
            left_out.add(Step.PERSON)
        return [step for step in Step if step not in left_out]

    def reach(self, wanted: Step) -> Step:
        """Return `wanted`, or the first step before it that is open, or what comes in its place."""
        path = self.path
        if wanted is Step.WISHES or (wanted is Step.TIME and self.people):
            others = set(path) - {Step.TIME, Step.WISHES}
            path = [step for step in Step if step in {*others, wanted}]
        return next(step for step in path if not wanted.comes_after(step) or self._is_open(step))

    def after(self, step: Step) -> Step:
        """Return where to go on from `step`: to what is still open, or to the check."""
        if step in (Step.TIME, Step.WISHES):
            return Step.CONTACT if self._is_open(Step.CONTACT) else Step.CHECK
        if self._is_open(step):
            return list(Step)[list(Step).index(step) + 1]
        later = [other for other in self.path if other.comes_after(step)]
        return next((other for other in later if self._is_open(other)), Step.CHECK)

    def before(self, step: Step) -> Step | None:
        """Return where to go back to from `step`."""
        if step is Step.WISHES and self.people:
            return Step.TIME
        earlier = [other for other in self.path if step.comes_after(other)]
        return earlier[-1] if earlier else None

    def has_mistakes(self, step: Step) -> bool:
        """Tell whether what is open in `step` is a mistake, not a question yet to be asked."""
        wrong = [name for name in FIELDS[step] if name in self.errors]
        return bool(wrong) and (step is self.at or any(self.data.get(name) for name in wrong))

    def show(self, step: Step) -> None:
        """Let the person see the fields of `step`, with the mistakes in them."""
        told = self.has_mistakes(step)
        for name in self.fields.keys() - {*FIELDS[step]}:
            del self.fields[name]
        for name in self.errors.keys() - ({*FIELDS[step], NON_FIELD_ERRORS} if told else set()):
            del self.errors[name]
        if step is not Step.CONTACT:
            self.helper.required_note = ""
        if step is Step.WISHES:
            self._lay_out_wishes()

    def _lay_out_wishes(self) -> None:
        place: Location = self.cleaned_data["location"]
        today: date = timezone.localdate(timezone=place.zone)
        for day, _part in WISHES:
            self.fields[day].widget.attrs["min"] = today.isoformat()
        self.helper.layout = Layout(*(Row(*wish) for wish in WISHES), "wants_call")

    def offer(self, timetable: Timetable, *, here: str) -> None:
        """Show the times to choose from, with links to other weeks at the address `here`."""
        field = self.fields["starts_at"]
        assert isinstance(field, InstantField)  # noqa: S101 - declared above
        field.timetable, field.here = timetable, here

    def _is_open(self, step: Step) -> bool:
        return not self.is_bound or not self.errors.keys().isdisjoint(FIELDS[step])
