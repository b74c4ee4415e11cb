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
        help_text=_("Both go in the email. Please leave out medical details."),
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
            self.add_error("reason", _("This is too long. Please shorten it."))
        cleaned["words"] = words
        return cleaned


class DeclineForm(ReasonForm):
    event_type = EventType.DECLINED
    heading = _("Decline")
    button = _("Decline and tell the patient")
    done = _("Declined. If the patient gave an email address, we’ll email them.")
    icon = "cross"

    READY = {
        "full": _(
            "We’re sorry. We have no openings for this in the coming weeks. Please call "
            "us, and we’ll look for a time together."
        ),
        "phone": _("This is easier to arrange by phone. Please call us. We’re happy to help."),
        "other": _("We don’t offer this. Please call us, and we’ll tell you who might."),
        "twice": _(
            "You already have an appointment with us around that time, so we’re keeping that one."
        ),
    }

    def move(self, by: User) -> None:
        answers.decline_appointment(self.appointment, reason=self.cleaned_data["words"], by=by)


class CancelForm(ReasonForm):
    event_type = EventType.CANCELED
    heading = _("Cancel")
    button = _("Cancel and tell the patient")
    done = _("Canceled. If the patient gave an email address, we’ll email them.")
    icon = "no-view"

    READY = {
        "asked": _("You asked us to cancel it."),
        "away": _(
            "We’re sorry. Your practitioner can’t be here then. Please call us, and we’ll "
            "find you another time soon."
        ),
        "closed": _(
            "We’re sorry. We’re closed then. Please call us, and we’ll find you another time soon."
        ),
    }

    def move(self, by: User) -> None:
        visits.cancel_appointment(self.appointment, reason=self.cleaned_data["words"], by=by)
