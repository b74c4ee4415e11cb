"""No package of more than fifteen modules: more is a sign that it has two subjects."""

from collections import Counter
from pathlib import Path

from checks.source import ROOT, SITE_PACKAGES, python_files

LIMIT = 15
# Django reads these folders by name, and one file stands for one command, tag library or step.
NOT_COUNTED = {"migrations", "templatetags", "commands"}


def violations(root: Path = ROOT) -> list[str]:
    counted: Counter[Path] = Counter()
    for path in python_files(SITE_PACKAGES, root):
        if path.name != "__init__.py" and path.parent.name not in NOT_COUNTED:
            counted[path.parent] += 1
    return [
        f"large package: {'.'.join(package.parts)}"
        for package, modules in sorted(counted.items())
        if modules > LIMIT
    ]
