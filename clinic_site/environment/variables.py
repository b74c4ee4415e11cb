"""Every variable, read from the one list that there is: `.env.example`, with its comments."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from dotenv import dotenv_values

LINE = re.compile(r"#?([A-Z][A-Z0-9_]*)=(.*)")
SECRET = re.compile(r"KEY|TOKEN|SECRET|DSN|PASSWORD|ALARM_URL")
PASSWORD = re.compile(r"(?<=://)([^:@/]*):[^@/]*(?=@)")

# Where the settings keep the default of a variable under another name.
DEFAULTS = {"MAIL_FROM": "DEFAULT_FROM_EMAIL"}


@dataclass(frozen=True)
class Variable:
    name: str
    meaning: str

    @property
    def value(self) -> str:
        """Return what may be shown: of a secret that it is set, of an address no password."""
        value = os.environ.get(self.name)
        if value is None:
            return _shown(self.name, _default(self.name))
        return _shown(self.name, value)

    @property
    def source(self) -> str:
        if self.name not in os.environ:
            return "default"
        in_file = variables_on_file().get(self.name)
        return str(env_file()) if in_file == os.environ[self.name] else "environment"


def _shown(name: str, value: str) -> str:
    if SECRET.search(name):
        return "set" if value else ""
    return PASSWORD.sub(r"\1:…", value)


def _default(name: str) -> str:
    value: Any = getattr(settings, DEFAULTS.get(name, name), None)
    if value is None or SECRET.search(name):
        return ""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def variables() -> list[Variable]:
    """Return all variables in the order of the list."""
    return list(_listed((Path(settings.BASE_DIR) / ".env.example").read_text()))


def _listed(text: str) -> Iterator[Variable]:
    comment: list[str] = []
    is_open = False
    for line in text.splitlines():
        if match := LINE.fullmatch(line):
            yield Variable(match[1], " ".join(comment))
            is_open = False
        elif line.startswith("#"):
            comment = [*comment, line[1:].strip()] if is_open else [line[1:].strip()]
            is_open = True
        else:
            comment, is_open = [], False


def env_file() -> Path:
    return Path(settings.ENV_FILE)


def variables_on_file() -> Mapping[str, str | None]:
    return dotenv_values(env_file()) if env_file().is_file() else {}
