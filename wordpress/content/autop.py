"""Paragraphs as WordPress makes them from line breaks: two end a paragraph, one is a line break."""

import re

BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|"
    "blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|"
    "footer|nav|figure|figcaption|details|menu|summary|iframe|video|audio|object|embed"
)
OPENS = re.compile(rf"\s*(<(?:{BLOCKS})\b[^>]*>)", re.IGNORECASE)
CLOSES = re.compile(rf"(</(?:{BLOCKS})>)\s*", re.IGNORECASE)
KEPT = re.compile(r"<(pre|script|style|textarea|svg)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
IN_TAG = re.compile(r"<[^<>]*\n[^<>]*>")
EDGE = re.compile(rf"</?(?:{BLOCKS})\b[^>]*>", re.IGNORECASE)
BEGIN, END = chr(0xE000), chr(0xE001)  # which no text has
PLACE = BEGIN + "{}" + END
PLACES = re.compile(rf"{BEGIN}(\d+){END}")


def as_paragraphs(text: str) -> str:
    """Return a classic text as HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n{PLACE.format(len(kept) - 1)}\n\n"

    text = KEPT.sub(keep, text)
    text = IN_TAG.sub(lambda match: match[0].replace("\n", " "), text)
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = CLOSES.sub(r"\1\n\n", OPENS.sub(r"\n\n\1", text))
    chunks = (chunk.strip() for chunk in re.split(r"\n\s*\n", text))
    html = "\n".join(_paragraph(chunk) for chunk in chunks if chunk)
    return PLACES.sub(lambda match: kept[int(match[1])], html)


def _paragraph(chunk: str) -> str:
    """Return words as a paragraph; what is a block by itself stays what it is."""
    if PLACES.fullmatch(chunk):
        return chunk
    begins, ends = EDGE.match(chunk), chunk.endswith(">") and EDGE.search(chunk)
    words = EDGE.sub("", chunk).strip()
    if not words:
        return chunk
    if begins or ends:
        return _inside_blocks(chunk)
    return f"<p>{_with_breaks(chunk)}</p>"


def _inside_blocks(chunk: str) -> str:
    """Return a chunk that begins or ends with a block's tag; its words get line breaks."""
    return "".join(
        part if EDGE.fullmatch(part) or not part.strip() else _with_breaks(part.strip("\n"))
        for part in re.split(rf"(</?(?:{BLOCKS})\b[^>]*>)", chunk, flags=re.IGNORECASE)
        if part is not None
    )


def _with_breaks(words: str) -> str:
    return re.sub(r"(<br\s*/?>)?[ \t]*\n", "<br>\n", words)
