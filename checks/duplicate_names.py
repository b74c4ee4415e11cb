"""No public class or function has the name of another: one name leads to one place."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from checks.source import ROOT, SITE_PACKAGES, module_name, parsed, python_files

# Names that a framework looks for, so that several modules have to have them.
CONVENTIONAL = {
    "Command": "Django runs a management command by this name",
}
# Files in which names stand for nobody but the framework that reads the file.
READ_BY_FRAMEWORK = {
    "migrations": "nobody imports a migration",
    "wagtail_hooks": "a function is named after the hook it registers",
}

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def violations(root: Path = ROOT) -> list[str]:
    modules: dict[str, list[str]] = defaultdict(list)
    for path in python_files(SITE_PACKAGES, root):
        if not READ_BY_FRAMEWORK.keys() & {*path.parts, path.stem}:
            for name in _public_names(parsed(path, root)):
                modules[name].append(module_name(path))
    return [
        f"duplicate name: {name} in {', '.join(places)}"
        for name, places in sorted(modules.items())
        if len(places) > 1 and name not in CONVENTIONAL
    ]


def _public_names(tree: ast.Module) -> Iterator[str]:
    """Names that a module defines at its top; a property's getter and setter count once."""
    names = {node.name for node in tree.body if isinstance(node, Definition)}
    yield from sorted(name for name in names if not name.startswith("_"))
