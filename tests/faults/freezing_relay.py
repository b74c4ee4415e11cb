"""A way to PostgreSQL that freezes: whoever is on it is heard, and never answered."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from urllib.parse import urlsplit


class FreezingRelay:
    """Between a site and its server; what the site sends is taken even while it is frozen."""

    def __init__(self, listener: socket.socket, database_url: str) -> None:
        self._listener = listener
        self._parts = urlsplit(database_url)
        self._flowing = Event()
        self._flowing.set()
        Thread(target=self._take_connections, daemon=True).start()

    @property
    def url(self) -> str:
        """The database's address by way of here."""
        sign_in, at, _host = self._parts.netloc.rpartition("@")
        port = self._listener.getsockname()[1]
        return self._parts._replace(netloc=f"{sign_in}{at}127.0.0.1:{port}").geturl()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        self._flowing.clear()
        try:
            yield
        finally:
            self._flowing.set()

    def _take_connections(self) -> None:
        with suppress(OSError):  # the listener is closed when the test is over
            while True:
                client, _address = self._listener.accept()
                server = socket.create_connection(
                    (str(self._parts.hostname), self._parts.port or 5432)
                )
                for here, there in ((client, server), (server, client)):
                    Thread(target=self._pass_on, args=(here, there), daemon=True).start()

    def _pass_on(self, here: socket.socket, there: socket.socket) -> None:
        with suppress(OSError):
            while words := here.recv(65_536):
                self._flowing.wait()
                there.sendall(words)
        for end in (here, there):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay_to(database_url: str) -> Iterator[FreezingRelay]:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        yield FreezingRelay(listener, database_url)
