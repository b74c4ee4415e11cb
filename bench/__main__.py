"""Run every measurement, or those that are named: `python -m bench article lists`."""

import importlib
import os
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

from bench import measurements
from bench.rows import Row, print_table

if TYPE_CHECKING:
    from bench.site import Site


def set_up(var: Path) -> None:
    """Set the site up on an empty database, with everything that it writes in `var`."""
    os.environ |= {
        "ENV_FILE": os.devnull,
        "REQUIRE_SECOND_FACTOR": "false",
        "SECRET_KEY": "for-measuring-only-and-long-enough-for-the-deployment-check",
        "VAR_DIR": str(var),
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{var / 'db.sqlite3'}"),
        "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
    }
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def main(names: list[str]) -> None:
    names = names or sorted(module.name for module in pkgutil.iter_modules(measurements.__path__))
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="clinic-bench-") as var:
        set_up(Path(var))
        from bench.site import Site

        with Site() as site:
            for name in names:
                print(f"measuring: {name} …", file=sys.stderr, flush=True)  # noqa: T201
                for row in _measured(name, site):
                    print(f"  {row.what}: {row.figure}", file=sys.stderr, flush=True)  # noqa: T201
                    rows.append(row)
    print_table(rows)


def _measured(name: str, site: "Site") -> Iterator[Row]:
    """Yield the rows of a measurement. One that cannot go on says why, and loses no other."""
    module = importlib.import_module(f"bench.measurements.{name}")
    try:
        yield from module.measure(site)
    except Exception as error:
        yield Row(f"{name}: not measured further", f"{type(error).__name__}: {error}"[:200])


main(sys.argv[1:])
