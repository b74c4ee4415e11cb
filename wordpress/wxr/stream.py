"""Cuts an export into its head, its items and their comments, without holding all of it.

Each piece is parsed by itself, so one that is broken spoils no other. What the document declares
about itself (DOCTYPE, entities) is in no piece: nothing is ever expanded or fetched.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

CHUNK = 1 << 18  # bytes
IN_MEMORY = 1 << 22
LARGEST = 32_000_000  # characters of one piece
LONGEST_MARK = 16
MARK = re.compile(r"<!\[CDATA\[|<(/?)(item|wp:comment)(?=[\s>/])[^>]*>|<!--")
ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding=["']([\w.-]+)["']""")
# What XML cannot hold at all; programs put it there all the same.
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
UNREADABLE = "\ufffd"


class Spool:
    """Texts in their order; many of them lie in a file, not in memory."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # lives with the spool
        self._lengths: list[int] = []

    def append(self, text: str) -> None:
        raw = text.encode(errors="replace")
        self._file.write(raw)
        self._lengths.append(len(raw))

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        for length in self._lengths:
            yield self._file.read(length).decode()


@dataclass
class RawPiece:
    """An item of the export, as it is written; the head has number 0."""

    number: int
    text: str
    comments: Spool = field(default_factory=Spool)
    whole: bool = True  # whether its end was found
    too_large: bool = False
    mended: bool = False  # whether characters were taken out that no file may have


def cut(file: BinaryIO) -> Iterator[RawPiece]:
    """Yield the head of an export, then its items."""
    yield from _Cutter(file).pieces()


class _Cutter:
    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        start = file.read(1024)
        file.seek(0)
        self.decoder = codecs.getincrementaldecoder(_encoding(start))(errors="replace")
        self.text, self.at, self.ended = "", 0, False

    def pieces(self) -> Iterator[RawPiece]:
        head, number = self.read_until_item()
        yield _clean(RawPiece(0, head))
        while number:
            yield _clean(self.read_item(number))
            number = number + 1 if self.skip_to_item() else 0

    def read_until_item(self) -> tuple[str, int]:
        """Read as far as the first item begins; what stands before it stays small."""
        while mark := self.next_mark():
            if mark[0] == "<!--":
                self.skip_past("-->")
            elif mark[0] == "<![CDATA[":
                self.skip_past("]]>")
            elif mark[2] == "item" and not mark[1]:
                head = self.text[: mark.start()]
                self.text, self.at = self.text[mark.start() :], 0
                return head, 1
        return self.text, 0

    def read_item(self, number: int) -> RawPiece:
        """Read an item from where it begins."""
        parts: list[str] = []
        piece = RawPiece(number, "", whole=False)
        begin, self.at = 0, len("<item")
        while mark := self.next_mark():
            kind, closing = mark[2], bool(mark[1])
            if mark[0] == "<![CDATA[":
                self.skip_past("]]>")
            elif kind == "wp:comment" and not closing:
                parts.append(self.text[begin : mark.start()])
                self.text, self.at = self.text[mark.start() :], 0
                if comment := self.read_comment():
                    piece.mended = _has_bad(comment) or piece.mended
                    piece.comments.append(comment.translate(CONTROL))
                begin = 0
            elif kind == "item" and closing:
                parts.append(self.text[begin : mark.end()])
                self.text, self.at = self.text[mark.end() :], 0
                piece.whole = True
                break
            if len(self.text) > LARGEST:
                piece.too_large = True
                self.text, self.at, begin, parts = "", 0, 0, []
        else:
            parts.append(self.text)
            self.text = ""
        piece.text = "" if piece.too_large else "".join(parts)
        return piece

    def read_comment(self) -> str:
        """Take a comment out of the item. One that never ends is left where it is."""
        self.at = len("<wp:comment")
        while mark := self.next_mark():
            if mark[0] == "<![CDATA[":
                self.skip_past("]]>")
            elif mark[2] == "wp:comment" and mark[1]:
                comment = self.text[: mark.end()]
                self.text, self.at = self.text[mark.end() :], 0
                return comment
            elif mark[2] == "item" or len(self.text) > LARGEST:
                self.at = mark.start() if mark[2] == "item" else self.at
                return ""
        return ""

    def skip_to_item(self) -> bool:
        while mark := self.next_mark():
            if mark[2] == "item" and not mark[1]:
                self.text, self.at = self.text[mark.start() :], 0
                return True
            self.text, self.at = self.text[mark.end() :], 0
        return False

    def next_mark(self) -> re.Match[str] | None:
        """Return the next mark and stand behind it."""
        while True:
            if mark := MARK.search(self.text, self.at):
                self.at = mark.end()
                return mark
            self.at = max(self.at, self.text.rfind("<", self.at) if "<" in self.text else 0)
            if len(self.text) - self.at > LONGEST_MARK * 64:
                self.at = len(self.text) - LONGEST_MARK
            if not self.read_more():
                return None

    def skip_past(self, end: str) -> None:
        begin = self.at
        while (found := self.text.find(end, begin)) < 0:
            begin = max(self.at, len(self.text) - len(end))
            if len(self.text) > 2 * LARGEST or not self.read_more():
                self.at = len(self.text)
                return
        self.at = found + len(end)

    def read_more(self) -> bool:
        if self.ended:
            return False
        raw = self.file.read(CHUNK)
        self.ended = not raw
        read = self.decoder.decode(raw, final=self.ended)
        self.text += read
        return bool(read) or not self.ended


def _clean(piece: RawPiece) -> RawPiece:
    """Return a piece without what no XML can hold, and say so in it."""
    mended = piece.mended or _has_bad(piece.text)
    return replace(piece, text=piece.text.translate(CONTROL), mended=mended)


def _has_bad(text: str) -> bool:
    return UNREADABLE in text or len(text.translate(CONTROL)) != len(text)


def _encoding(start: bytes) -> str:
    """Return how the file writes characters: as it says, by its first bytes or in the head."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16")):
        if start.startswith(mark):
            return name
    if start.startswith(codecs.BOM_UTF16_BE):
        return "utf-16"
    found = ENCODING.search(start)
    try:
        return codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        return "utf-8"
