"""Whether the log is as it was written: each line in its seal, each seal in the chain."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from clinic_site.access_log.models import AccessLine, AccessSeal
from clinic_site.access_log.sealing import BEGINNING, chain_hash_of, hash_of_lines, proof_of
from clinic_site.privacy.encryption import CannotDecrypt, EncryptedTextField, decrypt

PROOFS = cast(EncryptedTextField, AccessSeal._meta.get_field("proof"))
LATE = timedelta(hours=1)  # by then a worker that runs has sealed everything


def broken_places(
    now: datetime, *, expected: str = "", stood_still: Collection[int] = ()
) -> Iterator[str]:
    """Yield a sentence for each thing that is not as it was written; nothing if all is well.

    `expected` is the chain hash of a seal as the log host has it: without it nobody can tell that
    the newest seals are gone, each with its lines. `stood_still` are the numbers of seals known to
    be late since no worker ran.
    """
    before, number, found = BEGINNING, 0, False
    with_lines = {*_ended_with_lines()}
    for seal in _seals().iterator():
        number += 1
        if seal.number != number:
            yield f"Seal {number} is missing: the next one is {seal.number}."
            number = seal.number
        yield from _broken_in(seal, before)
        if seal.number not in stood_still:
            yield from _late(seal)
        yield from _wrong_lines(seal, with_lines)
        before = seal.chain_hash
        found = found or seal.chain_hash == expected
    if expected and not found:
        yield f"No seal has the hash {expected}: what the log host has is not in this log."
    yield from _unsealed(now)


def _seals() -> QuerySet[Any]:
    """Read proofs as they lie, so that one that was changed stops nothing."""
    seals = AccessSeal.objects.order_by("number").defer("proof")
    return seals.annotate(kept_proof=Cast("proof", TextField()))


def _named(seal: AccessSeal) -> str:
    return f"Seal {seal.number} of {seal.made_at:%Y-%m-%d %H:%M} UTC"


def _broken_in(seal: Any, before: str) -> Iterator[str]:
    if chain_hash_of(seal, before) != seal.chain_hash:
        yield f"{_named(seal)} does not follow the one before it."
    try:
        is_ours = decrypt(seal.kept_proof, place=PROOFS.place) == proof_of(seal)
    except CannotDecrypt:
        is_ours = False
    if not is_ours:
        yield f"{_named(seal)} was not made with a key of this site."


def _late(seal: AccessSeal) -> Iterator[str]:
    """The worker seals whatever it finds, so lines that were put in or sealed anew tell by this."""
    waited = seal.made_at - seal.first_at
    if waited > LATE:
        hours = waited // timedelta(hours=1)
        yield (
            f"{_named(seal)} has lines of {hours} hours before. If no worker "
            f"ran until then, all is well: say --stood-still {seal.number}. If one did, they were "
            "put in, or had another seal before."
        )


def _ended_with_lines() -> QuerySet[Any, int]:
    """Return the numbers of seals whose lines should be gone and are not."""
    lines = AccessLine.objects.filter(seal=OuterRef("pk"))
    ended = AccessSeal.objects.filter(Exists(lines), ended_before__isnull=False)
    return ended.values_list("number", flat=True)


def _wrong_lines(seal: AccessSeal, with_lines: Collection[int]) -> Iterator[str]:
    if seal.ended_before:
        if seal.number in with_lines or seal.last_at >= seal.ended_before:
            yield f"{_named(seal)} says that its lines were kept long enough and deleted: wrong."
        return
    lines = list(AccessLine.objects.filter(seal=seal).order_by("pk"))
    if len(lines) != seal.count:
        yield f"{_named(seal)} has {len(lines)} lines of {seal.count}."
    elif hash_of_lines(lines) != seal.lines_hash:
        which = f"{lines[0].pk} to {lines[-1].pk}" if lines else "and all are gone"
        yield f"{_named(seal)}: a line was changed, {which}."


def _unsealed(now: datetime) -> Iterator[str]:
    waiting = AccessLine.objects.unsealed().filter(at__lt=now - LATE).count()
    if waiting:
        yield f"{waiting} lines wait for a seal for more than an hour: does the worker run?"
