"""Secret links: addresses that open one thing for whoever has them.

The token of a link is in the email, or on the screen, that hands it over and nowhere else. What
is kept is its hash, so that nobody who reads the database can open anything.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is kept of a token: it is random and long, so a plain SHA-256 will do.

    Whatever somebody types into an address has a hash, half a character (a surrogate) too.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class SecretLinkQuerySet(models.QuerySet[Any]):
    def usable(self, now: datetime) -> Self:
        """Those that are neither revoked nor expired."""
        lasts = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        return self.filter(lasts).unrevoked(now)

    def unrevoked(self, now: datetime) -> Self:
        return self.filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=now))

    def spent(self, now: datetime) -> Self:
        """Those that open nothing any more."""
        return self.filter(Q(expires_at__lte=now) | Q(revoked_at__lte=now))

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_token(token))

    def issue(self, **fields: Any) -> str:
        """Make a link with these fields; return its token.

        Call it in the transaction of the email that carries it.
        """
        token = new_token()
        self.create(token_hash=hash_token(token), **fields)
        return token

    def revoke(self, *, after: timedelta = timedelta(0)) -> int:
        """Have those open nothing from now on, or from `after` on; return how many did."""
        now = timezone.now()
        return self.unrevoked(now).update(revoked_at=now + after)

    def restore(self, *, since: datetime) -> int:
        """Have those open again what they opened before, that were revoked `since` then."""
        return self.filter(revoked_at__gte=since).update(revoked_at=None)

    def rotate(self, *, after: timedelta = timedelta(0), **fields: Any) -> str:
        """Make a link in place of all of those, which work until `after`; return its token."""
        self.revoke(after=after)
        return self.issue(**fields)


class SecretLink(models.Model):
    """What every kind of secret link has; its class adds what it opens."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, db_index=True)  # without: only when it is revoked
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = SecretLinkQuerySet.as_manager()

    class Meta:
        abstract = True
