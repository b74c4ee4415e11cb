"""No circle of files: whatever a file imports, directly or by way of others, never imports it."""

from collections.abc import Iterable, Mapping

import grimp

from checks.source import ALL_PACKAGES


def import_graph() -> dict[str, set[str]]:
    """What each module of the project imports; imports inside functions count as well."""
    graph = grimp.build_graph(*ALL_PACKAGES, exclude_type_checking_imports=True, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def find_import_cycles(imports: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The groups of modules that import one another, each in order of names.

    Two modules stand in one group when each reaches the other.
    """
    reached = {module: _reached_from(module, imports) for module in imports}
    groups = {
        tuple(sorted({module, *(m for m in reached[module] if module in reached.get(m, ()))}))
        for module in imports
        if module in reached[module]
    }
    return [list(group) for group in sorted(groups)]


def violations() -> list[str]:
    return [f"import cycle: {' '.join(circle)}" for circle in find_import_cycles(import_graph())]


def _reached_from(start: str, imports: Mapping[str, Iterable[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(imports[start])
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting.extend(imports.get(module, ()))
    return reached
