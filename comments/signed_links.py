"""Links in emails that carry no address: signed numbers."""

from datetime import timedelta

from django.core import signing

from clinic_site.privacy.kept_secrets import kept_secret

CONFIRM_WITHIN = timedelta(days=7)
LINK_LASTS = timedelta(days=90)


def confirmation(commenter_id: int) -> str:
    return signing.TimestampSigner(salt="comments.confirm").sign(str(commenter_id))


def confirmed_id(token: str) -> int | None:
    """Return the commenter's id, or None if the token is not ours or too old."""
    try:
        signer = signing.TimestampSigner(salt="comments.confirm")
        return int(signer.unsign(token, max_age=CONFIRM_WITHIN))
    except (signing.BadSignature, ValueError):
        return None


def unsubscription(commenter_id: int) -> str:
    return _unsubscribe_signer().sign(str(commenter_id))


def unsubscribed_id(token: str) -> int | None:
    """Return the commenter's id, or None if the token is not ours. It never grows old."""
    try:
        return int(_unsubscribe_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def _unsubscribe_signer() -> signing.Signer:
    """Emails are kept for years, and whoever wants no more must get through whatever SECRET_KEY."""
    return signing.Signer(key=kept_secret("comments.unsubscribe"), salt="comments.unsubscribe")
