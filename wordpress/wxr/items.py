"""What an export holds, as values. Texts are as WordPress wrote them, dates are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from wordpress.wxr.dates import ItemDates
from wordpress.wxr.stream import Spool


@dataclass(frozen=True)
class Author:
    login: str
    name: str
    email: str = ""  # to tell the clinic's own comments by; never kept
    number: str = ""


@dataclass(frozen=True)
class OldTerm:
    """A category, a tag or whatever else sorts posts."""

    domain: str  # "category", "post_tag"
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    number: str = ""


@dataclass(frozen=True)
class Head:
    """What an export says before its items."""

    address: str = ""  # of the site that was exported, without a last stroke
    title: str = ""
    version: str = ""
    authors: tuple[Author, ...] = ()
    terms: tuple[OldTerm, ...] = ()
    namespaces: str = ""  # as they are declared, for the pieces that follow
    declares: bool = False  # whether it has a DOCTYPE with entities, of which nothing is read


@dataclass(frozen=True)
class OldComment:
    number: str
    author: str
    email: str
    content: str
    state: str  # "1", "0", "hold", "spam", "trash", "post-trashed"
    kind: str  # "", "comment", "pingback", "trackback", or a plugin's
    parent: str
    user: str
    at: datetime | None


@dataclass
class OldItem:
    """A post, a page, an attachment, or something else that WordPress keeps as a post."""

    key: str  # by which it is known in each run
    number: str
    kind: str  # "post", "page", "attachment", "nav_menu_item" …
    title: str = ""
    link: str = ""
    guid: str = ""
    creator: str = ""
    content: str = ""
    excerpt: str = ""
    slug: str = ""
    status: str = "draft"
    parent: str = ""
    menu_order: int = 0
    password: str = ""
    sticky: bool = False
    comments_open: bool = True
    attachment_address: str = ""
    dates: ItemDates = field(default_factory=ItemDates)
    terms: list[OldTerm] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    digest: str = ""  # of all of it but the comments
    raw_comments: Spool = field(default_factory=Spool)

    def names(self, domain: str) -> list[OldTerm]:
        return [term for term in self.terms if term.domain == domain]


@dataclass(frozen=True)
class BadPiece:
    """A piece that could not be read, in words for a person."""

    number: int  # its place in the file, from 1
    what: str


Read = Iterator[OldItem | BadPiece]
