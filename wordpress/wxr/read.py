"""An export as items, one after the other.

    with path.open("rb") as file:
        export = Export(file, zone)
        for item in export.items(): ...

Raises NotAnExport for what is none.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import tzinfo
from hashlib import sha256
from typing import BinaryIO
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from wordpress.wxr.dates import ItemDates, read_date, read_feed_date
from wordpress.wxr.items import Author, BadPiece, Head, OldComment, OldItem, OldTerm
from wordpress.wxr.pieces import CannotRead, read_piece
from wordpress.wxr.stream import RawPiece, cut

ROOT = re.compile(r"<rss\b([^>]*)>")
NAMESPACE = re.compile(r"""\sxmlns:[\w.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.DOTALL)
ITEM_BEGINS = re.compile(r"(?=<item[\s>])")


class NotAnExport(Exception):
    """The file is not what WordPress writes under Tools » Export."""


class Export:
    def __init__(self, file: BinaryIO, zone: tzinfo) -> None:
        self.file, self.zone = file, zone
        self.file.seek(0)
        self._pieces = cut(file)
        self.head = _read_head(next(self._pieces).text)
        self._seen: Counter[str] = Counter()

    def items(self) -> Iterator[OldItem | BadPiece]:
        for piece in self._pieces:
            yield from self._read(piece)

    def _read(self, piece: RawPiece) -> Iterator[OldItem | BadPiece]:
        if piece.too_large:
            yield BadPiece(piece.number, "is larger than any post can be")
            return
        text = piece.text if piece.whole else _closed(piece.text)
        try:
            root = read_piece(text, self.head.namespaces)
        except CannotRead as error:
            parts = [part for part in ITEM_BEGINS.split(text) if part.strip()]
            if len(parts) > 1:  # one that never ended has swallowed the next
                for part in parts:
                    yield from self._read(RawPiece(piece.number, part))
                return
            words = "can’t be read" if piece.whole else "is cut off, as is the file"
            yield BadPiece(piece.number, f"{words} ({error})")
            return
        if not piece.whole:
            yield BadPiece(piece.number, "is cut off, as is the file; what is left of it came")
        elif piece.mended:
            yield BadPiece(piece.number, "had characters that no text may have; they were left out")
        for element in root.iter("item"):
            yield self._item(element, piece)

    def _item(self, element: Element, piece: RawPiece) -> OldItem:
        def text(name: str) -> str:
            return element.findtext(name) or ""

        published = read_date(text("wp:post_date_gmt"), text("wp:post_date"), self.zone)
        modified = read_date(text("wp:post_modified_gmt"), text("wp:post_modified"), self.zone)
        number = text("wp:post_id").strip()
        return OldItem(
            key=self._key(number, element),
            number=number,
            kind=text("wp:post_type").strip() or "post",
            title=text("title").strip(),
            link=text("link").strip(),
            guid=text("guid").strip(),
            creator=text("dc:creator").strip(),
            content=text("content:encoded"),
            excerpt=text("excerpt:encoded"),
            slug=text("wp:post_name").strip(),
            status=text("wp:status").strip() or "draft",
            parent=_number(text("wp:post_parent")),
            menu_order=_integer(text("wp:menu_order")),
            password=text("wp:post_password"),
            sticky=text("wp:is_sticky").strip() == "1",
            comments_open=text("wp:comment_status").strip() != "closed",
            attachment_address=" ".join(text("wp:attachment_url").split()),
            dates=ItemDates(published or read_feed_date(text("pubDate")), modified),
            terms=_terms_of(element),
            meta=_meta_of(element),
            digest=_digest(piece.text),
            raw_comments=piece.comments,
        )

    def _key(self, number: str, element: Element) -> str:
        """Return what the item is known by, also if another has its number, or it has none."""
        if not number:
            said = (element.findtext(name) or "" for name in ("guid", "link", "title"))
            number = "x" + _digest("\n".join(said))[:16]
        self._seen[number] += 1
        count = self._seen[number]
        return number[:40] if count == 1 else f"{number[:40]}~{count}"

    def comments_of(self, item: OldItem) -> Iterator[OldComment | BadPiece]:
        """Yield the comments of an item in their order, each read by itself."""
        for place, raw in enumerate(item.raw_comments, 1):
            try:
                root = read_piece(raw, self.head.namespaces)
            except CannotRead as error:
                yield BadPiece(place, f"can’t be read ({error})")
                continue
            for element in root.iter("wp:comment"):
                yield self._comment(element)

    def _comment(self, element: Element) -> OldComment:
        def text(name: str) -> str:
            return (element.findtext(f"wp:comment_{name}") or "").strip()

        return OldComment(
            number=_number(text("id")),
            author=text("author"),
            email=text("author_email"),
            content=text("content"),
            state=text("approved"),
            kind=text("type"),
            parent=_number(text("parent")),
            user=_number(text("user_id")),
            at=read_date(text("date_gmt"), text("date"), self.zone),
        )


