"""A connection, and when its client is too slow for it to be kept open."""

import socket
import struct
from http import HTTPStatus
from typing import Any

from django.conf import settings
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from clinic_site.server.reading import Request

# In each such stretch of time a client has to send or read so much, unless it is done before. A
# large picture may take minutes that way; a byte now and then is not enough.
STRETCH = 30  # seconds
ENOUGH = 15_000  # bytes
# What comes after a refusal is read and thrown away for so long, or the answer would be lost.
LINGER = 5  # seconds
READING = ("GET", "HEAD", "OPTIONS")


class HeadOnly:
    """Sends no page to who asks for the head alone, and would take it for their next answer.

    Waitress sends what the site makes, and the site makes the page to know its headers.
    """

    request: Any

    @property
    def asks_head_alone(self) -> bool:
        return getattr(self.request, "command", "") == "HEAD"

    def write(self, data: bytes) -> None:
        super().write(b"" if self.asks_head_alone else data)  # type: ignore[misc]
        if self.asks_head_alone:
            self.chunked_response = False  # the head said so, and no chunks follow


class PageTask(HeadOnly, WSGITask):
    def execute(self) -> None:
        if not self.channel.server.takes_another():
            self.set_close_on_finish()
        super().execute()

    def get_environment(self) -> dict[str, Any]:
        environment: dict[str, Any] = super().get_environment()
        if self.asks_head_alone:
            del environment["wsgi.file_wrapper"]  # which writes files past `write`
        return environment


class RefusalTask(HeadOnly, ErrorTask):
    """An answer of the server's own, which looks like those of the site."""

    def execute(self) -> None:
        # Here, because gunicorn's first process knows this module, but never the site.
        from clinic_site.pages.views.errors import refusal

        page = refusal(HTTPStatus(self.request.error.code))
        self.status = f"{page.status_code} {page.reason_phrase}"
        self.response_headers.extend(page.items())
        self.set_close_on_finish()
        self.content_length = len(page.content)
        self.channel.is_refused = True
        self.write(page.content)


class Channel(HTTPChannel):
    """Waitress's, with a clock for the client.

    The server's loop reads and writes; a thread works only for a request that is here
    completely, and hands over an answer without waiting until somebody has read it.
    """

    parser_class = Request
    task_class = PageTask
    error_task_class = RefusalTask
    close_when_flushed: bool
    is_refused = False
    is_half_closed = False
    _stage: object = None
    _since = 0.0
    _moved = 0  # bytes, in either direction, since `_since`

    def __repr__(self) -> str:
        return "<connection>"  # addresses of visitors do not belong in the log

    def received(self, data: bytes) -> Any:
        self._moved += len(data)
        return super().received(data)

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent: int = super().send(data, do_close)
        self._moved += sent
        return sent

    def is_too_slow(self, now: float) -> bool:
        """Tell whether the client has kept us waiting too long; asked once a second."""
        stage = self._current_stage()
        if stage != self._stage:
            self._stage, self._since, self._moved = stage, now, 0
        waited = now - self._since
        match stage:
            case "working":
                return False  # it is the client who waits
            case "idle":
                return self.server.is_idle_too_long(self.last_activity, now)
            case "lingering":
                return waited > LINGER
        if waited <= STRETCH:
            return False
        is_enough = self._moved >= ENOUGH
        self._since, self._moved = now, 0
        return not is_enough

    def drop(self) -> None:
        """Close it now; waitress would wait until a client takes more, which may be never."""
        if self.total_outbufs_len:  # nor shall the system keep what nobody takes
            at_once = struct.pack("ii", 1, 0)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        self.will_close = True
        self.handle_close()

    def may_write(self) -> bool:
        """Tell whether the request that is next may change anything, or is of staff.

        What staff look at may leave a line in the log.
        """
        request = self.requests[0]
        signed_in = f"{settings.SESSION_COOKIE_NAME}=" in request.headers.get("COOKIE", "")
        return signed_in or getattr(request, "command", "") not in READING

    def buffered(self) -> int:
        """Bytes of a body that is not here completely yet."""
        return self.request.body_bytes_received if self.request else 0

    def _current_stage(self) -> object:
        if self.is_half_closed:
            return "lingering"
        if self.total_outbufs_len:
            return "sending"
        if self.requests:
            return "working"
        if self.request:
            return self.request  # a stage for each of them
        return "silent" if self.last_activity == self.creation_time else "idle"

    # After a refusal, nothing more is sent, but what still comes is read for a while: closed at
    # once, the connection would be reset, and the client would not see the answer.

    def handle_write(self) -> None:
        if self.is_refused and self.close_when_flushed and not self.total_outbufs_len:
            self.close_when_flushed = False
            self.is_half_closed = True
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.handle_close()
        else:
            super().handle_write()

    def readable(self) -> bool:
        return bool(self.is_half_closed or super().readable())

    def handle_read(self) -> None:
        if self.is_half_closed:
            try:
                self.recv(64 * 1024)
            except OSError:
                self.handle_close()
        else:
            super().handle_read()
