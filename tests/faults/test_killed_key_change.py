"""A change of the encryption key is killed half-way; nothing is lost, and it is run again."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build_cache import ROOT
from tests.demo import SECRET_KEY, copied_demo, environment

pytestmark = pytest.mark.processes

NEW_KEY = "a-key-that-comes-after-the-first-one-of-the-demo"
BOTH = f"{NEW_KEY},{SECRET_KEY}"
READ_ALL = """
import hashlib
from booking.models import Appointment
from clinic_site.privacy.rotation import encrypted_fields, encrypted_models, key_ids_in_use
read = [
    (model._meta.label, *row)
    for model in encrypted_models()
    for row in model._base_manager.order_by("pk").values_list(
        "pk", *(field.name for field in encrypted_fields(model)))
]
print(len(key_ids_in_use()))
print(Appointment.objects.exclude(phone="").count() > 20)
print(hashlib.sha256(repr(read).encode()).hexdigest())
"""
# Dies in the transaction that has just written rows anew, after others are on disk.
DIE_HALF_WAY = """
import os, signal
from booking.models import Appointment
from clinic_site.privacy import rotation
from django.core.management import call_command
rotation.AT_ONCE, done = 4, []
def die(row):
    done.append(row)
    if len(done) == 10:
        os.kill(os.getpid(), signal.SIGKILL)
rotation.register_keyed_rows(Appointment, die)
call_command("rotate_keys")
"""


class Demo:
    def __init__(self, var: Path, database_url: str) -> None:
        self.var, self.database_url = var, database_url

    def run(self, keys: str, *command: str) -> subprocess.CompletedProcess[str]:
        return self.start(keys, "manage.py", *command)

    def start(self, keys: str, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tests.clock", *command],
            cwd=ROOT,
            env=environment(self.var, self.database_url)
            | {"ENCRYPTION_KEYS": keys, "BIND": f"unix:{self.var}/site.socket"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def read_all(self, keys: str) -> list[str]:
        """Return under how many keys the rows are, whether there are many, and a digest of all."""
        read = self.run(keys, "shell", "--no-imports", "-c", READ_ALL)
        assert read.returncode == 0, read.stderr
        return read.stdout.split()


@pytest.fixture(scope="module")
def demo_with_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    var = tmp_path_factory.mktemp("var")
    with copied_demo(var) as database_url:
        yield Demo(var, database_url)


def test_a_key_change_killed_half_way_loses_nothing_and_is_run_again(demo_with_keys: Demo) -> None:
    demo = demo_with_keys
    before = demo.read_all(SECRET_KEY)
    assert before[:2] == ["1", "True"]

    killed = demo.run(BOTH, "shell", "--no-imports", "-c", DIE_HALF_WAY)
    assert killed.returncode == -9
    assert demo.read_all(BOTH) == ["2", *before[1:]], "some under either key, and all as they were"

    for key in (SECRET_KEY, NEW_KEY):
        refused = demo.run(key, "worker", "--once")
        assert refused.returncode == 1
        assert "ENCRYPTION_KEYS does not hold" in refused.stderr
        assert "Traceback" not in refused.stderr
        site = demo.start(key, "-m", "gunicorn", "--config", "gunicorn.conf.py", "clinic_site.wsgi")
        assert site.returncode not in (0, None)
        assert "ENCRYPTION_KEYS does not hold" in site.stderr
        refused = demo.run(key, "migrate")
        assert refused.returncode == 1
        assert "Put that key back" in refused.stderr

    assert demo.run(BOTH, "rotate_keys").returncode == 0
    assert demo.read_all(NEW_KEY) == before
    assert demo.run(NEW_KEY, "check", "--database", "default").returncode == 0
