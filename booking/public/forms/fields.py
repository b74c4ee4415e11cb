"""Fields that only booking has."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from booking.public.class_timetable import ClassTimetable
from booking.public.timetable import Timetable

INSTANT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\dZ", re.ASCII)


class RadioSelectWithMore(forms.RadioSelect):
    """Radio buttons that say more below their labels: by `more`, in lines, of a choice's value."""

    def __init__(self, *, more: Callable[[Any], list[str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.more = more

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        return option | {"more": self.more(value)}


class InstantField(forms.Field):
    """A time in UTC to the minute: there is none that a night skips, or has twice.

    It is shown as the buttons of its `timetable`.
    """

    timetable: Timetable | ClassTimetable | None = None
    here = ""  # the address that shows another week
    default_error_messages = {"instant": _("Please choose one of these times.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(template_name="booking/includes/times.html", **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if time := read_instant(value):
            return time
        raise ValidationError(self.error_messages["instant"], code="instant")


def read_instant(text: str) -> datetime | None:
    """Read a time as the forms send it: in UTC, to the minute."""
    if not INSTANT.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
