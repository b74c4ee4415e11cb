"""Fetches files from the one host that was named, and from no other.

The address is resolved once and that address is connected to, so no name that changes its meaning
leads elsewhere. Addresses of private networks are refused unless that is allowed.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

SECONDS = 15.0  # for each step
SECONDS_IN_ALL = 60.0
MOST_STEPS = 3  # redirects within the host
CHUNK = 1 << 16


class CannotFetch(Exception):
    """Why a file was not fetched, in words for a person."""


@dataclass(frozen=True)
class Fetcher:
    host: str  # the name of the host, with a port if it is no usual one
    largest: int  # bytes
    allow_private: bool = False

    def fetch(self, address: str) -> bytes:
        """Return a file. Raises CannotFetch."""
        end = time.monotonic() + SECONDS_IN_ALL
        for _step in range(MOST_STEPS):
            answer = self._ask(address, end)
            if isinstance(answer, bytes):
                return answer
            address = urljoin(address, answer)
        raise CannotFetch("the host leads on and on")

    def is_of_host(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
            return parts.scheme in ("http", "https") and parts.netloc.lower() == self.host.lower()
        except ValueError:
            return False

    def _ask(self, address: str, end: float) -> bytes | str:
        """Return the file, or the address to which the host leads on."""
        if not self.is_of_host(address):
            raise CannotFetch("its address is not of the host that was named")
        parts = urlsplit(address)
        path = quote(parts.path or "/", safe="/%~+,;=:@!$&'()*")
        connection = self._connection(parts.scheme, parts.hostname or "", parts.port)
        try:
            connection.request("GET", f"{path}?{parts.query}" if parts.query else path)
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308):
                return response.getheader("Location") or ""
            if response.status != 200:
                raise CannotFetch(f"the host answers {response.status}")
            return self._read(response, end)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CannotFetch(f"the host can’t be asked ({type(error).__name__})") from error
        finally:
            connection.close()

    def _read(self, response: http.client.HTTPResponse, end: float) -> bytes:
        said = response.getheader("Content-Length") or "0"
        if said.isdecimal() and int(said) > self.largest:
            raise CannotFetch("it is too large")
        content = b""
        while part := response.read1(CHUNK):
            content += part
            if len(content) > self.largest:
                raise CannotFetch("it is too large")
            if time.monotonic() > end:
                raise CannotFetch("it takes too long")
        return content

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        place = self._resolved(host, port or (443 if scheme == "https" else 80))
        if scheme == "https":
            return _PinnedHTTPS(host, port, place=place)
        return _Pinned(host, port, place=place)

    def _resolved(self, host: str, port: int) -> tuple[Any, ...]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise CannotFetch("the host has no address") from error
        for _family, _kind, _protocol, _name, place in found:
            if self.allow_private or ipaddress.ip_address(place[0]).is_global:
                return place
        raise CannotFetch("the host’s address is one of a private network")


class _Pinned(http.client.HTTPConnection):
    def __init__(self, host: str, port: int | None, *, place: tuple[Any, ...]) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.place = place

    def connect(self) -> None:
        self.sock = socket.create_connection(self.place[:2], SECONDS)


class _PinnedHTTPS(_Pinned):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
