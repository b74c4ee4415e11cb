"""Text that the database keeps without being able to read it.

The keys come from `ENCRYPTION_KEYS`: the first encrypts, all decrypt. To change the key, put
the new one first, restart, run `manage.py rotate_keys`, then take the old one out.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


def _derive(secret: str, purpose: str) -> bytes:
    """Return 32 bytes for one purpose; those for another purpose cannot be told from them."""
    return hmac.new(secret.encode(), f"clinic_site {purpose}".encode(), hashlib.sha256).digest()


def _secrets() -> list[str]:
    return list(settings.ENCRYPTION_KEYS)


def _cipher() -> MultiFernet:
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(_derive(secret, "encryption"))) for secret in _secrets()
    )


def encrypt(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode("ascii")


def decrypt(text: str) -> str:
    """Return what was encrypted. Raises cryptography.fernet.InvalidToken if no key fits."""
    return _cipher().decrypt(text.encode("ascii")).decode()


def blind_index(text: str) -> str:
    """Return 64 hex digits by which equal texts are found without reading any of them."""
    return blind_indexes(text)[0]


def blind_indexes(text: str) -> list[str]:
    """Return the index of `text` by each key, for rows that an older key has made."""
    return [
        hmac.new(_derive(secret, "blind index"), text.encode(), hashlib.sha256).hexdigest()
        for secret in _secrets()
    ]


class EncryptedTextField(models.TextField):
    """Text that is encrypted on its way into the database. Nothing can be searched in it.

    `index` names the field that holds its blind index, if rows are found by it; what the index is
    made of is the text as `normalize` returns it. Neither is a matter of the table.
    """

    def __init__(
        self,
        *args: Any,
        index: str = "",
        normalize: Callable[[str], str] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.index = index
        self.normalize = normalize

    def index_of(self, text: str) -> str:
        """Return the blind index of `text` by the first key."""
        return blind_index(self.normalize(text))

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else encrypt(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return value if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError("Encrypted text cannot be compared; ask its blind index.")
        return super().get_lookup(lookup_name)
