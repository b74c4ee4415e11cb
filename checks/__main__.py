"""`python -m checks` finds violations; `python -m checks --shrink` drops those that have gone."""

import sys

from checks import circles, doubled_names, file_length, package_size
from checks.known import compare, read_known, shrink

CHECKS = (circles, package_size, doubled_names, file_length)


def main() -> int:
    found = [line for check in CHECKS for line in check.violations()]
    new, gone = compare(found, read_known())
    if gone and "--shrink" in sys.argv:
        shrink(gone)
        gone = []
    for line in new:
        print(line)
    for line in gone:
        print(f"gone, so take it out of checks/known.txt by `python -m checks --shrink`: {line}")
    return 1 if new or gone else 0


sys.exit(main())
