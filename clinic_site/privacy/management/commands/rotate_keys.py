from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model

from clinic_site.privacy.encryption import EncryptedTextField


class Command(BaseCommand):
    help = "Encrypts everything that is encrypted again, with the first of ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, fields in encrypted_models():
            keys = model._base_manager.values_list("pk", flat=True).iterator(chunk_size=500)
            count = sum(encrypt_again(model, fields, pk) for pk in keys)
            name = model._meta.verbose_name_plural
            self.stdout.write(f"{name}: {count} are encrypted with the first key.")


def encrypted_models() -> Iterator[tuple[type[Model], list[EncryptedTextField]]]:
    """Yield each table of any app that holds encrypted text, with the fields that do."""
    for model in apps.get_models():
        fields = [f for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        if fields:
            yield model, fields


@transaction.atomic
def encrypt_again(model: type[Model], fields: list[EncryptedTextField], pk: Any) -> int:
    """Write one row anew as it is now: what was deleted or changed meanwhile stays so."""
    row = model._base_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        return 0
    values = {field.name: getattr(row, field.name) for field in fields}
    indexes = {
        field.index: field.index_of(values[field.name])
        for field in fields
        if field.index and values[field.name] is not None
    }
    return model._base_manager.filter(pk=pk).update(**values, **indexes)
