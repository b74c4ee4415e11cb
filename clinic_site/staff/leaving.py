"""Somebody of the staff leaves: one act, which can be taken back. It knows no request."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from clinic_site.access_log.events import record_access_event
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.last_owner import ensure_an_owner_without, lock_owners
from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from clinic_site.second_factor.actions import end_sign_ins
from clinic_site.second_factor.models import RememberedBrowser
from clinic_site.staff.duties import duties
from clinic_site.staff.models import Departure


class HasLeft(Exception):
    """Their account is not active any more, or somebody else has just done it."""


class NothingToTakeBack(Exception):
    """They have not left by this screen, or it has been taken back."""


@transaction.atomic
def leave(number: int, takers: Mapping[str, Person | None], *, by: User) -> Departure:
    """Sign somebody out, hand over what they have, and close their account.

    `takers` are by duty. Raises LastOwner or HasLeft, changing nothing.
    """
    lock_owners()
    user = User.objects.select_for_update(of=("self",)).get(pk=number)
    if not user.is_active:
        raise HasLeft
    ensure_an_owner_without([user])
    departure = Departure.objects.create(user=user, by=by)
    if person := person_of(user):
        departure.handed_over = {
            duty.key: duty.hand_over(person, takers.get(duty.key), by=by)
            for duty in duties()
            if duty.held(person)
        }
        departure.save()
    user.is_active = False
    user.save(update_fields=["is_active"])
    RememberedBrowser.objects.filter(user=user).delete()
    end_sign_ins(user)
    _record(user, by, "left")
    return departure


@transaction.atomic
def take_leaving_back(number: int, *, by: User) -> list[str]:
    """Have somebody be back, with their roles and what they had; return what stays otherwise.

    They sign in with the password and the phone that they had. Raises NothingToTakeBack.
    """
    departures = Departure.objects.standing().select_for_update(of=("self",))
    departure = departures.filter(user=number).select_related("user").first()
    if departure is None:
        raise NothingToTakeBack
    user = departure.user
    departure.taken_back_at = timezone.now()
    departure.save()
    # Before their duties: nobody reviews who can't sign in.
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record(user, by, "back")
    person = person_of(User.objects.get(pk=user.pk))
    if person is None:
        return []
    notes = departure.handed_over
    backs = (
        duty.take_back(person, notes[duty.key], by=by) for duty in duties() if duty.key in notes
    )
    return [sentence for sentences in backs for sentence in sentences]


def person_of(user: User) -> Person | None:
    return Person.objects.filter(account=user).select_related("account").first()


def _record(user: User, by: User, what: str) -> None:
    record_access_event(AccessLine.Kind.ACCOUNT, account=by.pk, about=user, details=what)
