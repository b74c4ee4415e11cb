"""A cache on another machine may be away; then the site works as if it were empty."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(name: str, nothing: Any) -> Callable[..., Any]:
    """Return the client's method `name`, which says `nothing` while the server is away."""
    method = getattr(RedisCacheClient, name)

    @wraps(method)
    def ask(self: RedisCacheClient, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            logger.warning("the cache did not answer: %s", type(error).__name__)
            return kwargs.get("default", args[1] if name == "get" and len(args) > 1 else nothing)

    return ask


class ForgivingClient(RedisCacheClient):
    add = _forgiving("add", False)
    get = _forgiving("get", None)
    set = _forgiving("set", None)
    delete = _forgiving("delete", False)
    get_many = _forgiving("get_many", {})
    set_many = _forgiving("set_many", None)
    has_key = _forgiving("has_key", False)


class ForgivingRedisCache(RedisCache):
    """Django's, except that a server that is away, or slow for a second, costs nobody a page."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        waits = {"socket_connect_timeout": 1, "socket_timeout": 1}
        super().__init__(server, params | {"OPTIONS": waits | params.get("OPTIONS", {})})
        self._class = ForgivingClient
