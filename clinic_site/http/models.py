from django.db import models


class RateLimitCount(models.Model):
    """When one sender did one thing, on one day. Deleted a day later.

    They are known by a keyed hash with the day in it: no network address is kept, and nobody
    can be followed from one day to the next.
    """

    scope = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    counted_at = models.DateTimeField(db_index=True)  # the last of them
    times = models.JSONField(default=list)  # seconds since 1970; no more than the limit

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key_hash"], name="rate_limit_counted_in_one_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {len(self.times)}"


class SentForm(models.Model):
    """A form of the admin that came in, and where its answer led to; see `http.sent_once`."""

    key_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(db_index=True)
    led_to = models.TextField(blank=True)  # nothing yet, as long as it is not answered

    def __str__(self) -> str:
        return self.led_to
