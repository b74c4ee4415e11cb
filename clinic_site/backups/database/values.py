"""Values of rows as JSON can hold them, the same whichever database they are of.

What a column holds goes over as it is: an encrypted text stays encrypted, a damaged one damaged.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field

# What a kind of column, named as Django names its fields, holds in JSON.
PLAIN = {
    *("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"),
    *("SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField"),
    *("PositiveSmallIntegerField", "FloatField", "BooleanField"),
    *("CharField", "TextField", "SlugField", "FileField", "JSONField", "FilePathField"),
    *("GenericIPAddressField",),
}
TO_JSON: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": lambda value: value.astimezone(UTC).isoformat(),
    "DateField": date.isoformat,
    "TimeField": time.isoformat,
    "DecimalField": str,
    "UUIDField": str,
}
FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
}


def column_kind(field: "Field[Any, Any]") -> str:
    """Return the kind of a column; of a foreign key, that of what it points at."""
    while field.remote_field and hasattr(field, "target_field"):
        field = field.target_field
    kind = field.get_internal_type()
    if kind not in PLAIN and kind not in TO_JSON:
        raise TypeError(f"clinic_site.backups knows no column of the kind {kind} ({field})")
    return kind


def reader(field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """Return what makes JSON of what a cursor gives for a column."""
    column = field.get_col(field.model._meta.db_table)
    converters = connection.ops.get_db_converters(column)
    to_json = TO_JSON.get(column_kind(field))

    def read(value: Any) -> Any:
        if value is None:
            return None
        for convert in converters:
            value = convert(value, column, connection)
        return to_json(value) if to_json else value

    return read


def writer(kind: str, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """Return what makes of JSON what a cursor takes for a column of that kind."""
    from_json = FROM_JSON.get(kind)
    ops = connection.ops
    adapt: Callable[[Any], Any] | None = {
        "DateTimeField": ops.adapt_datetimefield_value,
        "DateField": ops.adapt_datefield_value,
        "TimeField": ops.adapt_timefield_value,
        "DecimalField": ops.adapt_decimalfield_value,
        "UUIDField": str if connection.features.has_native_uuid_field else _hex,
    }.get(kind)

    def write(value: Any) -> Any:
        if value is None or from_json is None:
            return value
        value = from_json(value)
        return adapt(value) if adapt else value

    return write


def _hex(value: UUID) -> str:
    return value.hex
