"""The site as it runs in production: its own server, its own worker, the demo clinic.

Its processes show the time of the tests; see `tests.clock`.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.build_cache import ROOT
from tests.demo import copied_demo, environment
from tests.factories import free_port

STARTED_WITHIN = 60  # seconds
PYTHON = [sys.executable, "-m", "tests.clock"]


@dataclass
class RunningSite:
    var: Path
    port: int = field(default_factory=free_port)
    database_url: str = ""  # SQLite in `var` without one
    settings: dict[str, str] = field(default_factory=dict)  # further environment variables
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        told = environment(self.var, self.database_url)
        return told | {"HTTP_PORT": str(self.port)} | self.settings

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*PYTHON, *command], cwd=ROOT, env=self.environment, start_new_session=True
        )
        self.processes.append(process)
        return process

    def start_web(self) -> subprocess.Popen[bytes]:
        web = self.start("-m", "gunicorn", "--config", "gunicorn.conf.py", "clinic_site.wsgi")
        self.wait_until_ready()
        return web

    def wait_until_ready(self) -> None:
        self._wait_for("/readyz")

    def wait_until_alive(self) -> None:
        """Wait for the web process alone, whether or not it can do its work."""
        self._wait_for("/healthz")

    def _wait_for(self, address: str) -> None:
        give_up = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < give_up:
            try:
                with urlopen(f"{self.url}{address}") as response:  # noqa: S310
                    if response.status == 200:
                        return
            except (URLError, OSError):
                pass
            time.sleep(0.1)
        raise TimeoutError("the site did not start")

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=30)

    def ask_database(self, query: str) -> list[str]:
        """Return the first column of what the site's own database answers."""
        return self.run_python(
            "from django.db import connection\n"
            "cursor = connection.cursor()\n"
            f"cursor.execute({query!r})\n"
            "print('\\n'.join(str(row[0]) for row in cursor.fetchall()))"
        )

    def run_python(self, code: str) -> list[str]:
        """Return the lines that `code` prints in a process of its own beside the site's."""
        command = [*PYTHON, "manage.py", "shell", "--no-imports", "-c", code]
        answer = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return answer.stdout.splitlines()

    def password_of(self, username: str) -> str:
        lines = (self.var / "demo-accounts.txt").read_text().splitlines()
        return {line.split()[0]: line.split()[1] for line in lines}[username]

    def emails(self) -> list[str]:
        """Return the emails that have arrived, as they are read: headers and words. Newest last."""
        folder = self.var / "mail"
        files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime_ns)
        return [_read(file) for file in files]


def _read(file: Path) -> str:
    email = message_from_bytes(file.read_bytes(), policy=policy.default)
    headers = [f"{name}: {value}" for name, value in email.items()]
    parts = [part.get_content() for part in email.walk() if not part.is_multipart()]
    return "\n".join([*headers, *parts])


@contextmanager
def running_site(var: Path, **settings: str) -> Iterator[RunningSite]:
    """Run the demo clinic on a free port, with everything it writes in `var`."""
    with copied_demo(var, for_running=True) as database_url:
        site = RunningSite(var, database_url=database_url, settings=settings)
        try:
            site.start("manage.py", "worker", "--interval", "0.2")
            site.start_web()
            yield site
        finally:
            site.stop()
