"""The quick tests once more on each newer Python that is here. `make test-pythons` runs this.

Each has an environment of its own, `.venv-3.13` and so on, made from the same pinned requirements.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
OLDEST = (3, 12)  # 3.11 is what every other test runs on
QUICK = ["-m", "pytest", "-q", "-n", "auto", "-m", "not browser and not processes and not slow"]


def declared(pyproject: str) -> list[str]:
    """Return the versions that the project says it runs on, those before the oldest aside."""
    versions = re.findall(r"Python :: (3\.\d+)", pyproject)
    return [v for v in versions if tuple(map(int, v.split("."))) >= OLDEST]


def find_python(version: str) -> str | None:
    """Return a program of this version that starts, from the path or from pyenv."""
    return next((python for python in _candidates(version) if _starts(python)), None)


def _candidates(version: str) -> Iterator[str]:
    if found := shutil.which(f"python{version}"):
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(
        str, sorted(pyenv.glob(f"versions/{version}*/bin/python{version}"), reverse=True)
    )


def _starts(python: str) -> bool:
    """Tell whether it is more than one of pyenv's stand-ins for a version that is not chosen."""
    started = subprocess.run([python, "-c", "import venv, sqlite3"], capture_output=True)
    return started.returncode == 0


def run_quick(version: str, python: str) -> bool:
    environment = ROOT / f".venv-{version}"
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    requirements = ["-r", "requirements.txt", "-r", "requirements-dev.txt"]
    steps = (
        [python, "-m", "venv", environment],
        [environment / "bin/python", *pip, *requirements],
        [environment / "bin/python", *QUICK],
    )
    return all(subprocess.run(step, cwd=ROOT).returncode == 0 for step in steps)


def main() -> int:
    passed = []
    for version in declared((ROOT / "pyproject.toml").read_text()):
        if python := find_python(version):
            print(f"\n== Python {version} ({python})", flush=True)  # noqa: T201
            passed.append(run_quick(version, python))
        else:
            print(f"\n== Left out. There is no Python {version} here.", file=sys.stderr)  # noqa: T201
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
