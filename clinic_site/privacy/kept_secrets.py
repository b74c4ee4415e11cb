"""Secrets that the site has made for itself, for what has to stand longer than SECRET_KEY.

They lie encrypted in the database, so `rotate_keys` encrypts them again and they stay as they are.
"""

import secrets

from clinic_site.privacy.models import KeptSecret


def kept_secret(purpose: str) -> str:
    """Return the secret for one purpose, which is made when it is first asked for."""
    made = {"text": secrets.token_urlsafe(32)}
    row, _is_new = KeptSecret.objects.get_or_create(purpose=purpose, defaults=made)
    return row.text
