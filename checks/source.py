"""The project's own Python files."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE_PACKAGES = ("clinic_site", "blog", "comments", "booking", "demo", "wordpress")
ALL_PACKAGES = (*SITE_PACKAGES, "bench", "checks", "tests")


def python_files(packages: tuple[str, ...], root: Path = ROOT) -> Iterator[Path]:
    """Every Python file of the packages, by path, as a path below the root."""
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            yield path.relative_to(root)


def module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parsed(path: Path, root: Path = ROOT) -> ast.Module:
    return ast.parse((root / path).read_text())
