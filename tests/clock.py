"""The clock of a run of the tests: one beginning, from which it goes on as any clock does.

`TEST_CLOCK` names another beginning than the usual one, for example 2026-12-31T17:00-08:00. Every
process of a run shows the same time: the tests themselves, their parallel workers, and the site
wherever it runs in processes of its own, which are started by

    python -m tests.clock manage.py worker
    python -m tests.clock -m gunicorn clinic_site.wsgi
"""

import os
import runpy
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta

import time_machine

# A Sunday afternoon in California: the clinic is closed, it opens in less than a day, and in UTC
# Monday has begun.
USUAL_BEGINNING = "2027-01-03T16:30-08:00"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # before every clock that the tests know
SHIFT = "TEST_CLOCK_SHIFT"  # seconds between the machine's clock and the run's
RUN = "TEST_RUN"


def beginning() -> datetime:
    begins = datetime.fromisoformat(os.environ.get("TEST_CLOCK") or USUAL_BEGINNING)
    if begins.tzinfo is None:
        raise ValueError("TEST_CLOCK needs an offset, as in 2026-12-31T17:00-08:00")
    return begins


def shift() -> str:
    """Return the run's shift; whoever asks first sets it for all processes that follow."""
    return os.environ.setdefault(SHIFT, shift_to(beginning()))


def shift_to(begins: datetime) -> str:
    """Return the shift for a process whose clock is to begin at a time of its own."""
    real = time_machine.escape_hatch
    now = real.time.time() if real.is_travelling() else time.time()
    return str(begins.timestamp() - now)


def run_name() -> str:
    """A name that all processes of a run share, and no other run."""
    return os.environ.setdefault(RUN, uuid.uuid4().hex[:8])


def start() -> time_machine.travel:
    """Set this process to the run's clock until `stop()` is called on what is returned."""
    # A difference, not a time: the machine's zone stays what it is.
    journey = time_machine.travel(timedelta(seconds=float(shift())), tick=True)
    journey.start()
    time.time()  # it begins to go when it is first looked at
    return journey


def run(program: list[str]) -> None:
    """Run a script or, after `-m`, a module as Python itself would."""
    if program[0] == "-m":
        sys.argv = program[1:]
        runpy.run_module(program[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = program
        runpy.run_path(program[0], run_name="__main__")


if __name__ == "__main__":
    start()
    run(sys.argv[1:])
