from django.db import models


class Attempt(models.Model):
    """How often one sender did one thing in one stretch of time. Purged every day.

    The sender is a keyed hash with the day in it: no network address is kept, and nobody
    can be followed from one day to the next.
    """

    scope = models.CharField(max_length=40)
    sender = models.CharField(max_length=64)
    starts_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "sender", "starts_at"], name="attempt_counted_in_one_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"
