"""Two at the desk decide about the visits of a closed day at once: each patient is told once."""

from collections import Counter
from functools import partial

import pytest

from booking.actions.calendars.closures import cancel_affected, create_closure, move_affected
from booking.models import Appointment, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_practitioner
from tests.factories import make_user
from tests.threads import all_at_once


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_cancel_the_same_visits_at_once_each_tells_nobody_twice(
    service: Service, robin: Practitioner
) -> None:
    users = [make_user("Front desk"), make_user("Owners")]
    by = User.objects.get(pk=users[0].pk)
    visits = [
        book(service, at(6, 9 + 2 * n), by=by, email=f"p{n}@patient.example") for n in range(3)
    ]
    OutgoingEmail.objects.all().delete()
    closure = Closure(first_day=at(6, 9).date(), last_day=at(6, 9).date())
    create_closure(closure)
    seen = {visit.pk: visit.version for visit in visits}
    results = all_at_once(
        partial(cancel_affected, closure, seen, reason="", by=user) for user in (by, by, by, by)
    )
    assert not [result for result in results if isinstance(result, Exception)]
    done = [event for result in results for event in result.done]  # type: ignore[union-attr]
    assert sorted(event.appointment_id for event in done) == sorted(seen)
    assert Counter(email.to for email in OutgoingEmail.objects.all()) == {
        f"p{n}@patient.example": 1 for n in range(3)
    }


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_visits_moved_and_canceled_at_once_are_either(
    service: Service, robin: Practitioner
) -> None:
    user = make_user("Front desk")
    by = User.objects.get(pk=user.pk)
    make_practitioner("Dana Whitfield", service)
    visits = [
        book(service, at(6, 9 + 2 * n), practitioner=robin, by=by, email=f"p{n}@patient.example")
        for n in range(3)
    ]
    OutgoingEmail.objects.all().delete()
    day = at(6, 9).date()
    closure = Closure(first_day=day, last_day=day, person=robin.person)
    create_closure(closure)
    seen = {visit.pk: visit.version for visit in visits}
    results = all_at_once(
        [
            partial(cancel_affected, closure, seen, reason="", by=by),
            partial(move_affected, closure, seen, by=by),
        ]
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert sum(len(result.done) for result in results) == 3  # type: ignore[union-attr]
    assert OutgoingEmail.objects.count() == 3
    held = {claim.appointment_id for claim in Claim.objects.all()}
    assert held == set(Appointment.objects.filter(state="confirmed").values_list("pk", flat=True))
