"""The personal data that the site holds. Each app says what it holds; the privacy page prints it.

Nothing is held that is not registered here: an app registers its records when it starts.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class PersonalDataRecord:
    """One kind of personal data, in words for the person whom it is about."""

    what: Words
    why: Words
    seen_by: Words
    until: Words


_records: list[PersonalDataRecord] = []


def register_personal_data(*records: PersonalDataRecord) -> None:
    """Add to what the privacy page tells. Registering the same again changes nothing."""
    _records.extend(record for record in records if record not in _records)


def personal_data_records() -> tuple[PersonalDataRecord, ...]:
    """Return what all apps have registered, in the order of the apps."""
    return tuple(_records)
