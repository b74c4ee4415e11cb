"""Style sheets are written one for each component, and sent in a few files.

A sheet that imports others (`static/css/site.css`) holds them all once `collectstatic` has run, so
that a page asks for one file and not for twenty, one after another. The server for development
serves each as it stands.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Paths = Mapping[str, tuple[Storage, str]]

IMPORT = re.compile(r'^@import url\("([^":]+)"\);\n?', re.MULTILINE)
URL = re.compile(r'url\("(?!data:|https?:|/)([^"]+)"\)')


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: Paths, *args: Any, **kwargs: Any) -> Iterator[Any]:
        yield from super().post_process(bundled(paths), *args, **kwargs)


def bundled(paths: Paths) -> Paths:
    """Return `paths` with each sheet that imports others in one piece, from memory."""
    memory = InMemoryStorage()
    sheets = {name: _read(paths, name) for name in paths if name.endswith(".css")}
    for name, text in sheets.items():
        if IMPORT.search(text):
            memory.save(name, ContentFile(_inlined(paths, name, name).encode()))
    return {**paths, **{name: (memory, name) for name in sheets if memory.exists(name)}}


def _inlined(paths: Paths, name: str, into: str) -> str:
    """Return a sheet with those that it imports, as a part of the sheet `into`."""
    here, there = posixpath.dirname(name), posixpath.dirname(into)

    def moved(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(here, found[1]))
        return f'url("{posixpath.relpath(target, there or ".")}")'

    # The text before the first import, then by turns an imported name and the text behind it.
    pieces = IMPORT.split(_read(paths, name))
    imported = [posixpath.normpath(posixpath.join(here, name)) for name in pieces[1::2]]
    pieces[::2] = [URL.sub(moved, text) for text in pieces[::2]]
    pieces[1::2] = [_inlined(paths, part, into) for part in imported]
    return "".join(pieces)


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
