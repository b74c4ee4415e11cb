"""How often one sender may do one thing: counted in the database, for all processes together.

No address is stored, of a network or a person: only a keyed hash of it and the day, and the rows
are deleted daily.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from clinic_site.http.models import RateLimitCount


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


def network_hash(address: str, now: datetime) -> str:
    """Return a hash that stands for a network address on the day of `now` (UTC) alone.

    Whoever has one address of the sixth version has the whole network of 2⁶⁴ around it.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return _hashed("", now)
    prefix = 64 if ip.version == 6 else 32
    return _hashed(str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False)), now)


def allow_address(scope: str, address: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    """Count one more, unless `limit` is reached in the stretch `per` that `now` falls in."""
    return _count(scope, network_hash(address, now), limit=limit, per=per, now=now)


def allow_contact(scope: str, contact: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    """Likewise for an email address or a phone number, of which only a hash is stored."""
    return _count(scope, _hashed(contact.casefold(), now), limit=limit, per=per, now=now)


def is_limit_reached(scope: str, whom: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    """Tell, without counting, whether `allow_contact` would say no."""
    row = {"scope": scope, "key_hash": _hashed(whom.casefold(), now), "starts_at": _start(per, now)}
    return RateLimitCount.objects.filter(**row, count__gte=limit).exists()


def _start(per: timedelta, now: datetime) -> datetime:
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=UTC)


def _hashed(whom: str, now: datetime) -> str:
    day = now.astimezone(UTC).date().isoformat()
    key = salted_hmac("clinic_site.http.rate_limit", day, algorithm="sha256").digest()
    return hmac.new(key, whom.encode(), hashlib.sha256).hexdigest()


def _count(scope: str, key_hash: str, *, limit: int, per: timedelta, now: datetime) -> bool:
    row = {"scope": scope, "key_hash": key_hash, "starts_at": _start(per, now)}
    RateLimitCount.objects.bulk_create([RateLimitCount(**row)], ignore_conflicts=True)
    # The count and the comparison in one statement: of many at once no more than `limit` pass.
    return RateLimitCount.objects.filter(**row, count__lt=limit).update(count=F("count") + 1) == 1


def purge(now: datetime) -> int:
    """Forget every count that began more than a day ago; return how many."""
    return RateLimitCount.objects.filter(starts_at__lt=now - timedelta(days=1)).delete()[0]
