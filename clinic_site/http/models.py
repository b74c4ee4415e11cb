from django.db import models


class RateLimitCount(models.Model):
    """How often one sender did one thing in one stretch of time. Deleted every day.

    They are known by a keyed hash with the day in it: no network address is kept, and nobody
    can be followed from one day to the next.
    """

    scope = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    starts_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key_hash", "starts_at"], name="rate_limit_counted_in_one_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"
