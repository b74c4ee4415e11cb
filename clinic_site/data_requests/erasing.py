"""Erasing what was chosen, by the apps' own actions; remembered, and done again after a restore.

A backup brings erased rows back. Each is remembered as a keyed hash, in the database and in a file
beside it, which outlives a database that is replaced: `manage.py person reapply`.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from clinic_site.accounts.models import User
from clinic_site.data_requests.finding import Finding, read_text
from clinic_site.data_requests.models import DataRequestDraft, Erasure
from clinic_site.privacy.encryption import CannotDecrypt, blind_index, blind_indexes
from clinic_site.privacy.register import personal_data_tables
from clinic_site.privacy.tables import CannotErase, PersonalDataTable, matches
from clinic_site.sqlite.wal import checkpoint_wal

logger = logging.getLogger(__name__)

FILE_NAME = "erasures.txt"


@dataclass
class Outcome:
    erased: int = 0
    kept: list[tuple[Finding, str]] = field(default_factory=list)  # and why


def erase_findings(findings: Iterable[Finding], *, by: User | None) -> Outcome:
    """Erase each row by its app's own action; what cannot be erased stays, and says why.

    Each is a transaction of its own, so that nothing waits for all of them.
    """
    outcome, findings = Outcome(), list(findings)
    for finding in findings:
        try:
            _erase(finding.table, finding.row, by=by)
            outcome.erased += 1
        except CannotErase as why:
            outcome.kept.append((finding, str(why.args[0])))
    if by is not None:
        log(by, "data_requests.erase", user=by, data={"records": outcome.erased})
    logger.info("data request: %d records erased, %d kept", outcome.erased, len(outcome.kept))
    _end_searches(findings)
    _empty_caches()
    checkpoint_wal()
    return outcome


def _end_searches(findings: list[Finding]) -> None:
    """Delete the searches under way, whoever’s they are, that look for the same person."""
    for draft in DataRequestDraft.objects.all():
        with suppress(CannotDecrypt):  # a damaged one finds nobody, and ends by itself
            sought = read_text(draft.content["text"]).sought
            if any(matches(finding.summary, sought) for finding in findings):
                draft.delete()


def delete_ended_searches(now: datetime) -> None:
    DataRequestDraft.objects.ended(now).delete()


def _empty_caches() -> None:
    """Pages that are no longer shown stay in memory until others take their place."""
    for cache in map(caches.__getitem__, settings.CACHES):
        cache.clear()


def reapply_erasures() -> int:
    """Erase again what a restored backup has brought back; return how many rows."""
    remembered = {*Erasure.objects.values_list("row_hash", flat=True), *_hashes_on_file()}
    again = 0
    for table in personal_data_tables() if remembered else ():
        for row in table.rows():
            if remembered.isdisjoint(blind_indexes(_identity(table, row))):
                continue
            try:
                _erase(table, row, by=None)
                again += 1
            except CannotErase:
                name = f"{table.model._meta.label} {table.key(row)}"
                logger.warning("%s could not be erased again", name)
    checkpoint_wal()
    return again


@transaction.atomic
def _erase(table: PersonalDataTable[Any], row: Any, *, by: User | None) -> None:
    row_hash = blind_index(_identity(table, row))
    table.erase(row, by=by)
    Erasure.objects.update_or_create(row_hash=row_hash, defaults={"erased_at": timezone.now()})
    transaction.on_commit(partial(_note_on_file, row_hash))


def _identity(table: PersonalDataTable[Any], row: Any) -> str:
    return f"{table.model._meta.label} {table.identity(row)}"


def erasures_file() -> Path:
    return Path(settings.VAR_DIR) / FILE_NAME


def _note_on_file(row_hash: str) -> None:
    with erasures_file().open("a") as file:
        file.write(f"{row_hash}\n")


def _hashes_on_file() -> set[str]:
    file = erasures_file()
    return {*file.read_text().split()} if file.exists() else set()
