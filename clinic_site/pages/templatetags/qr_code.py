from functools import lru_cache

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1000)
def qr_code(address: str) -> SafeString:
    """Draw `address` as a code for cameras; the words beside it say the same.

    To make one costs as much as a page, so each process keeps those that it has made.
    """
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, border=0, svgclass="qr-code", lineclass=None)
    # Safe: it is a path made of numbers.
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308
