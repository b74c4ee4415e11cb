"""Secret links: who has the token can open what it opens until it ends, and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking.models import CalendarFeed, Practitioner
from clinic_site.privacy.secret_links import hash_token
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def somebody() -> Practitioner:
    return Practitioner.objects.create(person=make_person("Dana Whitfield"))


def opens(token: str, after: timedelta = timedelta()) -> bool:
    return CalendarFeed.objects.usable(timezone.now() + after).with_token(token).exists()


def test_a_link_opens_for_its_token_alone() -> None:
    token = CalendarFeed.objects.issue(practitioner=somebody())
    assert opens(token)
    assert not opens(f"{token}x")
    assert not opens(hash_token(token)), "what is kept opens nothing"
    assert token not in str(CalendarFeed.objects.values())


@pytest.mark.parametrize("typed", ["", "\ud800", "\x00", "é", "x" * 5000])
def test_what_is_no_token_opens_nothing(typed: str) -> None:
    CalendarFeed.objects.issue(practitioner=somebody())
    assert not opens(typed)


def test_a_link_ends_at_its_time_and_one_without_never() -> None:
    practitioner, day = somebody(), timedelta(days=1)
    short = CalendarFeed.objects.issue(practitioner=practitioner, expires_at=timezone.now() + day)
    lasting = CalendarFeed.objects.issue(practitioner=practitioner)
    assert [opens(short), opens(short, day)] == [True, False]
    assert opens(lasting, 10_000 * day)
    assert CalendarFeed.objects.spent(timezone.now() + day).count() == 1


def test_a_new_link_in_place_of_others_ends_them_all() -> None:
    practitioner = somebody()
    old = [CalendarFeed.objects.issue(practitioner=practitioner) for _ in range(2)]
    new = CalendarFeed.objects.rotate(practitioner=practitioner)
    assert [opens(token) for token in (*old, new)] == [False, False, True]
    assert CalendarFeed.objects.spent(timezone.now()).count() == 2


def test_a_link_is_revoked_once() -> None:
    CalendarFeed.objects.issue(practitioner=somebody())
    assert [CalendarFeed.objects.revoke(), CalendarFeed.objects.revoke()] == [1, 0]
