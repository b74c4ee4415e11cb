"""How often one sender may do one thing: counted in the database, for all processes together.

Every stretch of time slides: it is the last hour that counts, not the hour on the clock. No address
is stored, of a network or a person: only a keyed hash of it and the day, and the rows are deleted
daily.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from clinic_site.http.models import RateLimitCount


class TooManyRequests(Exception):
    """More came from one network than people send. A view of a public form need not catch it."""


class Limit(NamedTuple):
    """So many times in any stretch `per`, for `whom`: a network, an address, a name."""

    scope: str
    whom: str
    most: int
    per: timedelta


def client_address(meta: Mapping[str, Any]) -> str:
    """Return the network address of whoever asks, from a request's `META`.

    It is `REMOTE_ADDR`, which nobody can forge; behind proxies of our own it is what the
    outermost of them has seen. What stands left of that in `X-Forwarded-For` is hearsay.
    """
    remote = str(meta.get("REMOTE_ADDR") or "")
    if not settings.BEHIND_PROXY:
        return remote
    hops = [hop.strip() for hop in str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",")]
    seen = [*hops, remote]
    # The last hop is the nearest proxy itself, so as many steps left as there are proxies.
    return seen[-1 - settings.PROXY_COUNT] if len(seen) > settings.PROXY_COUNT else remote


def network_of(address: str) -> str:
    """Return the network that an address stands for, in words; the empty string for none.

    Whoever has one address of the sixth version has the whole network of 2⁶⁴ around it.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.version == 4:
        return str(ip)
    return str(ipaddress.IPv6Network((int(ip), 64), strict=False))


def network_hash(address: str, now: datetime) -> str:
    """Return a hash that stands for a network address on the day of `now` (UTC) alone."""
    return _hashed(network_of(address), now.astimezone(UTC).date())


def allow_address(scope: str, address: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    """Count one more, unless there were `limit` in the last stretch `per`."""
    return take([Limit(scope, network_of(address), limit, per)], now) is None


def allow_contact(scope: str, contact: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    """Likewise for an email address or a phone number, of which only a hash is stored."""
    return take([Limit(scope, contact, limit, per)], now) is None


def take(limits: Sequence[Limit], now: datetime) -> datetime | None:
    """Count one more for each of `limits`, or for none of them if one is reached.

    Return when to come back in that case. Of many at once no more pass than may: each waits
    for the row of the one before. Always name limits in the same order, so that nobody waits
    for somebody who waits for them.
    """
    with transaction.atomic(savepoint=False):
        rows = []
        for limit in limits:
            row = _locked(limit, now)
            past = sorted([*_under_other_hashes(limit, now), *_recent(row.times, limit, now)])
            if len(past) >= limit.most:
                free = past[-limit.most] + limit.per.total_seconds()
                return datetime.fromtimestamp(free, tz=UTC)
            row.times = [*_recent(row.times, limit, now), now.timestamp()]
            row.counted_at = now
            rows.append(row)
        for row in rows:
            row.save(update_fields=["times", "counted_at"])
    return None


def refund(limits: Sequence[Limit], now: datetime) -> None:
    """Undo what `take` counted at `now`."""
    with transaction.atomic(savepoint=False):
        for limit in limits:
            row = _locked(limit, now)
            if now.timestamp() in row.times:
                row.times.remove(now.timestamp())
                row.save(update_fields=["times"])


def _locked(limit: Limit, now: datetime) -> RateLimitCount:
    key = {"scope": limit.scope, "key_hash": _key(limit, now)}
    new = RateLimitCount(**key, counted_at=now)
    RateLimitCount.objects.bulk_create([new], ignore_conflicts=True)
    return RateLimitCount.objects.select_for_update().get(**key)


def _under_other_hashes(limit: Limit, now: datetime) -> list[float]:
    """What was counted in this stretch before midnight (UTC), or by the SECRET_KEY before this."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    days = {moment.astimezone(UTC).date() for moment in (now - limit.per, now)}
    hashes = {_hashed(limit.whom.casefold(), day, key) for day in days for key in keys}
    hashes -= {_key(limit, now)}
    if not hashes:
        return []
    rows = RateLimitCount.objects.filter(scope=limit.scope, key_hash__in=hashes)
    return [time for row in rows for time in _recent(row.times, limit, now)]


def _recent(times: list[float], limit: Limit, now: datetime) -> list[float]:
    return [time for time in times if time + limit.per.total_seconds() > now.timestamp()]


def _key(limit: Limit, now: datetime) -> str:
    return _hashed(limit.whom.casefold(), now.astimezone(UTC).date())


def _hashed(whom: str, day: date, secret: str = "") -> str:
    salt, of_day = "clinic_site.http.rate_limit", day.isoformat()
    key = salted_hmac(salt, of_day, secret=secret or None, algorithm="sha256").digest()
    return hmac.new(key, whom.encode(), hashlib.sha256).hexdigest()


def purge(now: datetime) -> int:
    """Forget everybody who has not been counted for a day; return how many."""
    return RateLimitCount.objects.filter(counted_at__lt=now - timedelta(days=1)).delete()[0]
