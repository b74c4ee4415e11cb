"""Bodies of pages, made of what was read: each rich text as the editor itself would store it."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from clinic_site.pages.blocks.traversal import innermost
from clinic_site.pages.pasting.body import PastingBody
from clinic_site.pages.pasting.document import Item, Paragraph, Part, ReadyBlock, words_of
from clinic_site.pages.pasting.stored_text import tidied
from wordpress.bring.documents import linked_in, without_links
from wordpress.bring.files import Files, FoundFile, is_picture
from wordpress.bring.numbered import link_figures, number_figures, without_label
from wordpress.content.pieces import Content, Embed, LiftedPicture
from wordpress.report import ItemReport
from wordpress.wxr.read import host_of

PAGE_LINK = re.compile(r'<a href="/!page/(\d+)/">')
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
LONGEST_CAPTION, LONGEST_DESCRIPTION, LONGEST_TITLE = 300, 500, 120
VIDEOS = re.compile(
    r"(^|\.)(youtube(-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|ted\.com|"
    r"wistia\.(com|net)|wordpress\.tv|videopress\.com)$"
)
VIDEO_FILE = re.compile(r"\.(mp4|m4v|webm|mov|ogv)$", re.IGNORECASE)

Block = dict[str, Any]


class BodyMaker:
    """Makes the body of one page. `shown` are the attachments that it shows."""

    def __init__(self, body: PastingBody, files: Files, seed: str, entry: ItemReport) -> None:
        self.body, self.files, self.seed, self.entry = body, files, seed, entry
        self.has_figures = "figure" in body.child_blocks
        self.shown: list[str] = []
        self.first_image: int | None = None

    def make(self, content: Content) -> list[Block]:
        texts = [part.html for part in content.pieces if hasattr(part, "html")]
        numbering = number_figures(content.pictures, texts)
        numbers = numbering.numbers if self.has_figures else {}
        parts: list[Part] = []
        place = 0
        for piece in content.pieces:
            if isinstance(piece, LiftedPicture):
                parts += self._picture(piece, numbers.get(place))
                place += 1
            elif isinstance(piece, Embed):
                parts.append(self._embed(piece))
            else:
                parts.append(piece)
        parts = _with_downloads(parts)
        made = self._with_ids(self.body.blocks_of(parts))
        ids = {number: self._id_of_figure(made, place) for place, number in numbers.items()}
        for words in numbering.uncertain:
            self.entry.look(f"“{words}” is a number typed by hand: which figure is meant?")
        return [self._stored(block, ids) for block in made]

    def _with_ids(self, made: list[tuple[str, Any]]) -> list[Block]:
        return [
            {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"{self.seed}#{place}"))}
            for place, (kind, value) in enumerate(made)
        ]

    def _id_of_figure(self, made: list[Block], place: int) -> str:
        return str([block["id"] for block in made if block["type"] == "figure"][place])

    def _stored(self, block: Block, ids: dict[int, str]) -> Block:
        """Return a block whose rich text is as the editor stores it."""
        kind = self.body.child_blocks[block["type"]]
        if not isinstance(kind, blocks.RichTextBlock):
            return block
        html = PAGE_LINK.sub(r'<a linktype="page" id="\1">', block["value"])
        if ids:
            html = link_figures(html, ids)
        stored = stored_text(html, kind.features)
        if _words(stored) != _words(html):
            self.entry.look(f"the editor reads a text otherwise: “{_words(html)[:60]}…”")
        return {**block, "value": stored}

    def _picture(self, picture: LiftedPicture, number: int | None) -> list[Part]:
        found = self.files.find(picture.number, picture.address)
        if found.attachment is not None:
            self.shown.append(found.attachment.number)
        if found.problem:
            self.entry.lost(f"a picture: {found.problem}")
        self.first_image = self.first_image or found.image
        caption = picture.caption or (
            found.attachment.caption if found.attachment and not picture.address else ""
        )
        caption, rest = _cut(without_label(caption) if number else caption, LONGEST_CAPTION)
        if rest:
            self.entry.changed("a long caption goes on below its picture")
        self._say_where_it_led(picture)
        value = {
            "image": found.image,
            "alternative_text": self._description(picture, found, caption),
            "decorative": False,
            "caption": caption,
            "side": picture.side,
        }
        if self.has_figures:
            value |= {"credit": "", "wide": picture.wide, "numbered": number is not None}
        kind = "figure" if self.has_figures else "image"
        return [ReadyBlock(kind, value), *([Paragraph(escape(rest))] if rest else [])]

    def _description(self, picture: LiftedPicture, found: FoundFile, caption: str) -> str:
        known = found.attachment.alternative_text if found.attachment else ""
        said = picture.alternative_text or known
        names = {PurePosixPath(urlsplit(picture.address).path).stem.lower()}
        if found.attachment:
            names |= {found.attachment.title.lower(), PurePosixPath(found.attachment.path).stem}
        if not said and caption:
            self.entry.changed("what a picture shows is told by its caption")
        elif said and said.lower() in names:
            self.entry.look(f"“{said}” is the name of a file: say what the picture shows")
        return (said or caption)[:LONGEST_DESCRIPTION]

    def _say_where_it_led(self, picture: LiftedPicture) -> None:
        leads_to = picture.leads_to
        if leads_to and not leads_to.startswith("/!page/") and not is_picture(leads_to):
            self.entry.look(f"a picture led to {leads_to}; pictures here lead to themselves, large")

    def _embed(self, embed: Embed) -> Part:
        address = _for_readers(embed.address)
        host = host_of(address).removeprefix("www.")
        title = embed.title or (f"Video on {host}" if host else "Video")
        if not host:
            self.entry.lost(f"something embedded without an address: {embed.address[:100]}")
            return Paragraph(escape(embed.title or embed.address))
        is_video = VIDEOS.search(host) or VIDEO_FILE.search(urlsplit(address).path)
        self.entry.changed(f"what was embedded is a link now: {address}")
        if "video" in self.body.child_blocks and is_video and len(title) <= LONGEST_TITLE:
            value = {"title": title, "url": address, "image": None, "minutes": None}
            return ReadyBlock("video", value)
        words = embed.title or (title if is_video else address)
        return Paragraph(f'<a href="{escape(address)}">{escape(words)}</a>')


def stored_text(html: str, features: list[str]) -> str:
    """Return rich text as it is when the editor has opened and saved it."""
    converter = ContentstateConverter(features=features)
    stored = converter.to_database_format(converter.from_database_format(html))
    return tidied(BLOCK_KEY.sub("", stored))


def check(body: PastingBody, made: list[Block], entry: ItemReport) -> None:
    """Note what the editor would not take of a body, as a draft."""
    body.defer_required_validation()
    try:
        body.clean(body.to_python(made))
    except ValidationError as error:
        for place, problem in sorted(getattr(error, "block_errors", {}).items()):
            words = "; ".join(getattr(problem, "messages", None) or [str(problem)])
            entry.look(f"the editor won’t take block {int(place) + 1} as it is: {words}"[:300])
    finally:
        body.restore_deferred_validation()


def texts_of(body: PastingBody, made: list[Block]) -> list[str]:
    """Return the texts of a body, for comparing."""
    stream = body.to_python(made)
    found = (pair for bound in stream for pair in innermost(bound.block, bound.value))
    return [str(value) for _block, value in found if isinstance(value, str)]


def _with_downloads(parts: list[Part]) -> list[Part]:
    """Offer each document that a text leads to below it; below a list, if it stands in one."""
    out: list[Part] = []
    waiting: list[int] = []
    for part in parts:
        if waiting and not isinstance(part, Item):
            out += (_download(number) for number in waiting)
            waiting = []
        if isinstance(part, Paragraph | Item):
            waiting += [number for number in linked_in(part.html) if number not in waiting]
            part = replace(part, html=without_links(part.html))
        out.append(part)
    return [*out, *(_download(number) for number in waiting)]


def _download(number: int) -> ReadyBlock:
    return ReadyBlock("download", {"document": number, "about": ""})


def _cut(words: str, longest: int) -> tuple[str, str]:
    if len(words) <= longest:
        return words, ""
    at = words.rfind(" ", 0, longest)
    at = at if at > 0 else longest
    return words[:at], words[at:].strip()


def _words(html: str) -> str:
    return " ".join(words_of(re.sub(r"</(p|li|h\d)>|<[ou]l>", " ", html)).split())


READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
    (
        re.compile(r"^(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)"),
        lambda found: f"https://www.youtube.com/watch?v={found[1]}",
    ),
    (
        re.compile(r"^(?:https?:)?//player\.vimeo\.com/video/(\d+)"),
        lambda found: f"https://vimeo.com/{found[1]}",
    ),
]


def _for_readers(address: str) -> str:
    """Return where people watch what an address shows in a frame."""
    for pattern, build in READERS:
        if found := pattern.match(address):
            return build(found)
    parts = urlsplit(address) if not address.startswith("//") else urlsplit(f"https:{address}")
    if inner := parse_qs(parts.query).get("src"):
        return inner[0] if inner[0].startswith("https://") else parts.geturl()
    return parts.geturl()
