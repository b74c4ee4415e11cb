"""A sender may do a thing so often; a forged header changes nothing, and nothing is remembered."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from clinic_site.http.models import RateLimitCount
from clinic_site.http.rate_limit import (
    Limit,
    allow_address,
    client_address,
    network_hash,
    purge,
    refund,
    take,
)
from tests.threads import at_once

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def allow(address: str, now: datetime, *, limit: int) -> bool:
    return allow_address("x", address, limit=limit, per=HOUR, now=now)


@pytest.mark.django_db
def test_so_often_and_no_more_until_the_next_hour() -> None:
    tries = [allow_address("x", "192.0.2.1", limit=3, per=HOUR, now=NOON) for _try in range(5)]
    assert tries == [True, True, True, False, False]
    assert allow_address("x", "192.0.2.2", limit=3, per=HOUR, now=NOON)
    assert allow_address("y", "192.0.2.1", limit=3, per=HOUR, now=NOON)
    assert allow_address("x", "192.0.2.1", limit=3, per=HOUR, now=NOON + HOUR)


@pytest.mark.django_db
@pytest.mark.parametrize("midnight", [False, True])
def test_the_hour_is_the_last_one_and_not_the_clocks(midnight: bool) -> None:
    begin = NOON.replace(hour=23 if midnight else 12, minute=50)
    for minute in (0, 9):
        assert allow("192.0.2.1", begin + timedelta(minutes=minute), limit=2)
    for minute in (11, 30, 59):
        assert not allow("192.0.2.1", begin + timedelta(minutes=minute), limit=2)
    assert allow("192.0.2.1", begin + timedelta(minutes=60), limit=2), "the first is an hour ago"
    assert not allow("192.0.2.1", begin + timedelta(minutes=68), limit=2)
    assert allow("192.0.2.1", begin + timedelta(minutes=69), limit=2)


@pytest.mark.django_db
def test_all_limits_count_or_none_and_say_when_to_come_back() -> None:
    wide, narrow = Limit("wide", "a", 3, HOUR), Limit("narrow", "a", 1, HOUR / 2)
    assert take([wide, narrow], NOON) is None
    for _try in range(5):
        assert take([wide, narrow], NOON) == NOON + HOUR / 2
    assert take([wide], NOON) is None
    refund([wide], NOON)
    assert take([wide], NOON) is None
    assert take([wide], NOON) is None
    assert take([wide], NOON) == NOON + HOUR


@pytest.mark.django_db
def test_no_address_is_stored_and_all_is_purged() -> None:
    allow_address("x", "192.0.2.1", limit=3, per=HOUR, now=NOON)
    assert "192.0.2" not in str(RateLimitCount.objects.values())
    purge(NOON + timedelta(days=2))
    assert not RateLimitCount.objects.exists()


def test_nobody_is_followed_from_day_to_day() -> None:
    assert network_hash("192.0.2.1", NOON) == network_hash("192.0.2.1", NOON + HOUR)
    assert network_hash("192.0.2.1", NOON) != network_hash("192.0.2.1", NOON + timedelta(days=1))
    assert network_hash("2001:db8::1", NOON) == network_hash("2001:db8::ffff", NOON)
    assert network_hash("::ffff:192.0.2.1", NOON) == network_hash("192.0.2.1", NOON)
    assert network_hash("", NOON) == network_hash("rubbish\0", NOON)


@pytest.mark.parametrize(
    ("behind", "proxies", "header", "expected"),
    [
        (False, 1, "6.6.6.6", "10.0.0.1"),
        (True, 1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (True, 2, "6.6.6.6, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
        (True, 2, "6.6.6.6", "10.0.0.1"),
        (True, 3, "6.6.6.6", "10.0.0.1"),
    ],
)
def test_a_forged_header_is_not_believed(
    settings: Settings, behind: bool, proxies: int, header: str, expected: str
) -> None:
    settings.BEHIND_PROXY, settings.PROXY_COUNT = behind, proxies
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": header}
    assert client_address(meta) == expected


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_at_once_no_more_pass_than_may() -> None:
    passed = at_once(lambda: allow_address("x", "192.0.2.1", limit=4, per=HOUR, now=NOON))
    assert sum(passed) == 4
