"""What becomes of the visits that a closure hits: canceled, given to somebody else, or called."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from booking.actions.calendars.closures import (
    AffectedResult,
    call_affected,
    cancel_affected,
    move_affected,
    reopen_classes,
)
from booking.actions.errors import (
    CannotUndo,
    JustTaken,
    NotOffered,
    StaleAppointment,
    TransitionNotAllowed,
)
from booking.actions.undo import undo_change
from booking.desk.closures.words import reason_for_patients
from booking.models import Appointment, AppointmentEvent, Practitioner
from booking.scheduling.affected import to_be_told, to_be_told_of
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.forms.fields import TextField

LONGEST_REASON = 500

# What is done with the visits in the press that closes, and taken back in the press that opens.
UNDONE_WITH_VISITS = ("cancel", "move")


class SeenField(forms.MultipleChoiceField):
    """The visits that are ticked, each with the version that was on the page."""

    def valid_value(self, value: str) -> bool:
        return re.fullmatch(r"\d{1,9}:\d{1,9}", value, re.ASCII) is not None

    def clean(self, value: Any) -> dict[int, int]:
        pairs = (ticked.split(":") for ticked in super().clean(value))
        return {int(key): int(version) for key, version in pairs}


class DecisionForm(forms.Form):
    """Goes with each list of visits that a closure hits."""

    visit = SeenField(
        error_messages={
            "required": gettext_lazy("Please select at least one visit."),
            "invalid_choice": gettext_lazy("Please select the visits again."),
        }
    )
    reason = TextField(
        label=gettext_lazy("What the email says"),
        help_text=gettext_lazy(
            "The email also lists the nearest open times, with a link to book one. "
            "Please leave out medical details."
        ),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.none(),
        label=gettext_lazy("Move to"),
        required=False,
        empty_label=gettext_lazy("whoever is free"),
    )

    def __init__(self, *args: Any, closure: Closure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closure = closure
        self.fields["reason"].initial = reason_for_patients(closure)
        others = Practitioner.objects.active()
        if closure.person_id:
            others = others.exclude(person=closure.person_id)
        cast(forms.ModelChoiceField, self.fields["practitioner"]).queryset = others

    @property
    def words(self) -> list[forms.BoundField]:
        return [self["reason"], self["practitioner"]]


@dataclass(frozen=True)
class Affected:
    """The visits of a list, what was ticked of them, and the form to decide with."""

    closure: Closure
    visits: list[Appointment]
    form: DecisionForm
    called: set[int]

    @property
    def seen(self) -> str:
        return fingerprint(self.visits)

    @property
    def rows(self) -> list[tuple[Appointment, str, bool]]:
        sent = cast(QueryDict, self.form.data).getlist("visit") if self.form.is_bound else None
        values = [(each, f"{each.pk}:{each.version}") for each in self.visits]
        return [(each, value, sent is None or value in sent) for each, value in values]

    @property
    def without_email(self) -> int:
        return sum(not each.email for each in self.visits)


def fingerprint(affected: Iterable[Appointment]) -> str:
    """Stands for a list that somebody has seen, so that a longer one is shown again."""
    listed = ",".join(f"{one.pk}:{one.version}" for one in affected)
    return hashlib.sha256(listed.encode()).hexdigest()[:16]


def list_affected(closure: Closure, visits: list[Appointment], data: Any = None) -> Affected:
    """`data` is what was sent and could not be followed."""
    calls = closure.call_tasks.filter(done_at=None) if closure.pk else []
    form = DecisionForm(data, closure=closure)
    return Affected(closure, visits, form, {call.appointment_id for call in calls})


def decide_about_visits(
    request: HttpRequest, form: DecisionForm, what: str, *, reopen: bool = False
) -> None:
    """Do what was pressed with the ticked visits of a valid form, and say what came of it.

    Whoever takes it back has the days open again as well, if `reopen`.
    """
    closure, by = form.closure, cast(User, request.user)
    seen: dict[int, int] = form.cleaned_data["visit"]
    if what == "call":
        count = len(call_affected(closure, seen))
        said = ngettext("%(count)s call to make.", "%(count)s calls to make.", count)
        messages.success(request, said % {"count": count}, buttons=[_calls()])
        return
    if what == "move":
        result = move_affected(closure, seen, to=form.cleaned_data["practitioner"], by=by)
        said = ngettext("%(count)s visit moved.", "%(count)s visits moved.", len(result.done))
    else:
        result = cancel_affected(closure, seen, reason=form.cleaned_data["reason"], by=by)
        said = ngettext("%(count)s visit canceled.", "%(count)s visits canceled.", len(result.done))
    if result.done:
        say_told(request, closure, said % {"count": len(result.done)}, result.done, reopen=reopen)
    typed = form.cleaned_data["reason"] if "reason" in form.changed_data else ""
    say_left(request, closure, result, typed)


def say_told(
    request: HttpRequest,
    closure: Closure,
    said: str,
    done: Sequence[AppointmentEvent],
    *,
    reopen: bool = False,
) -> None:
    """Say whom the change reaches how, and offer to undo it."""
    emails = sum(bool(event.appointment.email) for event in done)
    calls = len(done) - emails
    parts = [said]
    if emails:
        parts.append(
            ngettext("%(count)s patient gets an email.", "%(count)s patients get an email.", emails)
            % {"count": emails}
        )
    if calls:
        parts.append(
            ngettext(
                "%(count)s has no email address, so please call.",
                "%(count)s have no email address, so please call.",
                calls,
            )
            % {"count": calls}
        )
    context = {"words": " ".join(parts), "events": done, "closure": closure, "reopen": reopen}
    words = render_to_string("booking/desk/includes/done_visits.html", context, request)
    messages.success(request, words, buttons=[_calls()] if calls else [])


def undo_all(request: HttpRequest, events: Iterable[AppointmentEvent]) -> bool:
    """Take back what was done with visits, and say which could not be; return whether all were."""
    events, by, kept = list(events), cast(User, request.user), []
    note_looks(event.appointment for event in events)
    again = reopen_classes(events, by=by)
    undone = len(again)
    for event in events:
        if event.pk in again:
            continue
        try:
            undo_change(event, by=by)
            undone += 1
        except (CannotUndo, StaleAppointment, JustTaken):
            kept.append(event.appointment.reference)
    if undone:
        said = ngettext(
            "Undone: %(count)s visit is back to how it was.",
            "Undone: %(count)s visits are back to how they were.",
            undone,
        )
        messages.success(request, said % {"count": undone})
    if kept:
        said = _("These can’t be undone anymore: %(references)s.")
        messages.warning(request, said % {"references": ", ".join(kept)})
    return not kept


def say_left(request: HttpRequest, closure: Closure, result: AffectedResult, typed: str) -> None:
    """Name each visit that stays as it is, and why; not those that somebody else has settled.

    `typed` are words for the patients, which are still to be had for whoever is left.
    """
    open_still = {each.pk for each in to_be_told(closure, now=timezone.now())}
    note_looks(each for each, _why_not in result.left)
    left = [
        f"{each.reference}: {_why(each, why)}" for each, why in result.left if each.pk in open_still
    ]
    if left:
        messages.warning(request, " ".join([_("Not changed, and still on the list:"), *left]))
        if typed:
            messages.info(request, _("What you wrote: “%(words)s”") % {"words": typed})
    elif not result.done:
        messages.info(request, _("Those visits have been taken care of already."))


def _why(appointment: Appointment, why: Exception) -> str:
    if isinstance(why, JustTaken):
        return _("whoever could take it has something else then.")
    if isinstance(why, NotOffered):
        return _("no one else who does this is working then.")
    if isinstance(why, TransitionNotAllowed):
        return _("it isn’t confirmed yet. Please answer the request instead.")
    return _("someone has just changed it. Please look again.")


def _calls() -> Any:
    return messages.button(f"{reverse('inbox:index')}#calls-section", _("Calls to make"))


def closures_to_handle() -> list[tuple[Closure, int]]:
    """The closures from now on that hit visits nobody has been told of, and how many each.

    Takes four queries.
    """
    now = timezone.now()
    ahead = list(
        Closure.objects.filter(
            kind=Closure.Kind.CLOSED, last_day__gte=(now - timedelta(days=1)).date()
        ).select_related("person", "location")
    )
    found = zip(ahead, to_be_told_of(ahead, now=now), strict=True)
    return [(closure, len(visits)) for closure, visits in found if visits]
