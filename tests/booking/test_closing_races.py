"""Two at the desk decide about the visits of a closed day at once: each patient is told once."""

from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db.models import Count

from booking.actions.calendars.closures import cancel_affected, create_closure, move_affected
from booking.actions.errors import JustTaken
from booking.actions.undo import undo_change
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
@pytest.mark.parametrize("before", [False, True])
def test_a_time_that_is_booked_again_as_its_visit_is_canceled_or_undone_is_given_once(
    service: Service, robin: Practitioner, before: bool
) -> None:
    """`before`: the visits were canceled before, and that is undone as others book their times."""
    user = make_user("Front desk")
    by = User.objects.get(pk=user.pk)
    times = [at(6, 9 + 2 * n) for n in range(3)]
    visits = [book(service, time, by=by, email="p@patient.example") for time in times]
    closure = Closure(first_day=times[0].date(), last_day=times[0].date())
    create_closure(closure)
    seen = {visit.pk: visit.version for visit in visits}
    cancel = partial(cancel_affected, closure, seen, reason="", by=by)
    acts: list[Any] = [cancel]
    if before:
        acts = [partial(undo_change, event, by=by) for event in cancel().done]
    again = [partial(book, service, time, by=by, outside_hours=True) for time in times]
    for result in all_at_once([*acts, *again]):
        assert not isinstance(result, Exception) or isinstance(result, JustTaken), result
    standing = Appointment.objects.filter(state="confirmed")
    held = Claim.objects.values("appointment").annotate(cells=Count("pk"))
    assert {row["appointment"]: row["cells"] for row in held} == {
        visit.pk: 12 for visit in standing
    }
    for time in times:
        assert standing.filter(starts_at=time).count() == 1 if before else True


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
