"""The forms of a screen of the admin, field by field, as a browser would send them."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit
from uuid import NAMESPACE_URL, uuid5

from bs4 import BeautifulSoup, Tag
from wagtail import blocks
from wagtail.blocks.base import BlockField
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.test.utils.form_data import rich_text

Fields = list[tuple[str, str]]
NEVER_SENT = {"button", "image", "reset"}


class Form(NamedTuple):
    method: str
    path: str
    fields: Fields


class Screen:
    """The answer to a GET of `path`, as far as something can be sent from it."""

    def __init__(self, answer: Any, path: str) -> None:
        self.answer, self.path = answer, path
        self.page = BeautifulSoup(_html(answer), "html.parser")

    @property
    def forms(self) -> Iterator[Form]:
        for form in self.page.find_all("form"):
            method = str(form.get("method", "get")).upper()
            written = _stream_fields(self.answer) if method == "POST" else ()
            yield Form(method, str(form.get("action") or self.path), [*_fields(form), *written])

    @property
    def asked(self) -> set[str]:
        """What its address can be asked for, as its own forms and links have it."""
        names = {name for form in self.forms if form.method == "GET" for name, _ in form.fields}
        for address in (self.path, *(str(a["href"]) for a in self.page.find_all("a", href=True))):
            there = urlsplit(address)
            if there.path in ("", urlsplit(self.path).path):
                names |= {name for name, _ in parse_qsl(there.query)}
        return names


def _html(answer: Any) -> str:
    """Return the page; a window's is within JSON."""
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not ("html" in kind or "json" in kind):
        return ""
    text: str = answer.content.decode()
    said = json.loads(text) if "json" in kind else text
    return str(said.get("html", "")) if isinstance(said, dict) else str(said)


def _fields(form: Tag) -> Iterator[tuple[str, str]]:
    for field in form.find_all(["input", "select", "textarea", "button"]):
        name, kind = str(field.get("name", "")), str(field.get("type", ""))
        if not name or "__prefix__" in name or kind in NEVER_SENT:
            continue
        if field.name == "select":
            chosen = field.find_all("option", selected=True) or field.find_all("option")[:1]
            yield from ((name, str(option.get("value", option.text))) for option in chosen)
        elif field.name == "textarea":
            yield name, field.text
        elif kind not in ("checkbox", "radio") or field.has_attr("checked"):
            yield name, str(field.get("value", "on" if kind == "checkbox" else ""))


def _stream_fields(answer: Any) -> Iterator[tuple[str, str]]:
    """Yield what scripts write into a form: one block of each kind in each body of blocks."""
    form = (answer.context or {}).get("form")
    for name, field in getattr(form, "fields", {}).items():
        if isinstance(field, BlockField):
            yield from _block(form.add_prefix(name), field.block)


def _block(prefix: str, block: Any) -> Iterator[tuple[str, str]]:
    if isinstance(block, TypedTableBlock):
        yield from _table(prefix, block)
    elif isinstance(block, blocks.StreamBlock):
        yield from _row(prefix, list(block.child_blocks.items()))
    elif isinstance(block, blocks.ListBlock):
        yield from _row(prefix, [("", block.child_block)])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _block(f"{prefix}-{name}", child)
    elif isinstance(block, blocks.RichTextBlock):
        yield prefix, rich_text("<p>The psoas ties.</p>")
    else:
        default = block.get_default()
        yield prefix, "" if default is None else str(default)


def _row(prefix: str, children: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    yield f"{prefix}-count", str(len(children))
    for place, (name, child) in enumerate(children):
        here = f"{prefix}-{place}"
        yield f"{here}-deleted", ""
        yield f"{here}-order", str(place)
        yield f"{here}-type", name
        yield f"{here}-id", str(uuid5(NAMESPACE_URL, here))
        yield from _block(f"{here}-value", child)


def _table(prefix: str, block: Any) -> Iterator[tuple[str, str]]:
    name, child = next(iter(block.child_blocks.items()))
    parts = {
        "column-count": "1", "column-0-type": name, "column-0-order": "0", "column-0-deleted": "",
        "column-0-heading": "Muscle", "row-count": "1", "row-0-order": "0", "row-0-deleted": "",
    }  # fmt: skip
    yield from ((f"{prefix}-{part}", value) for part, value in parts.items())
    yield from _block(f"{prefix}-cell-0-0", child)
