"""Whether ENCRYPTION_KEYS are those that this database was written with.

Of each key that anything may be encrypted with, a row holds one known text that it has encrypted.
A key that opens none of them is told before a patient's details are read, or worse, written. A row
goes when `rotate_keys` has seen that nothing is under its key any more.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage as Message
from django.db import connections, transaction

from clinic_site.privacy.encryption import CannotDecrypt, decrypt, encrypt
from clinic_site.privacy.keys import first_key
from clinic_site.privacy.models import KeyCheck

KNOWN_TEXT = "clinic_site"
_PLACE = "privacy.key_check"
WHAT_TO_DO = (
    "Put that key back, behind the one that is to encrypt. Without ENCRYPTION_KEYS it is the "
    "SECRET_KEY of that time. A key may go once `manage.py rotate_keys` has said that nothing "
    "needs it. See “Keys” in docs/operations.md."
)


def missing_keys(alias: str = "default") -> list[str]:
    """Return the ids of the keys that the database needs and the environment has not."""
    return [row.key_id for row in KeyCheck.objects.using(alias).order_by("pk") if not _opens(row)]


def _opens(row: KeyCheck) -> bool:
    try:
        return decrypt(row.sealed, place=_PLACE) == KNOWN_TEXT
    except CannotDecrypt:
        return False


def wrong_keys() -> str:
    """Say what is wrong with the keys, and what to do; nothing if they are right.

    Whoever starts with the right ones may write with the first: from now on the database needs it.
    """
    if not _has_table("default"):
        return ""  # it is to be migrated first
    if missing := missing_keys():
        return f"{_what_is_wrong(missing)} {WHAT_TO_DO}"
    note_first_key()
    return ""


def note_first_key(alias: str = "default") -> None:
    """Keep that the database needs the key that encrypts."""
    with transaction.atomic(using=alias):
        KeyCheck.objects.using(alias).get_or_create(
            key_id=first_key().id, defaults={"sealed": encrypt(KNOWN_TEXT, place=_PLACE)}
        )


def note_after_migrating(*, using: str, **_kwargs: Any) -> None:
    """An empty database is written with the keys of whoever makes it."""
    if _has_table(using) and not missing_keys(using):
        note_first_key(using)


def check_keys_fit(databases: Sequence[str] | None = None, **_options: Any) -> list[Message]:
    """Run by `migrate` before it looks at anything else, and by `check --database default`."""
    return [
        checks.Error(_what_is_wrong(missing), hint=WHAT_TO_DO, id="clinic_site.E110")
        for alias in databases or ()
        if _has_table(alias) and (missing := missing_keys(alias))
    ]


def check_keys_named(app_configs: Any, **_options: Any) -> list[Message]:
    """Run by `check --deploy`."""
    if settings.ENCRYPTION_KEYS_NAMED:
        return []
    return [
        checks.Warning(
            "ENCRYPTION_KEYS is not set, so what patients tell is encrypted with SECRET_KEY.",
            hint=(
                "Set ENCRYPTION_KEYS to a long random text and the present SECRET_KEY behind it, "
                "restart, and run `manage.py rotate_keys`. See “Keys” in docs/operations.md."
            ),
            id="clinic_site.W111",
        )
    ]


def _has_table(alias: str) -> bool:
    return KeyCheck._meta.db_table in connections[alias].introspection.table_names()


def _what_is_wrong(missing: list[str]) -> str:
    ids = ", ".join(missing)
    return f"ENCRYPTION_KEYS does not hold a key that this database was written with ({ids})."