def _read_head(text: str) -> Head:
    root = ROOT.search(text)
    if root is None or "<channel" not in text:
        raise NotAnExport
    namespaces = "".join(NAMESPACE.findall(root[1]))
    doctype = DOCTYPE.search(text[: root.start()])
    if "wordpress.org/export/" not in namespaces:
        raise NotAnExport
    channel = text[root.end() :]
    closing = "" if "</channel>" in channel else "</channel>"
    try:
        head = read_piece(channel.replace("</rss>", "") + closing, namespaces)
    except CannotRead:
        return Head(namespaces=namespaces, declares=bool(doctype))
    return _head(head, namespaces, declares=bool(doctype and doctype[1]))


def _head(root: Element, namespaces: str, *, declares: bool) -> Head:
    channel = root.find("channel")
    if channel is None:
        raise NotAnExport
    address = next(filter(None, map(channel.findtext, ("wp:base_blog_url", "link"))), "")
    return Head(
        address=address.strip().rstrip("/"),
        title=(channel.findtext("title") or "").strip(),
        version=(channel.findtext("wp:wxr_version") or "").strip(),
        authors=tuple(map(_author, channel.iter("wp:author"))),
        terms=tuple(_declared_terms(channel)),
        namespaces=namespaces,
        declares=declares,
    )


def _author(element: Element) -> Author:
    def text(name: str) -> str:
        return (element.findtext(f"wp:author_{name}") or "").strip()

    login, shown = text("login"), text("display_name")
    full = f"{text('first_name')} {text('last_name')}".strip()
    name = full if shown in ("", login) and full else shown or full or login
    return Author(login, name, text("email"), text("id"))


def _declared_terms(channel: Element) -> Iterator[OldTerm]:
    for element in channel.iter("wp:category"):
        if element.findtext("wp:category_nicename") is not None:
            yield _term("category", element, "category_nicename", "cat_name", "category")
    for element in channel.iter("wp:tag"):
        yield _term("post_tag", element, "tag_slug", "tag_name", "tag")


def _term(domain: str, element: Element, slug: str, name: str, prefix: str) -> OldTerm:
    def text(key: str) -> str:
        return (element.findtext(f"wp:{key}") or "").strip()

    return OldTerm(
        domain,
        text(slug),
        text(name) or text(slug),
        text(f"{prefix}_parent"),
        text(f"{prefix}_description"),
        text("term_id"),
    )


def _terms_of(element: Element) -> list[OldTerm]:
    """Return what sorts an item. Version 1.0 names everything twice, once without a domain."""
    found: dict[tuple[str, str], OldTerm] = {}
    for category in element.findall("category"):
        domain = category.get("domain") or "category"
        domain = "post_tag" if domain == "tag" else domain
        name, slug = (category.text or "").strip(), (category.get("nicename") or "").strip()
        known = any(term.name == name for term in found.values())
        if (name or slug) and (slug or not known):
            found[domain, slug or name] = OldTerm(domain, slug, name or slug)
    return list(found.values())


def _meta_of(element: Element) -> dict[str, str]:
    """Return the texts that plugins and WordPress keep beside an item; none is unserialized."""
    return {
        (meta.findtext("wp:meta_key") or ""): meta.findtext("wp:meta_value") or ""
        for meta in element.findall("wp:postmeta")
    }


def _closed(text: str) -> str:
    """Return what is there of an item that is cut off, closed where its last part was whole."""
    end = max(text.rfind("]]></"), text.rfind("</"))
    end = text.find(">", end)
    whole = text[: end + 1] if end > 0 else text
    open_ones = whole.count("<wp:postmeta>") - whole.count("</wp:postmeta>")
    return whole + "</wp:postmeta>" * max(open_ones, 0) + "</item>"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _number(text: str) -> str:
    text = text.strip()
    return "" if text in ("", "0") else text


def _integer(text: str) -> int:
    try:
        return max(-(2**31), min(int(text.strip()), 2**31 - 1))
    except ValueError:
        return 0


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
