"""No file of more than three hundred lines: split it by meaning before."""

from pathlib import Path

from checks.source import ALL_PACKAGES, ROOT, python_files

LIMIT = 300


def violations(root: Path = ROOT) -> list[str]:
    return [
        f"long file: {path}"
        for path in python_files(ALL_PACKAGES, root)
        if "migrations" not in path.parts and _lines(root / path) > LIMIT
    ]


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())
