"""A cache in the process's own memory that keeps objects as they are, within a bound of bytes."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

# What an entry takes besides what it says itself: its key, headers and the objects around them.
BESIDES = 4096  # bytes


class _Store:
    def __init__(self) -> None:
        self.lock = Lock()
        self.entries: OrderedDict[str, tuple[Any, float | None, int]] = OrderedDict()
        self.bytes = 0

    def put(self, key: str, entry: tuple[Any, float | None, int], most: int) -> None:
        """Keep `entry` as the one read last; those unread for longest make room for it."""
        with self.lock:
            self._drop(key)
            self.entries[key] = entry
            self.bytes += entry[2]
            while self.bytes > most and self.entries:
                self._drop(next(iter(self.entries)))

    def drop(self, key: str) -> bool:
        with self.lock:
            return self._drop(key)

    def _drop(self, key: str) -> bool:
        gone = self.entries.pop(key, None)
        self.bytes -= gone[2] if gone else 0
        return gone is not None


_stores: dict[str, _Store] = {}


class ObjectCache(BaseCache):
    """Keeps objects that tell their `size` in bytes. Whoever gets one must not change what it says.

    Its `LOCATION` names a store that all threads of a process share; the option `MAX_BYTES` is
    its bound.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._most: int = params["OPTIONS"]["MAX_BYTES"]
        self._cache = _stores.setdefault(location, _Store())

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        entry = self._cache.entries.get(key)
        if entry is None:
            return default
        value, ends, _size = entry
        if ends is not None and ends <= time.time():
            self._cache.drop(key)
            return default
        with self._cache.lock:
            if key in self._cache.entries:
                self._cache.entries.move_to_end(key)
        return value

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        ends = None if seconds is None else time.time() + seconds
        self._cache.put(key, (value, ends, value.size + BESIDES), self._most)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._cache.drop(key)

    def clear(self) -> None:
        with self._cache.lock:
            self._cache.entries.clear()
            self._cache.bytes = 0
