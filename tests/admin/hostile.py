"""What no page of the admin would send: values of other kinds, and forms that are not whole."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.admin.forms import Fields, Form

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=BOUNDARY"
RICH = '{"blocks":[{"key":"a","type":"unstyled","depth":0,"text":"%s",%s}],"entityMap":%s}'
PLAIN, NOTHING = '"inlineStyleRanges":[],"entityRanges":[]', "{}"
VALUES = {
    "nothing": "",
    "a word": "abc",
    "NUL": "a\0b",
    "a lone surrogate": "\ud800",
    "bytes that are no text": "\udcff\udcfe",
    "a huge number": "9" * 30,
    "more digits than Python reads": "9" * 5_000,
    "beyond 31 bits": str(2**31),
    "the largest of 63 bits": str(2**63 - 1),
    "negative": "-1",
    "the most negative": str(-(2**63)),
    "a thousand million": "1000000000",
    "not a number": "NaN",
    "infinite": "Infinity",
    "an exponent": "1e400",
    "digits that are none": "²",
    "a day that is not": "2026-02-30",
    "the first moment": "0001-01-01 00:00",
    "the last moment": "9999-12-31 23:59",
    "an hour that is not": "29:61",
    "long": "x" * 5_000,
    "very long": "x" * 300_000,
    "long number with commas": "1," * 3_000,
    "broken JSON": '{"blocks": [',
    "JSON of another kind": "[1]",
    "JSON that is null": "null",
    "JSON without its parts": '{"blocks": [{}], "entityMap": 1}',
    "JSON, deep": "[" * 20_000,
    "JSON with a NUL": RICH % ("a\\u0000b", PLAIN, NOTHING),
    "JSON with a lone surrogate": RICH % ("a\\ud800b", PLAIN, NOTHING),
    "JSON with a range of nothing": RICH
    % ("a", '"inlineStyleRanges":[],"entityRanges":[{"key":7,"offset":-3,"length":900}]', NOTHING),
    "JSON with a strange entity": RICH
    % (
        "a",
        '"inlineStyleRanges":[],"entityRanges":[{"key":0,"offset":0,"length":1}]',
        '{"0":{"type":"LINK","mutability":"MUTABLE","data":{"id":"x","parentId":[]}}}',
    ),
    "markup": "</textarea><script>alert(1)</script>",
    "another site": "//evil.example\r\nX-Injected: 1",
    "a path": "../../../../etc/passwd",
}
LONGEST_ASKED = 5_000  # the server itself refuses more
COMMONLY_ASKED = ("id", "p", "page", "page_number", "per_page", "order", "ordering", "q", "next")


class Sent(NamedTuple):
    """One request."""

    what: str  # is wrong with it
    method: str
    path: str
    body: bytes = b""
    kind: str = FORM


def spoiled(form: Form) -> Iterator[Sent]:
    """Yield the form with one thing wrong with it, or everything."""
    if form.method != "POST":
        return
    for what, fields in _spoiled_fields(form.fields):
        yield Sent(what, "POST", form.path, encoded(fields))
    for what, body, kind in _spoiled_bodies(form.fields):
        yield Sent(what, "POST", form.path, body, kind)


def _spoiled_fields(fields: Fields) -> Iterator[tuple[str, Fields]]:
    yield "nothing wrong", fields
    for what, value in VALUES.items():
        yield f"all: {what}", [(name, value) for name, _ in fields]
    yield "all: doubled", [*fields, *fields]
    yield "backwards", fields[::-1]
    for name in dict(fields):
        others = [field for field in fields if field[0] != name]
        yield f"{name}: missing", others
        yield f"{name}: doubled", [*fields, (name, "abc")]
        for what, value in VALUES.items():
            yield f"{name}: {what}", [*others, (name, value)]


def _spoiled_bodies(fields: Fields) -> Iterator[tuple[str, bytes, str]]:
    yield "nothing at all", b"", FORM
    yield "JSON", b'{"title": "\\ud800"}', "application/json"
    yield "another charset", encoded(fields), f"{FORM}; charset=no-such"
    yield "a broken percent sign", b"%=%zz&title=%ff%00", FORM
    yield "parts that do not end", b"--BOUNDARY\r\nContent-Disposition: form", PARTS
    yield "parts without a boundary", b"--BOUNDARY\r\n\r\n", "multipart/form-data"
    yield "all: as files", as_files(name for name, _ in fields), PARTS


def asked(path: str, names: set[str]) -> Iterator[Sent]:
    """Yield odd questions: what `path` can be asked for, and what it cannot, in odd values."""
    short = {what: value for what, value in VALUES.items() if len(value) <= LONGEST_ASKED}
    everything = sorted({*names, *COMMONLY_ASKED, "no_such_filter", "object_id__gt"})
    for what, value in short.items():
        yield Sent(f"?all: {what}", "GET", _with(path, [(name, value) for name in everything]))
    for name in sorted(names):
        for what, value in short.items():
            yield Sent(f"?{name}: {what}", "GET", _with(path, [(name, value)]))
        yield Sent(f"?{name}: doubled", "GET", _with(path, [(name, "1"), (name, "abc")]))
    for kind in ("csv", "xlsx", "abc"):
        yield Sent(f"?export: {kind}", "GET", _with(path, [("export", kind)]))


def encoded(fields: Fields) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


def as_files(names: Iterator[str]) -> bytes:
    head = 'Content-Disposition: form-data; name="{}"; filename="a.png"\r\nContent-Type: image/png'
    parts = (f"--BOUNDARY\r\n{head.format(name)}\r\n\r\n\x00PNG\r\n" for name in names)
    return "".join([*parts, "--BOUNDARY--\r\n"]).encode()


def _with(path: str, query: Fields) -> str:
    parts = urlsplit(path)
    names = {name for name, _ in query}
    kept = [part for part in parts.query.split("&") if part and part.split("=")[0] not in names]
    return f"{parts.path}?{'&'.join([*kept, urlencode(query, errors='surrogatepass')])}"
