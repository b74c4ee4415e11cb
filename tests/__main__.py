"""Every test, on every database and browser that this machine has. `make test` runs this.

SQLite runs all of them. PostgreSQL leaves out what no database changes (`any_database`) and, of
those in a browser, all but `each_database`.

With `TEST_EVERYTHING=1` a missing PostgreSQL or browser is a failure, not an omission.
With `--clocks` every test runs at each of the times that have troubled clinics before, on machines
of different zones; `make test-clocks` runs that.
"""

import os
import subprocess
import sys

from tests.browser.chromium import find_chromium

AT_CLOCKS = "--clocks"
PYTEST = [sys.executable, "-m", "pytest", "-q", *(a for a in sys.argv[1:] if a != AT_CLOCKS)]
# In the order of collection: tests that empty the database come last.
IN_PARALLEL = ["-n", "auto", "--dist", "load", "-m"]
WITHOUT_BROWSER = "not browser"
ON_POSTGRESQL = "not browser and not any_database"
# By the clock of the clinic, which is California's; and by that of the machine.
CLOCKS = {
    "Sunday afternoon": ("2026-11-29T15:30-08:00", "America/Los_Angeles"),
    "Friday, 11 p.m.": ("2026-12-04T23:00-08:00", "UTC"),
    "Monday, 5 a.m.": ("2027-01-11T05:00-08:00", "Asia/Tokyo"),
    "December 31, when it is January in UTC": ("2026-12-31T17:00-08:00", "Europe/Berlin"),
    "February 28, when it is March in UTC": ("2027-02-28T17:00-08:00", "Pacific/Kiritimati"),
    "The last second before clocks go forward": ("2027-03-14T01:59:59-08:00", "Asia/Kolkata"),
    "The last second before clocks go back": ("2026-11-01T01:59:59-07:00", "Pacific/Honolulu"),
}


def run(title: str, arguments: list[str], **environment: str) -> bool:
    print(f"\n== {title}", flush=True)  # noqa: T201
    done = subprocess.run(PYTEST + arguments, env=os.environ | environment, check=False)
    return done.returncode == 0


def main() -> int:
    chromium = find_chromium()
    browser = ["-n", "2", "--dist", "loadfile", "-m", "browser"]
    passed, left_out = [], []

    if AT_CLOCKS in sys.argv:
        for name, (begins, zone) in CLOCKS.items():
            told = {"TEST_CLOCK": begins, "TZ": zone}
            passed.append(run(name, [*IN_PARALLEL, WITHOUT_BROWSER], **told))
            if chromium:
                passed.append(run(f"{name}, browser", browser, **told))
    else:
        passed.append(run("SQLite", [*IN_PARALLEL, WITHOUT_BROWSER]))
        if postgres := os.environ.get("TEST_POSTGRES_URL"):
            chosen = f"({ON_POSTGRESQL}) or each_database" if chromium else ON_POSTGRESQL
            passed.append(run("PostgreSQL", [*IN_PARALLEL, chosen], TEST_DATABASE_URL=postgres))
        else:
            left_out.append("PostgreSQL: TEST_POSTGRES_URL names no server.")
        if chromium:
            passed.append(run(f"Browser ({chromium})", browser))

    if not chromium:
        left_out.append(
            "Browser: there is no Chromium, Chrome or Edge here, and CHROMIUM names none."
        )
    for what in left_out:
        print(f"\n== Left out. {what}", file=sys.stderr)  # noqa: T201
    complete = not left_out or "TEST_EVERYTHING" not in os.environ
    return 0 if all(passed) and complete else 1


sys.exit(main())
