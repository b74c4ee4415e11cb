"""The words that owners have chosen, change by change: what holds is the last of each part."""

from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import get_language

from clinic_site.accounts.models import User
from clinic_site.clinic.current import read_clinic
from clinic_site.mail.models import EmailWords
from clinic_site.mail.words.checking import will_do
from clinic_site.mail.words.parts import SHARED
from clinic_site.mail.words.registry import EditableEmail

TRIES = 5  # of saving while others save words of the same email


class WordsNow(NamedTuple):
    """An email's words by part, and what they would be without the changes made to it alone."""

    words: dict[str, str]
    originals: dict[str, str]
    last: dict[str, EmailWords]  # change of each part
    number: int  # of the last change of all


class WordsConflict(Exception):
    """Somebody else has meanwhile changed the same parts, which are named. Nothing was saved."""

    def __init__(self, parts: list[str], now: WordsNow) -> None:
        super().__init__(", ".join(parts))
        self.parts, self.now = parts, now


def language_now() -> str:
    """Return the language in which emails are written at the moment."""
    language = get_language() or ""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def current_words(email: EditableEmail) -> WordsNow:
    """Return what `email` says in the present language; asks one query."""
    rows = EmailWords.objects.filter(email__in={email.key, SHARED}, language=language_now())
    own: dict[str, EmailWords] = {}
    shared: dict[str, EmailWords] = {}
    for row in rows.select_related("changed_by").order_by("number"):
        (own if row.email == email.key else shared)[row.part] = row
    originals = {part.name: str(part.original) for part in email.parts}
    originals |= _usable(shared, email)
    number = max((row.number for row in own.values()), default=0)
    return WordsNow(originals | _usable(own, email), originals, own, number)


def _usable(rows: Mapping[str, EmailWords], email: EditableEmail) -> dict[str, str]:
    """Return what `rows` say, but for what `email` has no part or no fact for as things stand."""
    if not rows:
        return {}
    with_day = read_clinic().day_in_subjects
    return {
        part.name: words
        for part in email.parts
        if part.name in rows
        and (words := rows[part.name].words) is not None
        and will_do(words, email, part, day_in_subjects=with_day)
    }


def save_words(
    email: EditableEmail, typed: Mapping[str, str], *, seen: Mapping[str, str], by: User
) -> list[str]:
    """Store the parts that somebody has changed from what they had `seen`; return their names.

    Raises WordsConflict if somebody else has changed one of them to something else.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _save(email, typed, seen, by)
        except IntegrityError:  # at this very moment somebody else has saved
            if not tries_left:
                raise
    raise AssertionError


def _save(
    email: EditableEmail, typed: Mapping[str, str], seen: Mapping[str, str], by: User
) -> list[str]:
    now = current_words(email)
    mine = [name for name in typed if typed[name] not in (seen[name], now.words[name])]
    if others := [name for name in mine if now.words[name] != seen[name]]:
        raise WordsConflict(others, now)
    for number, name in enumerate(mine, start=now.number + 1):
        # As before all changes: then it follows what the code, or all emails, say in future.
        words = None if typed[name] == now.originals[name] else typed[name]
        EmailWords.objects.create(
            email=email.key,
            language=language_now(),
            part=name,
            number=number,
            words=words,
            changed_by=by,
        )
    return mine


def history_of(email: EditableEmail) -> QuerySet[EmailWords]:
    """Return the changes of all that `email` has, in the present language, the newest first."""
    parts = [part.name for part in email.parts]
    rows = EmailWords.objects.filter(email=email.key, language=language_now(), part__in=parts)
    return rows.select_related("changed_by").order_by("-number")


def last_changes() -> dict[str, EmailWords]:
    """Return the last change of each email in the present language, by its key."""
    rows = EmailWords.objects.filter(language=language_now()).select_related("changed_by")
    return {row.email: row for row in rows.order_by("number")}
