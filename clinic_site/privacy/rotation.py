"""What an old key has encrypted is encrypted again with the first one, while the site runs.

A few rows at a time, each with all that is made of it, in one transaction: whatever kills it leaves
every row under one key or the other, and the next run does the rest.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, Count, F, Model, Q
from django.db.models.functions import Substr

from clinic_site.privacy.encryption import BlindIndexField, Damaged, EncryptedTextField
from clinic_site.privacy.keys import ID_LENGTH, encryption_keys, first_key
from clinic_site.privacy.models import KeyCheck

AT_ONCE = 200  # rows in one transaction, so that nobody waits long for their locks


class StillInUse(Exception):
    """A process still encrypts with another key. The argument names its id."""


class DamagedRows(Exception):
    """Rows were left as they are, since no key reads them. The argument names them."""


Rewrite = Callable[[Any], None]
_rewritten: dict[type[Model], Rewrite] = {}


def register_keyed_rows(model: type[Model], rewrite: Rewrite) -> None:
    """Have `rewrite` make anew what is kept of a row in other tables by keyed hashes.

    It is called in the transaction that encrypts the row again.
    """
    _rewritten[model] = rewrite


def encrypted_models() -> Iterator[type[Model]]:
    """Yield each table of any app that holds encrypted text."""
    return (model for model in apps.get_models() if encrypted_fields(model))


def encrypted_fields(model: type[Model]) -> list[EncryptedTextField]:
    return [field for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]


def key_ids_in_use() -> Counter[str]:
    """Return how many texts are under the key of each id."""
    counts: Counter[str] = Counter()
    for model in encrypted_models():
        for field in encrypted_fields(model):
            told = model._base_manager.exclude(Q(**{field.name: ""}) | _is_null(field))
            key_id = Substr(F(field.name), 1, ID_LENGTH, output_field=CharField())
            by_key = told.order_by().values_list(key_id).annotate(Count("pk"))
            counts.update(dict(by_key))
    return counts


def unknown_key_ids() -> set[str]:
    """Return the ids of keys that ENCRYPTION_KEYS has not, and that texts are under."""
    return {*key_ids_in_use()} - {*encryption_keys()}


def encrypt_again(model: type[Model]) -> int:
    """Encrypt with the first key what another one has encrypted; return how many rows.

    From the first row to the last, again and again until none is found that was written meanwhile.
    Raises DamagedRows at the end if rows were damaged.
    """
    done, damaged = 0, set[Any]()
    while count := _encrypt_all(model, damaged):
        done += count
    if damaged:
        raise DamagedRows(", ".join(f"{model._meta.label} {pk}" for pk in sorted(damaged)))
    return done


def _encrypt_all(model: type[Model], damaged: set[Any]) -> int:
    """Go through the table once; add to `damaged` whatever nobody can read."""
    done, last = 0, None
    while keys := _encrypt_some(model, last, damaged):
        last = keys[-1]
        done += len({*keys} - damaged)
    return done


def forget_unused_keys() -> list[str]:
    """Forget the keys that nothing is under; return the ids of those that are needed no more.

    Raises StillInUse if somebody has written under another than the first.
    """
    first = first_key().id
    if written := {*key_ids_in_use()} - {first}:
        raise StillInUse(", ".join(sorted(written)))
    KeyCheck.objects.exclude(key_id=first).delete()
    return [key_id for key_id in encryption_keys() if key_id != first]


@transaction.atomic
def _encrypt_some(model: type[Model], last: Any, damaged: set[Any]) -> list[Any]:
    """Write some rows after `last` anew as they are now: what was deleted or changed stays so.

    Returns the keys of those that were found.
    """
    fields = encrypted_fields(model)
    stale = reduce(or_, map(_is_under_another_key, fields))
    after = Q() if last is None else Q(pk__gt=last)
    found = model._base_manager.filter(stale, after).select_for_update().order_by("pk")
    keys = list(found.values_list("pk", flat=True)[:AT_ONCE])
    _write_anew(model, fields, _readable(model, keys, damaged))
    return keys


def _readable(model: type[Model], keys: list[Any], damaged: set[Any]) -> list[Any]:
    """Return those rows; without what is damaged if that is among them."""
    found = list(model._base_manager.filter(pk__in=keys).order_by("pk"))
    damaged.update(row.pk for row in found if _is_damaged(row))
    return [row for row in found if row.pk not in damaged]


def _is_damaged(row: Model) -> bool:
    texts = (field.as_read(row) for field in encrypted_fields(type(row)))
    return any(isinstance(text, Damaged) for text in texts)


def _write_anew(model: type[Model], fields: list[EncryptedTextField], rows: list[Any]) -> None:
    names = [field.name for field in fields]
    kept = [
        field
        for field in model._meta.local_fields
        if isinstance(field, BlindIndexField) and field.of in names
    ]
    for row in rows:
        for field in kept:
            setattr(row, field.attname, field.kept_of(getattr(row, field.of)))
    if rows:
        model._base_manager.bulk_update(rows, [*names, *(field.name for field in kept)])
    if rewrite := _rewritten.get(model):
        for row in rows:
            rewrite(row)


def _is_under_another_key(field: EncryptedTextField) -> Q:
    under_first = Q(**{f"{field.name}__under_key": first_key().id})
    return ~Q(**{field.name: ""}) & ~under_first & ~_is_null(field)


def _is_null(field: EncryptedTextField) -> Q:
    return Q(**{f"{field.name}__isnull": True})
