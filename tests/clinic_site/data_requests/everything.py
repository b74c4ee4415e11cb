"""All that a database and its files hold, as text, to look for somebody's words in it."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from clinic_site.clinic.phone import readable


def spellings(words: str) -> set[str]:
    """How words would look wherever they were left: also folded, hashed, encoded, or as digits."""
    digits = "".join(filter(str.isdecimal, words))
    raw = words.encode()
    found = {words, words.lower(), json.dumps(words)[1:-1]}
    found |= {hashlib.new(kind, raw).hexdigest() for kind in ("md5", "sha1", "sha256")}
    found.add(base64.b64encode(raw).decode().rstrip("=")[:-1])
    if words.startswith("+"):
        found |= {digits, digits[-7:], readable(words)}
    return found


def left_of(canaries: list[str]) -> list[tuple[str, str]]:
    """Return where which of the canaries still are."""
    wanted = {word: canary for canary in canaries for word in spellings(canary)}
    return [
        (place, canary)
        for place, text in everything()
        for word, canary in wanted.items()
        if word in text
    ]


def everything() -> Iterator[tuple[str, str]]:
    yield from ((f"table {name}", text) for name, text in table_rows())
    yield from ((f"decrypted {name}", text) for name, text in _decrypted())
    yield from ((f"file {file}", _text(file)) for file in _files())
    for name in settings.CACHES:
        yield f"cache {name}", str(getattr(caches[name], "_cache", ""))


def table_rows() -> Iterator[tuple[str, str]]:
    """Every row of every table as the database itself has it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            yield table, "\n".join(map(str, cursor.fetchall()))


def _decrypted() -> Iterator[tuple[str, str]]:
    """What whoever has the keys can read: encryption is no erasure."""
    for model in apps.get_models():
        if model._meta.app_label != "django_migration_linter" and model._meta.managed:
            rows: Any = model._base_manager.values()
            text = json.dumps(list(rows), cls=DjangoJSONEncoder, ensure_ascii=False, default=str)
            yield model._meta.label, text


def _files() -> Iterator[Path]:
    yield from (path for path in Path(settings.VAR_DIR).rglob("*") if path.is_file())
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        yield from database.parent.glob(f"{database.name}*")


def _text(file: Path) -> str:
    return file.read_bytes().decode(errors="replace")
