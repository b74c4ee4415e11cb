"""What is no look but belongs to the same log: sign-ins, accounts, roles, settings."""

from django.db.models import Model

from clinic_site.access_log.looks import current_looks
from clinic_site.access_log.models import AccessLine

MOST = 250


def record_access_event(
    kind: AccessLine.Kind,
    *,
    account: int | None = None,
    about: Model | None = None,
    details: str = "",
) -> None:
    """Write a line about something that happens, in the transaction of it.

    Without an `account` it is whoever is signed in. `details` are names of fields and roles.
    """
    looks = current_looks()
    if account is None and looks:
        account = looks.account
    AccessLine.objects.create(
        kind=kind,
        account=account,
        via=looks.via if looks else "",
        table=about._meta.label_lower if about else "",
        record=about.pk if about else None,
        details=details if len(details) <= MOST else f"{details[: MOST - 1]}…",
    )
