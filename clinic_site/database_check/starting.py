"""Why a program must not start on this database: site and worker ask before anything else."""

from collections.abc import Callable

from django.db import DatabaseError, connection

_reasons: list[Callable[[], str]] = []


def refuse_to_start_if(reason: Callable[[], str]) -> None:
    """Add to what is asked: `reason` says in words why not, and what to do, or nothing."""
    if reason not in _reasons:
        _reasons.append(reason)


def reason_not_to_start() -> str:
    """What to tell whoever starts a program on the database; empty if it may start.

    A database that does not answer may do so later, so it is no reason.
    """
    was_open = connection.connection is not None
    try:
        return next(filter(None, (reason() for reason in _reasons)), "")
    except DatabaseError:
        return ""
    finally:
        if not was_open:  # no process that is forked from here shares a connection
            connection.close()
