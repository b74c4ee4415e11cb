"""Words in square brackets that WordPress and its plugins put something in the place of."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

NAME = r"[A-Za-z][\w-]{1,40}"
ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|'([^']*)'|(\S+)"""
)
# A name alone is a word in brackets ("[sic]"); with attributes or an end it is a shortcode.
ANY = re.compile(
    rf"(\[?)\[({NAME})((?:\s+[^\[\]]*)?)/?\](?:((?:(?!\[\2\b).)*?)\[/\2\])?(\]?)", re.DOTALL
)
CODE = re.compile(r"<(pre|code|script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
BEGIN, END = chr(0xE002), chr(0xE003)  # which no text has
PLACE = BEGIN + "{}" + END
PLACES = re.compile(rf"{BEGIN}(\d+){END}")
SIDES = ("alignleft", "alignright", "aligncenter", "alignnone", "alignwide", "alignfull")
# What stands in brackets and is no shortcode, however it is written.
WORDS = {"sic", "citation", "note", "ed", "edit", "update", "updated", "pdf", "link", "here", "x"}


def expand(text: str, unknown: Counter[str], attached: Sequence[str] = ()) -> str:
    """Return `text` with WordPress's own shortcodes as HTML. Others stay, and are counted.

    `attached` are the numbers of the pictures that a gallery shows which names none.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return PLACE.format(len(kept) - 1)

    def replace(match: re.Match[str]) -> str:
        escaped_before, name, written, inside, escaped_after = match.groups()
        if escaped_before and escaped_after:
            return match[0][1:-1]
        found = OWN.get(name.lower())
        if found is None:
            _count(name, written, inside, unknown)
            if inside is None:
                return match[0]
            return match[0].replace(inside, ANY.sub(replace, inside), 1)
        said = attributes_of(written)
        if found is _gallery and not (said.get("ids") or said.get("include")):
            said["ids"] = ",".join(attached)
        html = found(said, inside or "")
        return f"{escaped_before}{html}{escaped_after}"

    text = CODE.sub(keep, text)
    text = ANY.sub(replace, text)
    return PLACES.sub(lambda match: kept[int(match[1])], text)


def attributes_of(written: str) -> dict[str, str]:
    """Return what a shortcode says; what has no name is called "0", "1" and so on."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(written):
        if match[1]:
            found[match[1].lower()] = next((v for v in match.group(2, 3, 4) if v is not None), "")
        else:
            value = next((v for v in match.group(5, 6, 7) if v is not None), "")
            found[str(sum(key.isdecimal() for key in found))] = value
    return found


def _count(name: str, written: str, inside: str | None, unknown: Counter[str]) -> None:
    is_written = "=" in written or inside is not None or "_" in name or "-" in name
    if is_written and name.lower() not in WORDS:
        unknown[name] += 1


def _caption(said: dict[str, str], inside: str) -> str:
    """[caption]: the picture, then its words, or the words as an attribute."""
    picture = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", inside, re.DOTALL)
    image, words = (picture[1], picture[2]) if picture else (inside, "")
    words = " ".join((words.strip() or said.get("caption", "")).split())
    number = re.sub(r"\D", "", said.get("id", ""))
    side = said.get("align", "") if said.get("align", "") in SIDES else ""
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    figure = f'<figure class="wp-caption {side}" data-number="{number}">{image}{caption}</figure>'
    return f"\n\n{figure}\n\n"


def _gallery(said: dict[str, str], inside: str) -> str:
    numbers = re.findall(r"\d+", said.get("ids") or said.get("include") or "")
    pictures = (f'<figure><img class="wp-image-{number}" src=""></figure>' for number in numbers)
    return f"\n\n<div>{''.join(pictures)}</div>\n\n"


def _embed(said: dict[str, str], inside: str) -> str:
    address = inside.strip() or said.get("src") or said.get("0") or ""
    return _as_embed(address)


def _media(said: dict[str, str], inside: str) -> str:
    kinds = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv", "0")
    address = next(filter(None, map(said.get, kinds)), "")
    return _as_embed(address or " ".join(inside.split()))


def _as_embed(address: str) -> str:
    return f'\n\n<embed src="{escape(address.strip())}">\n\n' if address else ""


OWN: dict[str, Callable[[dict[str, str], str], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _embed,
    "audio": _media,
    "video": _media,
}
