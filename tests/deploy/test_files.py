"""What an operator copies from `deploy/` is understood by the programs that it is for."""

import shutil
import subprocess

import pytest

from tests.build_cache import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(file.name for file in (DEPLOY / "systemd").glob("*.service"))
MOST_EXPOSED = 40  # tenths, as systemd counts from 0 to 10


def run(program: str, *arguments: str) -> None:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed here")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_may_do_little(unit: str) -> None:
    file = str(DEPLOY / "systemd" / unit)
    run("systemd-analyze", "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", file)


@pytest.mark.parametrize("script", ["clinic", "install.sh", "upgrade.sh"])
def test_a_script_can_be_read_by_its_shell(script: str) -> None:
    assert (DEPLOY / script).stat().st_mode & 0o111
    run("bash", "-n", str(DEPLOY / script))


def test_caddy_understands_its_file() -> None:
    run("caddy", "validate", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile")


def test_no_secret_enters_an_image_or_the_repository() -> None:
    for name in (".dockerignore", ".gitignore"):
        assert "deploy/*.env" in (ROOT / name).read_text()
