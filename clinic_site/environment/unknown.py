"""Names that nobody reads: a letter is wrong, or the variable is of another version."""

import os
from difflib import get_close_matches
from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004

from clinic_site.environment.variables import variables, variables_on_file

# Read by what starts the site, and not by the site: compose, make, Python itself, the tests.
OF_OTHERS = ("CLINIC_", "TEST_", "PYTHON", "PG", "DJANGO_")
ALSO_KNOWN = {"ENV_FILE", "DATABASE_PASSWORD", "PORT"}
AS_GOOD_AS = 0.84  # of difflib; ENCRYPTION_KEY is ENCRYPTION_KEYS, and HOST is nothing


def unknown_names() -> dict[str, str]:
    """Return what is set and read by nobody, each with the name that may be meant, or nothing.

    In the site's own file that is every other name; in the environment, those alone that look
    like one of ours.
    """
    known = {variable.name for variable in variables()} | ALSO_KNOWN
    found: dict[str, str] = {}
    for name in sorted({*os.environ, *variables_on_file()} - known):
        meant = next(iter(get_close_matches(name, known, 1, AS_GOOD_AS)), "")
        if not name.startswith(OF_OTHERS) and (meant or name in variables_on_file()):
            found[name] = meant
    return found


def check_names(app_configs: Any, **_options: Any) -> list[CheckMessage]:
    """Run by `check`, `migrate` and whatever else Django checks before."""
    return [
        Warning(
            f"{name} is set, and this site reads no such variable.",
            hint=f"Is {meant} meant?" if meant else "`manage.py settings` lists those it reads.",
            id="clinic_site.W120",
        )
        for name, meant in unknown_names().items()
    ]
