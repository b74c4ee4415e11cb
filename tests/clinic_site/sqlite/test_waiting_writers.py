"""Writers on SQLite wait in line, and give up in time when nobody gets through."""

from threading import Event, Thread

import pytest
from django.db import OperationalError

from clinic_site.sqlite import write_lock
from clinic_site.sqlite.write_lock import BRIEF, PATIENCE, WriteLockQueue


def locked(_seconds: float) -> None:
    raise OperationalError("database is locked")


def test_whoever_comes_after_one_that_waited_in_vain_tries_for_a_moment() -> None:
    waiting, tried = WriteLockQueue(), []
    for begin in (locked, tried.append, tried.append):
        try:
            waiting.pass_through(begin)
        except OperationalError:
            continue
    assert tried == [BRIEF, PATIENCE], "and as long as usual once somebody got through"


def test_nobody_waits_behind_a_thread_that_gets_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_lock, "LOOK_UP", 0.01)
    waiting, is_first, over = WriteLockQueue(), Event(), Event()

    def hold(_seconds: float) -> None:
        is_first.set()
        over.wait()

    first = Thread(target=lambda: waiting.pass_through(hold))
    first.start()
    is_first.wait()
    with pytest.raises(OperationalError):
        waiting.pass_through(lambda seconds: None, patience=0.05)
    over.set()
    first.join()
    waiting.pass_through(lambda seconds: None)
