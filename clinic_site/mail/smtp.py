"""Django's way to a mail server, with a limit for the whole of an email.

A timeout counts for each answer alone, so a server that says a byte now and then would keep us for
ever. Here the connection itself is ended, whatever it waits for: an answer, the handshake, the
server's leave.
"""

import smtplib
import socket
import time
from collections.abc import Sequence
from functools import partial
from threading import Timer
from typing import Any, Self

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class TimeLimit:
    """So many seconds for everything that happens inside of it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.connection: socket.socket | None = None

    def __enter__(self) -> Self:
        self.ends = time.monotonic() + self.seconds
        self.timer = Timer(self.seconds, self._cut)
        self.timer.daemon = True
        self.timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.timer.cancel()
        if self.connection:
            self.connection.close()

    @property
    def seconds_left(self) -> float:
        return self.ends - time.monotonic()

    def connect(self, host: str, port: int) -> socket.socket:
        """Try every address of the server within the time. Raises OSError, like socket's own."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for tries_left, (*_kind, (ip, *_rest)) in zip(range(len(found), 0, -1), found, strict=True):
            try:
                share = max(self.seconds_left / tries_left, 0.01)
                connection = socket.create_connection((str(ip), port), share)
            except OSError as error:
                refusal = error
                continue
            connection.settimeout(max(self.seconds_left, 0.01))
            # A second handle: wrapping a socket in TLS takes the first one away.
            self.connection = connection.dup()
            return connection
        raise refusal

    def _cut(self) -> None:
        if self.connection:
            try:
                self.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


class LimitedSMTP(smtplib.SMTP):
    def __init__(self, *args: Any, limit: TimeLimit, **options: Any) -> None:
        self.limit = limit
        super().__init__(*args, **options)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.limit.connect(host, port)


class LimitedSMTPS(smtplib.SMTP_SSL, LimitedSMTP):
    """TLS from the start: `SMTP_SSL` wraps what `LimitedSMTP` has connected."""

    def __init__(self, *args: Any, limit: TimeLimit, **options: Any) -> None:
        self.limit = limit
        smtplib.SMTP_SSL.__init__(self, *args, **options)


class LimitedBackend(EmailBackend):
    """Raises TimeoutError if `EMAIL_TIMEOUT` was not enough. The mail may have been taken then."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with TimeLimit(self.timeout or 10) as self.limit:
            try:
                return super().send_messages(email_messages)
            except Exception as error:
                if self.limit.seconds_left <= 0:
                    raise TimeoutError from error
                raise

    @property
    def connection_class(self) -> Any:
        return partial(LimitedSMTPS if self.use_ssl else LimitedSMTP, limit=self.limit)
