"""Columns that keep something made of the text in another one, whichever way that is written."""

from typing import Any, TypeVar

from django.db import models, transaction

Model = TypeVar("Model", bound=models.Model)


class KeptColumn(models.Field):
    """Part of a field: it holds what `kept_of` makes of the text in the column `of`.

    `save` and `bulk_create` keep it, and `update` where the QuerySet is a KeptColumnsQuerySet.
    """

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        self.of = of
        fixed: dict[str, Any] = {"editable": False, "blank": True, "default": ""}
        super().__init__(**fixed | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def kept_of(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        kept = self.kept_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, kept)
        return kept


def kept_columns_of(model: type[models.Model]) -> list[KeptColumn]:
    return [field for field in model._meta.fields if isinstance(field, KeptColumn)]


class KeptColumnsQuerySet(models.QuerySet[Model]):
    """Keeps what is made of the columns that it updates."""

    def update(self, **fields: Any) -> int:
        kept = [field for field in kept_columns_of(self.model) if field.of in fields]
        known = [field for field in kept if isinstance(fields[field.of], str)]
        fields |= {field.name: field.kept_of(fields[field.of]) for field in known}
        if len(known) == len(kept):
            return super().update(**fields)
        return self._update_and_read_again(fields)

    def _update_and_read_again(self, fields: dict[str, Any]) -> int:
        """Let the database work texts out, and keep what is made of what has come of it."""
        keys = list(self.values_list("pk", flat=True))
        names = [field.name for field in kept_columns_of(self.model)]
        with transaction.atomic(using=self.db):
            updated = super().update(**fields)
            for row in self.model._default_manager.using(self.db).filter(pk__in=keys):
                row.save(update_fields=names)
        return updated
