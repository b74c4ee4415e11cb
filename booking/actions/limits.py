"""How much one sender may book, so that nobody fills the calendar in jest."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from booking.actions.errors import AlreadySent, TooMany
from booking.actions.requests import Contact
from booking.models import Appointment
from booking.models.appointments import form_key_of
from clinic_site.http.rate_limit import allow_address, allow_contact

FROM_ONE_PLACE, PLACE_PER = 30, timedelta(minutes=10)
A_DAY_FROM_ONE_PLACE = 100
FROM_ONE_FORM = 100  # a day
FOR_ONE_CONTACT, CONTACT_PER = 6, timedelta(days=1)


def within_limits(
    store: Callable[[], Appointment], *, idempotency_key: str, address: str, contact: Contact
) -> Appointment:
    """Store a booking that comes from the network address `address`, and count it, or TooMany.

    Raises AlreadySent if the same form is stored with other answers, and nothing more is.
    What cannot be stored, and a form that is stored already, count for nothing.
    """
    with transaction.atomic():
        allowed = _count(form_key_of(idempotency_key), address, contact)
        # Asked after counting: of one form sent many times at once the first has stored it by now.
        twin = Appointment.objects.filter(idempotency_key=idempotency_key).first()
        if twin:
            transaction.set_rollback(True)
            return twin
        if sent := Appointment.objects.of_same_form(idempotency_key).first():
            raise AlreadySent(sent)
        if not allowed:
            raise TooMany
        return store()


def _count(form_key: str, address: str, contact: Contact) -> bool:
    now = timezone.now()
    # In this order always, so that nobody waits for somebody who waits for them.
    day = timedelta(days=1)
    return (
        # Has the same form sent by two at once wait here: one of them finds what is stored.
        allow_contact("book form", form_key, limit=FROM_ONE_FORM, per=day, now=now)
        and allow_address("book place", address, limit=FROM_ONE_PLACE, per=PLACE_PER, now=now)
        and allow_address(
            "book place, a day", address, limit=A_DAY_FROM_ONE_PLACE, per=day, now=now
        )
        and all(
            allow_contact(f"book {kind}", said, limit=FOR_ONE_CONTACT, per=CONTACT_PER, now=now)
            for kind, said in (("phone", contact.phone), ("email", contact.email))
            if said
        )
    )
