"""A bounded load on a server of our own, and what it cost that server."""

import os
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

SECONDS = 3
CONNECTIONS = 8
READY_WITHIN = 60  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    requests_a_second: float
    processor_ms: float  # of the server's processes, for each request


def put_load_on(url: str) -> Load:
    """Ask for `url` from eight connections for three seconds; by wrk, if it is installed."""
    server = _listening_on(urlsplit(url).port or 80)
    before = _processor_seconds(server)
    count = _by_wrk(url) if shutil.which("wrk") else _by_threads(url)
    spent = _processor_seconds(server) - before
    if not count:
        raise RuntimeError(f"{url} was not answered once in {SECONDS} seconds")
    return Load(count / SECONDS, spent / count * 1000)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + READY_WITHIN
    while server.poll() is None and time.monotonic() < give_up:
        try:
            with urlopen(url):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at {url}")


def _by_wrk(url: str) -> int:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    counted = re.search(r"(\d+) requests in", said)
    if counted is None or "Non-2xx" in said:
        raise RuntimeError(f"{url} was not answered as it should be:\n{said}")
    return int(counted[1])


def _by_threads(url: str) -> int:
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CONNECTIONS) as readers:
        return sum(readers.map(lambda _reader: _read_until(end, url), range(CONNECTIONS)))


def _read_until(end: float, url: str) -> int:
    parts, count = urlsplit(url), 0
    connection = HTTPConnection(parts.netloc)
    while time.monotonic() < end:
        connection.request("GET", f"{parts.path}?{parts.query}".rstrip("?"))
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{url} was answered with {answer.status}")
        count += 1
    return count


def _listening_on(port: int) -> list[int]:
    """Return the processes of the server that we started for `port`: the first and its children."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"HTTP_PORT={port}".encode() in variables and b"gunicorn" in command:
            children = folder / "task" / folder.name / "children"
            if listed := children.read_text().split():
                return [int(folder.name), *map(int, listed)]
    raise RuntimeError(f"no server of ours listens on {port}")


def _processor_seconds(processes: list[int]) -> float:
    """Return what the processes have used so far, in user and system mode."""
    total = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS
