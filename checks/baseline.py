"""Violations from before the rules: tolerated, and never more of them."""

from pathlib import Path

FILE = Path(__file__).parent / "baseline.txt"


def read_baseline(file: Path = FILE) -> list[str]:
    lines = file.read_text().splitlines() if file.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def compare(found: list[str], known: list[str]) -> tuple[list[str], list[str]]:
    """What was found and is not known, and what is known and no longer found."""
    return sorted(set(found) - set(known)), sorted(set(known) - set(found))


def shrink(gone: list[str], file: Path = FILE) -> None:
    """Takes out of the file the lines whose violations have gone; nothing can be added so."""
    lines = file.read_text().splitlines()
    file.write_text("".join(f"{line}\n" for line in lines if line not in gone))
