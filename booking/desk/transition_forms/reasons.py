"""Moves that tell the patient why."""

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booking.actions import answers, visits
from booking.desk.transition_forms.base import LONGEST_WORDS, DeskForm, EventType
from clinic_site.accounts.models import User
from clinic_site.forms.fields import TextField


class ReasonForm(DeskForm):
    """Takes words to the patient: ready ones, the desk's own, or both."""

    READY: ClassVar[dict[str, Any]] = {}

    ready = forms.ChoiceField(label=_("Reason"), required=False)
    reason = TextField(
        label=_("In your own words (optional)"),
        help_text=_("Both go into the email. Please leave out medical details."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [("", _("None of these")), *self.READY.items()]
        self.fields["ready"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ready = self.READY.get(cleaned.get("ready") or "")
        words = "\n\n".join(str(part) for part in (ready, cleaned.get("reason")) if part)
        if len(words) > LONGEST_WORDS and not self.errors:
            self.add_error("reason", _("Together this is too long. Please say it more briefly."))
        cleaned["words"] = words
        return cleaned


class DeclineForm(ReasonForm):
    event_type = EventType.DECLINED
    heading = _("Decline")
    button = _("Decline and tell the patient")
    done = _("Declined. The patient is told by email, if they gave an address.")
    icon = "cross"

    READY = {
        "full": _(
            "We are sorry: there is no free time for this in the coming weeks. "
            "Please call us, and we will look for one together."
        ),
        "phone": _("This is better arranged by phone. Please call us; we are glad to help."),
        "other": _("We do not offer this. Please call us, and we will gladly say who may."),
        "twice": _("You have an appointment with us at about that time, so we keep that one."),
    }

    def move(self, by: User) -> None:
        answers.decline_appointment(self.appointment, reason=self.cleaned_data["words"], by=by)


class CancelForm(ReasonForm):
    event_type = EventType.CANCELED
    heading = _("Cancel")
    button = _("Cancel and tell the patient")
    done = _("Canceled. The patient is told by email, if they gave an address.")
    icon = "no-view"

    READY = {
        "asked": _("You asked us to cancel it."),
        "away": _(
            "We are sorry: your practitioner cannot be here then. "
            "Please call us, and we will find you another time soon."
        ),
        "closed": _(
            "We are sorry: we are closed then. "
            "Please call us, and we will find you another time soon."
        ),
    }

    def move(self, by: User) -> None:
        visits.cancel_appointment(self.appointment, reason=self.cleaned_data["words"], by=by)
