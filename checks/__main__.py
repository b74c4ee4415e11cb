"""`python -m checks` finds violations; `python -m checks --shrink` drops those that have gone."""

import sys

from checks import circles, doubled_names, file_length, package_size, words
from checks.known import compare, read_known, shrink

CHECKS = (circles, package_size, doubled_names, file_length, words)


def main() -> int:
    found = [line for check in CHECKS for line in check.violations()]
    new, gone = compare(found, read_known())
    spelled = words.exceptions_to_drop()
    if "--shrink" in sys.argv:
        shrink(gone)
        shrink(spelled, words.EXCEPTIONS)
        gone = spelled = []
    for line in new:
        print(line)
    for file, lines in (("known.txt", gone), ("words_exceptions.txt", spelled)):
        for line in lines:
            print(f"gone, so drop it from checks/{file} by `python -m checks --shrink`: {line}")
    return 1 if new or gone or spelled else 0


sys.exit(main())
