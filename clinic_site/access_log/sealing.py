"""Closing lines in batches, each chained to the one before, so that no line goes or changes unseen.

Whoever looks waits for none of it: a line is written without a seal, and the worker closes what
has gathered. A seal is given by name, so that a line that arrives late is in the next one.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from clinic_site.access_log.models import AccessLine, AccessSeal

AT_ONCE = 500  # lines of a seal at most
BEGINNING = "0" * 64  # what the first seal is chained to
COLUMNS = ("id", "at", "kind", "account", "via", "table", "record", "details", "renewed_in")


def seal_lines(now: datetime) -> int:
    """Close what has gathered; return how many lines. A periodic job.

    Of two workers at once, one is refused: by the number that both would give, or by the lines
    that the other has taken. It tries again a minute later.
    """
    sealed = 0
    while count := _seal_some(now):
        sealed += count
    return sealed


class TakenMeanwhile(Exception):
    """Another worker has given these lines its seal."""


@transaction.atomic
def _seal_some(now: datetime) -> int:
    lines = list(AccessLine.objects.unsealed()[:AT_ONCE])
    if not lines:
        return 0
    last = AccessSeal.objects.order_by("number").defer("proof").last()
    seal = AccessSeal(
        number=last.number + 1 if last else 1,
        made_at=now,
        count=len(lines),
        first_at=min(line.at for line in lines),
        last_at=max(line.at for line in lines),
        lines_hash=hash_of_lines(lines),
    )
    seal.chain_hash = chain_hash_of(seal, last.chain_hash if last else BEGINNING)
    seal.proof = proof_of(seal)
    seal.save(force_insert=True)
    taken = AccessLine.objects.filter(pk__in=[line.pk for line in lines]).take_into(seal)
    if taken != len(lines):  # a seal of lines that are not in it would stand for ever
        raise TakenMeanwhile(f"seal {seal.number}: {taken} of {len(lines)} lines")
    return taken


def end_lines(before: datetime, at_once: int) -> int:
    """Delete the lines of whole seals that were made before; return how many. See retention.

    The oldest seals first, and none but these, so that what is left is a chain without gaps.
    The seals stay.
    """
    ended = 0
    kept = AccessSeal.objects.filter(ended_before=None).order_by("number").defer("proof")
    for seal in kept[:at_once]:
        if seal.last_at >= before or ended >= at_once:
            break
        ended += AccessLine.objects.end_with(seal)
        seal.ended_before = before
        seal.proof = proof_of(seal)
        seal.save(update_fields=["ended_before", "proof"])
    return ended


def hash_of_lines(lines: Iterable[AccessLine]) -> str:
    told = hashlib.sha256()
    for line in lines:
        told.update(json.dumps(line_as_json(line)).encode() + b"\n")
    return told.hexdigest()


def chain_hash_of(seal: AccessSeal, before: str) -> str:
    """Return what stands for a seal and all before it."""
    told = [before, seal.number, seal.count, seal.lines_hash]
    times = [_instant(at) for at in (seal.made_at, seal.first_at, seal.last_at)]
    return hashlib.sha256(json.dumps([*told, *times]).encode()).hexdigest()


def proof_of(seal: AccessSeal) -> str:
    """Return what is kept encrypted: only whoever has the keys can write it."""
    return f"{seal.number} {seal.chain_hash} {_instant(seal.ended_before)}"


def line_as_json(line: AccessLine) -> dict[str, Any]:
    """Return a line as it is hashed and handed over: its columns in their order, times in UTC."""
    told = {name: getattr(line, name) for name in COLUMNS}
    return told | {name: _instant(told[name]) for name in ("at", "renewed_in")}


def seal_as_json(seal: AccessSeal) -> dict[str, Any]:
    return {
        "seal": seal.number,
        "made_at": _instant(seal.made_at),
        "count": seal.count,
        "lines_hash": seal.lines_hash,
        "chain_hash": seal.chain_hash,
    }


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""
