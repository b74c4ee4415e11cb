"""Every test, on every database and browser that this machine has. `make test` runs this.

With `TEST_EVERYTHING=1` a missing PostgreSQL or browser is a failure, not an omission.
"""

import os
import subprocess
import sys

from tests.browser.chromium import find_chromium

PYTEST = [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]]
# In the order of collection: tests that empty the database come last.
IN_PARALLEL = ["-n", "auto", "--dist", "load", "-m", "not browser"]


def run(title: str, arguments: list[str], **environment: str) -> bool:
    print(f"\n== {title}", flush=True)  # noqa: T201
    done = subprocess.run(PYTEST + arguments, env=os.environ | environment, check=False)
    return done.returncode == 0


def main() -> int:
    passed = [run("SQLite", IN_PARALLEL)]
    left_out = []

    if postgres := os.environ.get("TEST_POSTGRES_URL"):
        passed.append(run("PostgreSQL", IN_PARALLEL, TEST_DATABASE_URL=postgres))
    else:
        left_out.append("PostgreSQL: TEST_POSTGRES_URL names no server.")

    if chromium := find_chromium():
        passed.append(run(f"Browser ({chromium})", ["-m", "browser"]))
    else:
        left_out.append("Browser: there is no chromium here, and CHROMIUM names none.")

    for what in left_out:
        print(f"\n== Left out. {what}", file=sys.stderr)  # noqa: T201
    complete = not left_out or "TEST_EVERYTHING" not in os.environ
    return 0 if all(passed) and complete else 1


sys.exit(main())
