"""A missing or malformed variable stops the program with a message that names it."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.processes

GOOD = {"ENV_FILE": os.devnull, "SECRET_KEY": "x" * 40, "PATH": os.environ["PATH"]}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import clinic_site.settings"],
        env=GOOD | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_starts_with_nothing_but_a_secret_key() -> None:
    assert start().returncode == 0
    assert start(ENCRYPTION_KEYS="").returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("ENCRYPTION_KEYS", "short"),
        ("ENCRYPTION_KEYS", f"{'x' * 40},"),
        ("BACKUP_KEYS", "x" * 40),
        ("BACKUP_KEEP", "0"),
        ("METRICS_TOKEN", "short"),
        ("ALARM_URL", "ftp://alarms.example"),
        ("DEBUG", "maybe"),
        ("HTTP_PORT", "abc"),
        ("HTTP_PORT", "99999"),
        ("BASE_URL", "clinic"),
        ("BASE_URL", "ftp://clinic.example"),
        ("BASE_URL", "https://clinic.example/below"),
        ("DATABASE_URL", "x"),
        ("CACHE_URL", "x"),
        ("EMAIL_URL", "x"),
        ("MAIL_FROM", "nobody"),
        ("TIME_ZONE", "Mars"),
        ("LOG_LEVEL", "loud"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_HOURS", "half a day"),
        ("VAR_DIR", "/proc/nowhere"),
    ],
)
def test_a_malformed_variable_is_named(name: str, value: str) -> None:
    stopped = start(**{name: value})
    assert stopped.returncode == 1
    assert name in stopped.stderr.splitlines()[-1]
