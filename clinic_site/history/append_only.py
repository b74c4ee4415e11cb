"""Lines of history: written once, never changed, gone only with what they are about."""

from typing import Any, Never

from django.db import models


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses to change or delete rows. Raises TypeError.

    What a foreign key says of deletion still holds: Django's own cascades do not come by here.
    """

    def update(self, **kwargs: Any) -> Never:
        raise TypeError("history is only ever added to")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("history is only ever added to")

    def delete(self) -> Never:
        raise TypeError("history goes with what it is about")


class AppendOnlyModel(models.Model):
    """The base of event rows. Saving one again, or deleting it, raises TypeError."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("history is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("history goes with what it is about")
