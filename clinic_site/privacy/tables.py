"""What an app says of a table with personal data: how its rows are found, handed over and erased.

`clinic_site.data_requests` asks all of them, so whoever says "show me everything" or "delete me"
gets it from every app, and no app knows of another.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from clinic_site.privacy.encryption import CannotDecrypt
from clinic_site.search.words import fold

if TYPE_CHECKING:
    from clinic_site.accounts.models import User

Row = TypeVar("Row")  # of the model, or what a row of it holds of one person
Words = str | Promise
Exported = Mapping[str, Any]  # what it is called -> a text, or a list of the same


class CannotErase(Exception):
    """The row stays. The first argument says in words why, and what to do instead."""


class Sought(NamedTuple):
    """What somebody is looked for by. A row is found by any of it."""

    emails: frozenset[str] = frozenset()  # casefolded
    phones: frozenset[str] = frozenset()  # E.164
    name: str = ""  # as it was typed


class RowSummary(NamedTuple):
    """What tells the rows of several people apart who share a phone."""

    title: str
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # E.164

    @property
    def has_contact(self) -> bool:
        return bool(self.emails or self.phones)


class PersonalDataTable(Generic[Row]):
    """The rows of one table, each of which belongs to somebody, with all that hangs on it."""

    title: Words
    model: type[models.Model]

    def find(self, sought: Sought) -> Iterable[Row]:
        """Return the rows that have an email, a phone or the name of `sought`.

        Every row is read. A table that grows with the years has a way of its own, by an index.
        """
        return [row for row in self.rows() if self._is_meant(row, sought)]

    def _is_meant(self, row: Row, sought: Sought) -> bool:
        try:
            return matches(self.summary(row), sought)
        except CannotDecrypt:  # nobody can tell, and everybody else goes on
            return False

    def summary(self, row: Row) -> RowSummary:
        raise NotImplementedError

    def export(self, row: Row) -> Exported:
        """Return all that is held of somebody in this row and in what hangs on it."""
        raise NotImplementedError

    def rows(self) -> Iterable[Row]:
        """Return every row that could be somebody's."""
        rows: Any = self.model._default_manager.iterator()
        return rows

    def key(self, row: Row) -> str:
        """Return what names the row in a form: it tells of nobody."""
        return str(getattr(row, "pk", ""))

    def seen_as(self, row: Row) -> Mapping[str, Iterable[int]]:
        """Return the records by which the access log knows the row: numbers, by their table."""
        key = self.key(row)
        return {self.model._meta.label_lower: [int(key)] if key.isdecimal() else []}

    def identity(self, row: Row) -> str:
        """Return a text that this row alone ever has: a key alone is given again after a restore.

        It is kept as a keyed hash, so that the row is erased again if a backup brings
        it back.
        """
        raise NotImplementedError

    def erase(self, row: Row, *, by: "User | None") -> None:
        """Erase the row and what hangs on it by the app's own action, in a transaction.

        One that is gone already is no error. Raises CannotErase.
        """
        raise NotImplementedError

    def __str__(self) -> str:
        return str(self.title)


def export_fields(row: models.Model, names: str) -> dict[str, str]:
    """Return the fields of `row` that say anything, by their labels. `names` has spaces between."""
    found: dict[str, str] = {}
    for name in names.split():
        field = row._meta.get_field(name)
        display = getattr(row, f"get_{name}_display", None)
        try:
            words = export_value(display() if display else getattr(row, name))
        except CannotDecrypt:
            words = gettext("can’t be read")
        if words:
            label = str(getattr(field, "verbose_name", name))
            found[label[:1].upper() + label[1:]] = words
    return found


def export_value(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "M j, Y, g:i A")
    if isinstance(value, date):
        return date_format(value, "M j, Y")
    if value is None or value is False:
        return ""
    return "yes" if value is True else str(value)


def matches(summary: RowSummary, sought: Sought) -> bool:
    """Tell whether a row is found that no query can be asked for, since it is encrypted."""
    if sought.emails & {*map(str.casefold, summary.emails)}:
        return True
    if sought.phones & {phone.partition(";")[0] for phone in summary.phones}:
        return True
    words = {*fold(sought.name).split()}
    return bool(words) and any(words <= {*fold(name).split()} for name in summary.names)
