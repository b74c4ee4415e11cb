from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def by_id(known: Mapping[str, Any] | None, block_id: str) -> Any:
    """Return what is known of a block, or None: of a page's figures, the one with this id."""
    return known.get(block_id) if known else None
