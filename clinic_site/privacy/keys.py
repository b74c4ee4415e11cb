"""The keys of `ENCRYPTION_KEYS`: the first encrypts, all decrypt. Each has an id that rows name.

A key is made from any long text. What encrypts and what indexes are made from it apart, so that
neither tells anything of the other, nor the id of both.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

ID_LENGTH = 8  # hex digits


class EncryptionKey(NamedTuple):
    id: str
    cipher: AESGCM
    index_secret: bytes


def encryption_keys() -> dict[str, EncryptionKey]:
    """Return the keys by their ids, the one that encrypts first."""
    return _keys_of(tuple(settings.ENCRYPTION_KEYS))


def first_key() -> EncryptionKey:
    return next(iter(encryption_keys().values()))


@lru_cache(maxsize=8)
def _keys_of(secrets: tuple[str, ...]) -> dict[str, EncryptionKey]:
    keys = [
        EncryptionKey(
            _derive(secret, "key id").hex()[:ID_LENGTH],
            AESGCM(_derive(secret, "encryption")),
            _derive(secret, "blind index"),
        )
        for secret in secrets
    ]
    return {key.id: key for key in keys}


def _derive(secret: str, purpose: str) -> bytes:
    """Return 32 bytes for one purpose; those for another purpose cannot be told from them."""
    return hmac.new(secret.encode(), f"clinic_site {purpose}".encode(), hashlib.sha256).digest()
