"""Clients that are slow, or silent, or send what nobody can read: the others are answered."""

import os
import re
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from urllib.request import urlopen

import pytest

from tests.faults.test_killed_process import workers_of
from tests.running_site import RunningSite, running_site

pytestmark = pytest.mark.processes

ARTICLE = "/fitness/psoas-so-what/"
MANY = 40  # of each kind
DRIP = 3  # seconds from byte to byte
GENEROUS = 20  # seconds; on a machine where everything else runs as well
STARTED_WITHIN = 120  # seconds; while new processes start, who asks waits
HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n"
SILENT = b""
HALF_A_HEADER = b"GET / HTTP/1.1\r\n" + HOST + b"X-Slow: "
HALF_A_FORM = b"POST /book/send/ HTTP/1.1\r\n" + HOST + FORM + b"\r\n"
UNREAD_ANSWERS = (b"GET " + ARTICLE.encode() + b" HTTP/1.1\r\n" + HOST + b"\r\n") * 200
KINDS = [SILENT, HALF_A_HEADER, HALF_A_FORM, UNREAD_ANSWERS]

REFUSED = {
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "not HTTP": (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
    "two lengths": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        400,
    ),
    "a length told in two ways": (
        b"POST / HTTP/1.1\r\n"
        + HOST
        + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "a number beyond all measure": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        400,
    ),
    "a body that is too large": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 60000000\r\n\r\n" + b"x" * 2_000_000,
        413,
    ),
    "a long address": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "a long header": (b"GET / HTTP/1.1\r\n" + HOST + b"A: " + b"a" * 40_000 + b"\r\n\r\n", 431),
    "an unknown encoding": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: foo\r\n\r\n",
        501,
    ),
}
EVERY_ANSWER_HAS = [
    "Content-Security-Policy: ",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: SAMEORIGIN",
    "Permissions-Policy: ",
    "Referrer-Policy: same-origin",
    "Cross-Origin-Opener-Policy: same-origin",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    # One process: beside another one, on which no slow client has come, a fault would not show.
    with running_site(tmp_path_factory.mktemp("var"), WEB_CONCURRENCY="1") as site:
        yield site


@contextmanager
def slow_clients(site: RunningSite) -> Iterator[None]:
    """Forty of each kind; those that send go on with a byte every three seconds."""
    done = threading.Event()
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(site)) for _ in range(MANY * len(KINDS))]
        for number, client in enumerate(clients):
            send(client, KINDS[number % len(KINDS)])
        dripping = [
            client
            for number, client in enumerate(clients)
            if KINDS[number % len(KINDS)] in (HALF_A_HEADER, HALF_A_FORM)
        ]
        with ThreadPoolExecutor(1) as sender:
            sender.submit(drip, dripping, done)
            try:
                yield
            finally:
                done.set()


def connect(site: RunningSite) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # it reads hardly anything
    client.settimeout(GENEROUS)
    client.connect(("127.0.0.1", site.port))
    client.setblocking(False)
    return client


def send(client: socket.socket, data: bytes) -> None:
    with suppress(OSError):  # it may have been closed by the site, as it should be
        client.send(data)


def drip(clients: list[socket.socket], done: threading.Event) -> None:
    while not done.wait(DRIP):
        for client in clients:
            send(client, b"a")


def read(site: RunningSite, address: str, within: float = GENEROUS) -> int:
    with urlopen(f"{site.url}{address}", timeout=within) as page:  # noqa: S310
        page.read()
        status: int = page.status
        return status


def ask(site: RunningSite, request: bytes) -> str:
    """Send the bytes as they are; return everything that comes back."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=GENEROUS) as client:
        client.sendall(request)
        answer = b""
        while received := client.recv(65_536):
            answer += received
    return answer.decode()


def test_slow_clients_stop_nobody(site: RunningSite) -> None:
    with slow_clients(site):
        for address in [ARTICLE, "/book/", "/search/?q=psoas", ARTICLE]:
            assert read(site, address) == 200


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_server_refuses_looks_like_the_site(site: RunningSite, what: str) -> None:
    request, status = REFUSED[what]
    answer = ask(site, request)
    assert answer.split()[1] == str(status)
    assert "805-880-6533" in answer
    assert [header for header in EVERY_ANSWER_HAS if header not in answer] == []
    assert "gunicorn" not in answer.lower()
    assert "waitress" not in answer.lower()


def test_http_1_0_needs_no_host(site: RunningSite) -> None:
    assert ask(site, b"GET /healthz HTTP/1.0\r\n\r\n").split()[1] == "200"


@pytest.mark.parametrize("path", ["/", ARTICLE, "/nope/", "/book", "/admin/login/", "a picture"])
def test_who_asks_for_the_head_alone_gets_no_page(site: RunningSite, path: str) -> None:
    if path == "a picture":
        path = re.findall(r"/media/[^\s,\"]+", ask(site, b"GET / HTTP/1.0\r\n\r\n"))[0]
    host = f"Host: 127.0.0.1:{site.port}\r\n"
    head = f"HEAD {path} HTTP/1.1\r\n{host}\r\n"
    answers = ask(site, f"{head}{head}GET /healthz HTTP/1.0\r\n\r\n".encode())
    first, second, page = (*answers.split("\r\n\r\n", 2), "", "")[:3]
    assert first.startswith("HTTP/1.1 ")
    if "Connection: close" not in first:  # as after a page without a length
        assert second.startswith("HTTP/1.1 ")
        assert page.endswith("\r\n\r\nok\n")
    else:
        assert second == ""


def test_a_restart_loses_no_request(site: RunningSite) -> None:
    web = site.processes[-1].pid
    before = workers_of(web)
    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(read, site, ARTICLE, STARTED_WITHIN) for _ in range(400)]
        answers[50].result()
        os.kill(web, signal.SIGHUP)
        assert [answer.result() for answer in answers] == [200] * 400
    while set(before) & set(workers_of(web)):  # the old ones end when they have answered
        assert read(site, ARTICLE, STARTED_WITHIN) == 200
