"""What was brought before, read and written by the other site's numbers."""

import json
from hashlib import sha256
from typing import Any

from wordpress.models import ImportedItem

Kind = ImportedItem.Kind
LONGEST_ID = 64


def content_digest(said: Any) -> str:
    return sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def as_id(old_id: str) -> str:
    """Return an id that fits the column."""
    return old_id if len(old_id) <= LONGEST_ID else sha256(old_id.encode()).hexdigest()


class Records:
    """The rows of one site. Those of pages, topics, files and people are held in memory."""

    def __init__(self, source: str) -> None:
        self.source = source
        rows = ImportedItem.objects.filter(source=source).exclude(kind=Kind.COMMENT)
        self._rows = {(row.kind, row.old_id): row for row in rows}

    def get(self, kind: Kind, old_id: str) -> ImportedItem | None:
        return self._rows.get((kind, as_id(old_id)))

    def object_id(self, kind: Kind, old_id: str) -> int | None:
        row = self.get(kind, old_id)
        return row.object_id if row else None

    def keep(self, kind: Kind, old_id: str, object_id: int | None, **fields: Any) -> ImportedItem:
        """Note what became of an item; call it in the transaction that brings it."""
        row, _is_new = ImportedItem.objects.update_or_create(
            source=self.source,
            kind=kind,
            old_id=as_id(old_id),
            defaults={"object_id": object_id, **fields},
        )
        self._rows[kind, row.old_id] = row
        return row

    def forget(self, kind: Kind, old_id: str) -> None:
        self._rows.pop((kind, as_id(old_id)), None)
        ImportedItem.objects.filter(source=self.source, kind=kind, old_id=as_id(old_id)).delete()

    def comments(self, old_ids: list[str]) -> dict[str, int | None]:
        """Return the comments here by those of the other site, as far as they were brought."""
        found: dict[str, int | None] = {}
        for at in range(0, len(old_ids), 500):
            rows = ImportedItem.objects.filter(
                source=self.source, kind=Kind.COMMENT, old_id__in=old_ids[at : at + 500]
            )
            found |= dict(rows.values_list("old_id", "object_id"))
        return found

    def keep_comments(self, brought: dict[str, int]) -> None:
        ImportedItem.objects.bulk_create(
            (
                ImportedItem(source=self.source, kind=Kind.COMMENT, old_id=old, object_id=new)
                for old, new in brought.items()
            ),
            batch_size=500,
        )
