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
from django.utils.translation import gettext_lazy as _

from booking.actions.requests import Contact
from booking.models import Practitioner, Service, Wish
from booking.parts_of_day import PartOfDay
from booking.public.class_timetable import ClassTimetable
from booking.public.forms.fields import InstantField, RadioSelectWithMore, read_instant
from booking.public.forms.questions import Questions
from booking.public.forms.steps import ANSWERS, FIELDS, WISHES, Step
from booking.public.forms.wishes import check_day, check_part
from booking.public.timetable import Timetable
from booking.scheduling.slots import AvailabilityQuery
from clinic_site.clinic.models.locations import Location
from clinic_site.forms.fields import PhoneField
from clinic_site.privacy.secret_links import hash_token

ANYONE = "anyone"


def about_practitioner(practitioner: Practitioner) -> str:
    role, credentials = practitioner.person.role, practitioner.person.credentials
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
        self.locations: list[Location] = []
        self.practitioners: list[Practitioner] = []
        self._phones_are_near(location)

    def offer_services(self, services: QuerySet[Service], *, chosen: str) -> None:
        """Offer some services alone; `chosen` is the short name of one, or of none."""
        field = cast(forms.ModelChoiceField, self.fields["service"])
        field.queryset = services
        field.initial = services.filter(slug=chosen).first()

    # Reading ----------------------------------------------------------------
    # Fields are cleaned in their order: a service says which locations and practitioners there are.

    def clean_service(self) -> Service:
        service: Service = self.cleaned_data["service"]
        self.fields["location"].queryset = service.locations  # type: ignore[attr-defined]
        self.locations = list(service.locations) or [self.main_location]
        return service

    def clean_location(self) -> Location | None:
        location: Location | None = self.cleaned_data["location"]
        if location is None and len(self.locations) == 1:
            location = self.locations[0]
        if location == self.main_location:
            location = self.main_location  # whose hours are read already
        if location is None and self.locations:
            raise ValidationError(_("Please choose a location."))
        if location:
            self._offer_practitioners(self.cleaned_data["service"], location)
            self._phones_are_near(location)
        return location

    def _phones_are_near(self, location: Location) -> None:
        cast(PhoneField, self.fields["phone"]).near = location.phone

    def _offer_practitioners(self, service: Service, location: Location) -> None:
        self.practitioners = list(Practitioner.objects.providing(service, location))
        abouts = {str(one.pk): [about_practitioner(one)] for one in self.practitioners}
        self.fields["practitioner"].widget = RadioSelectWithMore(
            choices=[(ANYONE, _("Anyone who is free"))]
            + [(str(one.pk), one.name) for one in self.practitioners],
            more=lambda value: abouts.get(value, []),
        )

    def clean_practitioner(self) -> Practitioner | None:
        """Somebody in particular, or None for anyone."""
        said = self.cleaned_data["practitioner"]
        if not self.practitioners or (said == ANYONE and len(self.practitioners) > 1):
            return None
        if self.is_class and not said:
            return None  # people choose a date, whoever gives the class then
        if len(self.practitioners) == 1 and said in ("", ANYONE):
            return self.practitioners[0]
        if not said:
            raise ValidationError(_("Please choose who you’d like to see, or anyone who is free."))
        for one in self.practitioners:
            if str(one.pk) == said:
                return one
        raise ValidationError(_("Please choose one of these people, or anyone who is free."))

    def clean_waits_for(self) -> datetime | None:
        return read_instant(self.cleaned_data["waits_for"])

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
            self.add_error("email", _("Or enter an email address."))
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
        said = self.data.get("starts_at") or self.data.get("waits_for")
        return bool(self.practitioners and said)

    @property
    def is_class(self) -> bool:
        service = self.cleaned_data.get("service") if self.is_bound else None
        return service is not None and service.is_class

    @property
    def waits(self) -> bool:
        """Tell whether a seat of a full class is what is asked for."""
        said = self.cleaned_data
        return bool(self.gives_time and said.get("waits_for") and not said.get("starts_at"))

    @property
    def gives_wishes(self) -> bool:
        """Tell whether wishes are, for want of a time that suits."""
        typed = ("wants_call", *(day for day, _part in WISHES))
        wished = self.at is Step.WISHES or any(self.data.get(name) for name in typed)
        return not self.practitioners or (wished and not self.gives_time)

    @property
    def chosen_location(self) -> Location:
        """The location that was chosen, or the clinic's main one."""
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
        said = self.cleaned_data
        return said.get("starts_at") or said.get("waits_for") if self.gives_time else None

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
        return hash_token(f"booking {json.dumps(said)}")[:32]

    # Steps ------------------------------------------------------------------

    @property
    def path(self) -> list[Step]:
        """The steps of this request, as far as its answers tell."""
        wrong = self.errors.keys()  # first, so that the answers are read
        left_out = {Step.TIME if self.gives_wishes else Step.WISHES}
        if len(self.locations) < 2 and "location" not in wrong:
            left_out.add(Step.LOCATION)
        if (len(self.practitioners) < 2 or self.is_class) and "practitioner" not in wrong:
            left_out.add(Step.PRACTITIONER)
        return [step for step in Step if step not in left_out]

    def reach(self, wanted: Step) -> Step:
        """Return `wanted`, or the first step before it that is open, or what comes in its place."""
        path = self.path
        if wanted is Step.WISHES or (wanted is Step.TIME and self.practitioners):
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
        if step is Step.WISHES and self.practitioners:
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
        for name in self.fields.keys() - ({*FIELDS[step]} - {"waits_for"}):
            del self.fields[name]
        for name in self.errors.keys() - ({*FIELDS[step], NON_FIELD_ERRORS} if told else set()):
            del self.errors[name]
        if step is not Step.CONTACT:
            self.helper.required_note = ""
        if step is Step.WISHES:
            self._lay_out_wishes()

    def _lay_out_wishes(self) -> None:
        location: Location = self.cleaned_data["location"]
        today: date = timezone.localdate(timezone=location.zone)
        for day, _part in WISHES:
            self.fields[day].widget.attrs["min"] = today.isoformat()
        self.helper.layout = Layout(*(Row(*wish) for wish in WISHES), "wants_call")

    def offer(self, timetable: Timetable | ClassTimetable, *, here: str) -> None:
        """Show the times to choose from, with links to other weeks at the address `here`."""
        field = self.fields["starts_at"]
        assert isinstance(field, InstantField)  # noqa: S101 - declared above
        field.timetable, field.here = timetable, here

    def _is_open(self, step: Step) -> bool:
        return not self.is_bound or not self.errors.keys().isdisjoint(FIELDS[step])
