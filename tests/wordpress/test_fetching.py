"""Files are fetched from the one host that was named, within limits, and from nowhere else."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from wordpress.bring.fetching import CannotFetch, Fetcher


class OldSite(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        with suppress(OSError):  # whoever asks may go away
            if self.path == "/there.jpg":
                self._answer(200, b"picture")
            elif self.path == "/within.jpg":
                self._answer(301, b"", "/there.jpg")
            elif self.path == "/elsewhere.jpg":
                self._answer(302, b"", "http://elsewhere.example/a.jpg")
            elif self.path == "/round.jpg":
                self._answer(302, b"", "/round.jpg")
            elif self.path == "/endless.jpg":
                self.send_response(200)
                self.end_headers()
                while True:
                    self.wfile.write(b"x" * 1000)
            else:
                self._answer(404, b"")

    def _answer(self, status: int, content: bytes, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldSite)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["there.jpg", "within.jpg"])
def test_a_file_of_the_host_is_fetched(host: str, path: str) -> None:
    fetcher = Fetcher(host, 10_000, allow_private=True)
    assert fetcher.fetch(f"http://{host}/{path}") == b"picture"


@pytest.mark.parametrize("path", ["elsewhere.jpg", "round.jpg", "endless.jpg", "missing.jpg"])
def test_what_leads_away_or_never_ends_is_refused(host: str, path: str) -> None:
    with pytest.raises(CannotFetch):
        Fetcher(host, 10_000, allow_private=True).fetch(f"http://{host}/{path}")


@pytest.mark.parametrize(
    "address",
    ["http://other.example/a.jpg", "file:///etc/passwd", "ftp://127.0.0.1/a", "//x", "http://["],
)
def test_no_other_host_is_asked(host: str, address: str) -> None:
    with pytest.raises(CannotFetch):
        Fetcher(host, 10_000, allow_private=True).fetch(address)


def test_a_private_network_is_refused_unless_it_is_meant(host: str) -> None:
    with pytest.raises(CannotFetch, match="private network"):
        Fetcher(host, 10_000).fetch(f"http://{host}/there.jpg")
