"""The lines in words: who, what, which record. As many queries for fifty lines as for one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from clinic_site.access_log.models import AccessLine, AccessLineQuerySet
from clinic_site.access_log.screens import screen_title
from clinic_site.accounts.models import User

Kind = AccessLine.Kind
OF_A_SCREEN = (Kind.LOOK, Kind.EXPORT, Kind.REFUSED)
RecordKey = tuple[str, int]


class Subject(NamedTuple):
    """What a line is about, in words."""

    words: str
    url: str = ""


class ReadLine(NamedTuple):
    at: datetime
    who: str
    what: str
    where: str
    about: Subject
    details: str


def on_one_day(lines: AccessLineQuerySet, day: date) -> AccessLineQuerySet:
    """Those of a day, by the site's clock."""
    begins, ends = (
        datetime.combine(each, time(), timezone.get_default_timezone())
        for each in (day, day + timedelta(days=1))
    )
    return lines.filter(at__gte=begins, at__lt=ends)


def read_lines(
    lines: Collection[AccessLine], subjects: Mapping[RecordKey, Subject]
) -> list[ReadLine]:
    """Put lines into words. `subjects` says what those records are called that have a page."""
    people = _names(User, (line.account for line in lines))
    subjects = {**_own_subjects(lines), **subjects}
    return [
        ReadLine(
            line.at,
            _who(line, people),
            str(line.get_kind_display()),
            screen_title(line.via) if line.kind in OF_A_SCREEN else "",
            subjects.get((line.table, line.record or 0)) or _unnamed(line),
            _details(line),
        )
        for line in lines
    ]


def _who(line: AccessLine, people: dict[int, Any]) -> str:
    if line.account is None:
        outside = line.kind in (Kind.SIGN_IN_FAILED, Kind.FEED)
        return gettext("No account of ours") if outside else gettext("The server")
    user = people.get(line.account)
    return user.display_name if user else gettext("Account %(number)d") % {"number": line.account}


def _names(model: type[Model], numbers: Iterable[int | None]) -> dict[int, Any]:
    wanted = {number for number in numbers if number is not None}
    return model._default_manager.in_bulk(wanted) if wanted else {}


def _own_subjects(lines: Collection[AccessLine]) -> dict[RecordKey, Subject]:
    """Accounts and roles, by their names."""
    found: dict[RecordKey, Subject] = {}
    for model in (User, Group):
        label = model._meta.label_lower
        rows = _names(model, (line.record for line in lines if line.table == label))
        for number, row in rows.items():
            name = row.display_name if model is User else str(row)
            url = reverse("wagtailusers_users:edit", args=[number]) if model is User else ""
            found[label, number] = Subject(name, url)
    return found


def _unnamed(line: AccessLine) -> Subject:
    """What is gone, or has no name: the kind and the number."""
    if not line.table:
        return Subject("")
    model = _model_of(line)
    name = str(model._meta.verbose_name) if model else line.table
    number = "" if line.record is None else f" {line.record}"
    return Subject(f"{name[:1].upper()}{name[1:]}{number}")


def _details(line: AccessLine) -> str:
    """The names of fields as forms have them; all else as it is."""
    model = _model_of(line)
    if model is None or line.kind not in (Kind.ACCOUNT, Kind.SETTING):
        return line.details
    return ", ".join(_field(model, name) for name in line.details.split())


def _field(model: type[Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name


def _model_of(line: AccessLine) -> type[Model] | None:
    try:
        return apps.get_model(line.table) if line.table else None
    except (LookupError, ValueError):
        return None
