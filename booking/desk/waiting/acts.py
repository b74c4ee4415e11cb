"""What is done with one press on the waiting list, each with a way back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages

from booking.actions.errors import (
    CannotUndo,
    JustTaken,
    NotOffered,
    OfferGone,
    StaleAppointment,
    StaleEntry,
    TimeIsPast,
    TransitionNotAllowed,
)
from booking.actions.waiting.leaving import take_off_list, undo_take_off_list
from booking.actions.waiting.offers import offer_time, undo_offer, withdraw_offer
from booking.actions.waiting.order import undo_move_in_line
from booking.actions.waiting.seats import accept_seat, offer_seat_by_hand, withdraw_seat
from booking.actions.waiting_list import accept_offer
from booking.desk.times import read_time
from booking.desk.undo import TOO_LATE, is_number, say_changed, say_with_undo
from booking.desk.waiting.access import WaitingMixin
from booking.models import WaitingListEntry, WaitingListEvent, WaitingListOffer
from clinic_site.access_log.looks import note_looks

Act = WaitingListEvent.EventType
GONE = _("Someone else just changed this. Nothing was done; here’s how it stands.")
TAKEN = _("This time was just given to someone else.")


class WaitingActView(WaitingMixin, View):
    """One press; whatever is in the way is said above the list."""

    http_method_names = ["post"]
    any_permission_required = ["change"]

    def post(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        try:
            self.act(pk)
        except (StaleEntry, StaleAppointment, TransitionNotAllowed, OfferGone):
            messages.warning(request, GONE)
        except JustTaken:
            messages.warning(request, TAKEN)
        except TimeIsPast:
            messages.warning(request, _("That time has passed."))
        except NotOffered:
            words = _("The practitioner isn’t working then, or doesn’t do this there.")
            messages.warning(request, words)
        return redirect(self.back)

    def act(self, pk: int) -> None:
        raise NotImplementedError

    def say(self, words: Any, event: WaitingListEvent) -> None:
        say_with_undo(self.request, words, reverse("waiting:undo"), self.back, event=event.pk)

    def say_offered(self, entry: WaitingListEntry, event: WaitingListEvent) -> None:
        words = _("Offered to %(name)s by email, and held for them.")
        if not entry.appointment.email:
            words = _("Held for %(name)s. The call is among the calls to make.")
        note_looks([entry.appointment])
        self.say(words % {"name": entry.appointment.visitor}, event)


def entry_or_404(pk: int) -> WaitingListEntry:
    entries = WaitingListEntry.objects.filter(appointment__erased_at=None).select_related(
        "appointment__location",
        "appointment__service",
        "appointment__practitioner__person",
        "appointment__class_session",
    )
    return get_object_or_404(entries, pk=pk)


def offer_or_404(pk: int) -> WaitingListOffer:
    offers = WaitingListOffer.objects.select_related(
        "location", "practitioner__person", "entry__appointment__location"
    )
    return get_object_or_404(offers, pk=pk, entry__appointment__erased_at=None)


class OfferView(WaitingActView):
    def act(self, pk: int) -> None:
        entry = entry_or_404(pk)
        try:
            time = read_time(self.request.POST.get("slot", ""))
        except ValidationError as error:
            raise NotOffered from error
        if time.practitioner is None:
            raise NotOffered
        event = offer_time(entry, time.practitioner, time.starts_at, by=self.user)
        self.say_offered(entry, event)


class WithdrawView(WaitingActView):
    def act(self, pk: int) -> None:
        self.say(_("Offer withdrawn."), withdraw_offer(offer_or_404(pk), by=self.user))


class TakeView(WaitingActView):
    """The patient says yes on the phone."""

    def act(self, pk: int) -> None:
        appointment = accept_offer(offer_or_404(pk), by=self.user)
        event = appointment.events.order_by("-pk")[0]
        words = _("Booked: %(reference)s.") % {"reference": appointment}
        say_changed(self.request, words, event, self.back)


class OfferSeatView(WaitingActView):
    """A free seat of the class that somebody waits for is held for them, whoever waits longer."""

    def act(self, pk: int) -> None:
        entry = entry_or_404(pk)
        event = offer_seat_by_hand(entry, by=self.user)
        self.say_offered(entry, event)


class WithdrawSeatView(WaitingActView):
    def act(self, pk: int) -> None:
        event = withdraw_seat(entry_or_404(pk), by=self.user)
        words = _("Offer withdrawn. They stay on the list, and you can offer them a seat again.")
        self.say(words, event)


class TakeSeatView(WaitingActView):
    """The patient says yes to a seat on the phone."""

    def act(self, pk: int) -> None:
        event = accept_seat(entry_or_404(pk), by=self.user)
        words = _("Booked: %(reference)s.") % {"reference": event.appointment}
        say_changed(self.request, words, event, self.back)


class RemoveView(WaitingActView):
    def act(self, pk: int) -> None:
        event, canceled = take_off_list(entry_or_404(pk), by=self.user)
        words = _("Taken off the list.")
        if canceled:
            say_changed(self.request, words, canceled, self.back)
        else:
            self.say(words, event)


class UndoWaitingView(WaitingActView):
    """Takes one act back, named by its line of history."""

    def act(self, pk: int) -> None:
        key = self.request.POST.get("event", "")
        rows = WaitingListEvent.objects.select_related(
            "entry__appointment__service",
            "offer__location",
            "offer__practitioner",
            "offer__entry__appointment__service",
        )
        event = rows.filter(pk=key).first() if is_number(key) else None
        try:
            if event is None:
                raise CannotUndo
            UNDO[Act(event.event_type)](event, by=self.user)
            messages.success(self.request, _("Undone. It’s back to how it was."))
        except (CannotUndo, KeyError):
            messages.warning(self.request, TOO_LATE)


UNDO = {
    Act.FRONT: undo_move_in_line,
    Act.BACK: undo_move_in_line,
    Act.OFFERED: undo_offer,
    Act.WITHDRAWN: undo_offer,
    Act.REMOVED: undo_take_off_list,
}
