"""`python -m checks` finds violations; `python -m checks --shrink` drops those that have gone."""

import sys

from checks import duplicate_names, file_length, import_cycles, package_size, words
from checks.baseline import compare, read_baseline, shrink

CHECKS = (import_cycles, package_size, duplicate_names, file_length, words)


def main() -> int:
    found = [line for check in CHECKS for line in check.violations()]
    new, gone = compare(found, read_baseline())
    spelled = words.exceptions_to_drop()
    if "--shrink" in sys.argv:
        shrink(gone)
        shrink(spelled, words.EXCEPTIONS)
        gone = spelled = []
    for line in new:
        print(line)
    for file, lines in (("baseline.txt", gone), ("words_exceptions.txt", spelled)):
        for line in lines:
            print(f"gone, so drop it from checks/{file} by `python -m checks --shrink`: {line}")
    return 1 if new or gone or spelled else 0


sys.exit(main())
