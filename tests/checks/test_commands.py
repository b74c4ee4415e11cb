"""The commands that a newcomer meets first: they find what is there, and name what isn't."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.chromium import find_chromium
from tests.pythons import ROOT, declared, find_python

# What `.ci/run` itself is written with.
SHELL = ("bash", "dirname", "env", "find", "sort", "tail")


def put_program(folder: Path, name: str, script: str = "") -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    "name", ["chromium", "chromium-browser", "google-chrome", "microsoft-edge-stable"]
)
def test_the_browser_tests_find_chromium_chrome_and_edge(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    program = put_program(tmp_path, name)
    assert find_chromium() == str(program)


def test_the_browser_that_the_environment_names_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    assert find_chromium() == "/opt/chromium"


def test_every_newer_python_that_is_declared_is_tested() -> None:
    assert declared((ROOT / "pyproject.toml").read_text()) == ["3.12", "3.13", "3.14"]


def test_a_python_that_does_not_start_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    put_program(tmp_path, "python3.13", "exit 127")
    assert find_python("3.13") is None
    installed = tmp_path / "versions/3.13.0/bin/python3.13"
    installed.parent.mkdir(parents=True)
    installed.symlink_to(sys.executable)
    assert find_python("3.13") == str(installed)


@pytest.mark.processes
def test_ci_names_what_is_missing_to_whoever_cannot_install_it(tmp_path: Path) -> None:
    for name in SHELL:
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    (tmp_path / "python3").symlink_to(sys.executable)
    put_program(tmp_path, "id", "echo 1000")
    without = {name: os.environ[name] for name in os.environ if name != "CHROMIUM"}
    done = subprocess.run(
        [ROOT / ".ci/run"],
        env=without | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "sudo apt-get install make git chromium" in done.stderr


@pytest.mark.parametrize("workflow", [".github/workflows/ci.yml", ".gitlab-ci.yml"])
def test_both_hosts_run_the_same_file(workflow: str) -> None:
    text = (ROOT / workflow).read_text()
    assert ".ci/run" in text
    assert len(text.splitlines()) <= 15
