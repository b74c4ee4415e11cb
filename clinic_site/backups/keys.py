"""The keys that backups are encrypted with: `BACKUP_KEYS`, each an identity of age."""

from django.conf import settings
from pyrage import IdentityError
from pyrage.x25519 import Identity

from clinic_site.backups.refusals import BackupError

NO_KEY = (
    "BACKUP_KEYS is not set, and nothing is backed up without encryption. Here is a new key; keep "
    "a copy of it where the backups are not:\n\nBACKUP_KEYS={key}"
)


def make_backup_key() -> str:
    return str(Identity.generate())


def backup_keys() -> list[Identity]:
    """Return the keys: the first encrypts, all decrypt. Raises BackupError if there is none."""
    if not settings.BACKUP_KEYS:
        raise BackupError(NO_KEY.format(key=make_backup_key()))
    return [_identity(text.strip()) for text in settings.BACKUP_KEYS]


def _identity(text: str) -> Identity:
    try:
        return Identity.from_str(text)
    except IdentityError:
        name = f"{text[:20]}…"
        raise BackupError(f"BACKUP_KEYS: {name} is no key, or a letter of it is wrong.") from None


def key_name(key: Identity) -> str:
    """Return the public half, by which a key is told from others; it opens nothing."""
    return str(key.to_public())


def key_names() -> str:
    return ", ".join(map(key_name, backup_keys()))
