"""Two at the desk do the same: one is done, and the other is told and sees how it stands."""

from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.test import Client

from booking.actions.calendars.closures import create_closure
from booking.models import Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, page_of, said
from tests.factories import make_user
from tests.threads import all_at_once, at_once

TEN = at(6, 10)


TRANSITIONS: list[tuple[str, bool, dict[str, Any]]] = [
    ("confirmed", False, {}),
    ("declined", False, {"reason": "We are full."}),
    ("moved", True, {"day": "2027-01-06", "time": "14:00"}),
    ("canceled", True, {"reason": "Robin is ill."}),
]


@pytest.mark.parametrize(("move", "confirmed", "sent"), TRANSITIONS)
def test_who_comes_second_is_told_and_sees_how_it_stands(
    desk: Client,
    service: Service,
    robin: Practitioner,
    move: str,
    confirmed: bool,
    sent: dict[str, Any],
) -> None:
    visit = book(service, TEN, by=User.objects.get() if confirmed else None)
    other = Client()
    other.force_login(make_user("Owners", first_name="Ana", last_name="Costa"))
    assert other.post(page_of(visit, move), sent | {"version": 1}).status_code == 302
    OutgoingEmail.objects.all().delete()
    page = desk.post(page_of(visit, move), sent | {"version": 1})
    assert page.status_code == 409
    assert "Someone else changed this appointment." in said(page)
    assert visit.events.filter(event_type=move).count() == 1
    assert not OutgoingEmail.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("move", "confirmed", "sent"), TRANSITIONS)
def test_of_two_at_the_desk_at_once_one_counts(
    service: Service, robin: Practitioner, move: str, confirmed: bool, sent: dict[str, Any]
) -> None:
    users = [make_user("Front desk"), make_user("Owners")]
    by = User.objects.get(pk=users[0].pk) if confirmed else None
    visit = book(service, TEN, by=by)
    clients = [Client(), Client()]
    for client, user in zip(clients, users, strict=True):
        client.force_login(user)
    answers = all_at_once(
        partial(client.post, page_of(visit, move), sent | {"version": 1}) for client in clients
    )
    statuses = Counter(getattr(answer, "status_code", answer) for answer in answers)
    assert statuses == {302: 1, 409: 1}
    assert visit.events.filter(event_type=move).count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_closure_that_is_sent_many_times_at_once_is_stored_once(service: Service) -> None:
    day = TEN.date()
    at_once(lambda: create_closure(Closure(first_day=day, last_day=day)), times=8)
    assert Closure.objects.count() == 1
