"""A PostgreSQL that takes what it is asked and never answers holds nobody up for long.

Nobody else ends that: its machine still confirms what is sent, so no limit of TCP is met, and a
limit of its own would be for it to keep. So whoever waits for it here gives up in time, which
closes the connection; the page says that the database does not answer.
"""

import select
import time
from typing import Any

from psycopg2 import OperationalError, extensions

CONNECTING = 3.0  # seconds
ANSWERING = 10.0  # seconds without a sign
# Once it was silent, others do not wait that long again for a while.
BRIEF = 1.0  # seconds
SILENCE = 5.0  # seconds; then somebody waits in full once more, since it may only be slow

_silent_until = 0.0


def give_up_on_silence() -> None:
    """Have every connection of this process wait by `wait_for_answer`."""
    extensions.set_wait_callback(wait_for_answer)


def wait_for_answer(connection: Any) -> None:
    """Wait until `connection` has what it waits for; raise if nothing comes."""
    global _silent_until
    patience = CONNECTING if connection.status == extensions.STATUS_SETUP else ANSWERING
    is_brief = time.monotonic() < _silent_until
    while (wanted := connection.poll()) != extensions.POLL_OK:
        if not _is_ready(connection, wanted, BRIEF if is_brief else patience):
            if not is_brief:
                _silent_until = time.monotonic() + SILENCE
            raise OperationalError("the database does not answer")
    if is_brief:  # it speaks again: whoever asks next may have something long to ask
        _silent_until = 0.0


def _is_ready(connection: Any, wanted: int, patience: float) -> bool:
    """Wait for a sign from the other side. `select` itself takes no file above the 1024th."""
    signs = select.poll()
    event = select.POLLIN if wanted == extensions.POLL_READ else select.POLLOUT
    signs.register(connection.fileno(), event)
    return bool(signs.poll(patience * 1000))
