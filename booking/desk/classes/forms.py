"""What the desk changes about one date of a class: each a small form with the version seen."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booking.actions.classes.sessions import cancel_session, change_seats, move_session
from booking.actions.errors import JustTaken, SeatsTaken, TimeIsPast
from booking.desk.calendar.conflicts import clash_of
from booking.desk.times import ClockField, DayField, wall_time_in_utc
from booking.desk.transition_forms.base import LONGEST_WORDS
from booking.models import ClassSession, Practitioner
from booking.models.catalog import MOST_SEATS
from clinic_site.accounts.models import User
from clinic_site.forms.fields import TextField

TAKEN = _("%(who)s’s time is taken then. Please enter another time.")
PAST = _("That time has passed. Please enter a later one.")


class SessionForm(forms.Form):
    """Changes a date as somebody saw it. What it cannot do, it says beside the field."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    name: ClassVar[str]
    button: ClassVar[Any]
    done: ClassVar[Any]

    required_css_class = "required"

    def __init__(
        self, data: QueryDict | None = None, *, session: ClassSession, **initial: Any
    ) -> None:
        initial = {"version": session.version} | initial
        super().__init__(data, initial=initial, auto_id=f"{self.name}_%s")
        self.session = session

    @property
    def is_stale(self) -> bool:
        """Whether it was sent from a page that showed another version."""
        version = self.cleaned_data.get("version")
        return version is not None and version != self.session.version

    def apply(self, by: User) -> bool:
        """Do it, and tell whether it is done; else the form has an error."""
        raise NotImplementedError


class SeatsForm(SessionForm):
    name = "seats"
    button = _("Change seats")
    done = _("The seats are changed.")

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)

    def __init__(self, data: QueryDict | None = None, *, session: ClassSession) -> None:
        super().__init__(data, session=session, seats=session.seats)

    def apply(self, by: User) -> bool:
        try:
            change_seats(self.session, self.cleaned_data["seats"], by=by)
        except SeatsTaken as refusal:
            words = ngettext(
                "%(taken)s seat is taken. Please move or cancel someone first.",
                "%(taken)s seats are taken. Please move or cancel someone first.",
                refusal.taken,
            )
            self.add_error("seats", words % {"taken": refusal.taken})
            return False
        return True


class WallTimeForm(forms.Form):
    """A day and a time on the clock of `place`, turned to UTC as `starts_at`."""

    day = DayField(label=_("Day"))
    time = ClockField(label=_("Time"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2100:
            raise ValidationError(_("Please check the year."))
        return day

    def read_time(self, place: Any) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("day") is None or cleaned.get("time") is None:
            return
        try:
            cleaned["starts_at"] = wall_time_in_utc(cleaned["day"], cleaned["time"], place.zone)
        except ValidationError as error:
            self.add_error("time", error)

    def say_taken(
        self,
        practitioner: Practitioner,
        starts_at: datetime,
        minutes: int,
        place: Any,
        *,
        ignoring: ClassSession | None = None,
    ) -> None:
        """Name beside the time what is in its way."""
        clash = clash_of(practitioner, starts_at, minutes, place, ignoring=ignoring)
        words = str(TAKEN % {"who": practitioner})
        self.add_error("time", f"{words} {clash}".strip())


class MoveSessionForm(WallTimeForm, SessionForm):
    name = "move"
    button = _("Move and tell everyone")
    done = _("Moved. We’ll email everyone who comes, and list whom to call.")

    practitioner = forms.ModelChoiceField(Practitioner.objects.none(), label=_("With"))
    # Sent by the undo beside the words that say it has moved.
    undone = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, session: ClassSession) -> None:
        local = session.starts_at_location
        who, day, time = session.practitioner_id, local.date(), f"{local:%H:%M}"
        super().__init__(data, session=session, practitioner=who, day=day, time=time)
        people = Practitioner.objects.providing(session.service, session.location)
        self.fields["practitioner"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.read_time(self.session.location)
        # What is sent to move it back, should this be a slip.
        self.before = {name: str(self.initial[name]) for name in ("day", "time", "practitioner")}
        return cleaned

    def apply(self, by: User) -> bool:
        session, starts_at = self.session, self.cleaned_data["starts_at"]
        practitioner = self.cleaned_data["practitioner"]
        try:
            move_session(session, starts_at=starts_at, practitioner=practitioner, by=by)
        except TimeIsPast:
            self.add_error("time", PAST)
        except JustTaken:
            minutes = session.duration_minutes + session.buffer_minutes
            stored = ClassSession.objects.get(pk=session.pk)
            self.say_taken(practitioner, starts_at, minutes, session.location, ignoring=stored)
        else:
            return True
        return False


class CancelSessionForm(SessionForm):
    name = "cancel"
    button = _("Cancel the class and tell everyone")
    done = _("Canceled. We’ll email everyone who was coming, and list whom to call.")

    READY = {
        "ill": _("We’re sorry. Your instructor can’t be here, so this class is canceled."),
        "few": _("We’re sorry. Too few people signed up, so this class is canceled."),
        "closed": _("We’re sorry. We’re closed that day, so this class is canceled."),
    }

    ready = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", _("None of these")), *READY.items()]
    )
    reason = TextField(
        label=_("In your own words (optional)"),
        help_text=_("Both go in the email. Please leave out medical details."),
        max_length=LONGEST_WORDS - 100,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def apply(self, by: User) -> bool:
        cleaned = self.cleaned_data
        ready = self.READY.get(cleaned["ready"])
        words = "\n\n".join(str(part) for part in (ready, cleaned["reason"]) if part)
        cancel_session(self.session, reason=words, by=by)
        return True


FORMS: tuple[type[SessionForm], ...] = (SeatsForm, MoveSessionForm, CancelSessionForm)
