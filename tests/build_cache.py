"""What is dear to make is made once, shared by the tests that run in parallel, and kept for the
next run until what it was made from changes."""

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sysconfig import get_path

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".pytest_cache" / "kept"
MOST = 9  # of each name; there is one for each clock and each release of Wagtail


def cached_build(
    name: str, sources: Iterable[Path], build: Callable[[Path], None], *more: str
) -> Path:
    """Return the folder that `build` has filled from `sources` and whatever else `more` tells."""
    folder = KEPT / f"{name}-{_digest(sources, more)}"
    with _alone(name):
        if not folder.exists():
            unfinished = KEPT / f"unfinished-{name}"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            build(unfinished)
            unfinished.rename(folder)
        folder.touch()
        for old in sorted(KEPT.glob(f"{name}-*"), key=_touched)[:-MOST]:
            shutil.rmtree(old)
    return folder


def project_files(*patterns: str) -> Iterator[Path]:
    """Yield the files of the site itself, tests and documents aside."""
    folders = (path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != ".")
    for folder in folders:
        if folder.name not in ("bench", "docs", "tests", "var"):
            for pattern in patterns:
                yield from (path for path in folder.rglob(pattern) if path.is_file())


def _digest(sources: Iterable[Path], more: Iterable[str]) -> str:
    installed = sorted(path.name for path in Path(get_path("purelib")).glob("*.dist-info"))
    digest = hashlib.sha256(repr([sys.version, installed, *more]).encode())
    for path in sorted(sources):
        if path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _touched(path: Path) -> int:
    return path.stat().st_mtime_ns


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Let others wait who want the same; whoever dies lets go of it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
