"""What somebody has typed into a form that is not sent yet, so that the page after a post is a GET.

A draft is one encrypted row that nobody finds without its token, which stands in the address and
nowhere else: the row holds its hash. It ends when the form is sent, or two hours after the last
step, which whoever reads it asks of the clock; a periodic job only tidies up.
"""

import json
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from clinic_site.http.rate_limit import TooManyRequests, allow_address
from clinic_site.privacy.encryption import Damaged, EncryptedTextField
from clinic_site.privacy.secret_links import hash_token, new_token

KEPT_FOR = timedelta(hours=2)
# New ones from one network: many more than people begin, and no flood of rows.
MOST, MOST_PER = 120, timedelta(minutes=10)


class DraftQuerySet(models.QuerySet[Any]):
    def usable(self, now: datetime) -> Self:
        return self.filter(last_step_at__gt=now - KEPT_FOR)

    def ended(self, now: datetime) -> Self:
        return self.filter(last_step_at__lte=now - KEPT_FOR)

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_token(token))

    def first(self) -> Any:
        """Return a draft that can be read: whoever typed a damaged one begins anew."""
        row = super().first()
        is_damaged = row is not None and isinstance(row.__dict__.get("text"), Damaged)
        return None if is_damaged else row

    def begin(self, content: dict[str, Any], *, network_address: str) -> str:
        """Keep `content` in a new draft; return its token. Raises TooManyRequests."""
        now, token = timezone.now(), new_token()
        if not allow_address("drafts", network_address, limit=MOST, per=MOST_PER, now=now):
            raise TooManyRequests
        self.create(token_hash=hash_token(token), text=json.dumps(content), last_step_at=now)
        return token


class Draft(models.Model):
    """What the drafts of every app have."""

    token_hash = models.CharField(max_length=64, unique=True)
    text = EncryptedTextField()  # JSON
    last_step_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.text)
        return content

    def keep(self, content: dict[str, Any]) -> None:
        """Take a step: keep `content` in place of what was typed before, for two hours more.

        A draft that has been sent in the meantime stays gone.
        """
        rows = type(self)._default_manager.filter(pk=self.pk)
        rows.update(text=json.dumps(content), last_step_at=timezone.now())
