"""What has to be known of the whole export before its first item is brought."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from wordpress.wxr.items import BadPiece, OldItem, OldTerm
from wordpress.wxr.read import Export

PAGES = ("post", "page")
# Kept by WordPress beside the texts, and of no use here.
NOT_BROUGHT = {
    "nav_menu_item": "entries of menus",
    "revision": "earlier versions",
    "wp_navigation": "menus of the block editor",
    "wp_template": "templates",
    "wp_template_part": "parts of templates",
    "wp_global_styles": "styles",
    "wp_block": "reusable blocks",
    "wp_font_family": "fonts",
    "wp_font_face": "fonts",
    "custom_css": "styles",
    "customize_changeset": "settings of the theme",
    "oembed_cache": "copies of embeds",
    "user_request": "requests about data",
}
THROWN_AWAY = ("trash", "auto-draft")


@dataclass(frozen=True)
class IndexEntry:
    """A post or page, without its text."""

    key: str
    number: str
    kind: str
    title: str
    slug: str
    link: str
    status: str
    parent: str
    menu_order: int
    has_password: bool
    published: datetime | None
    categories: tuple[OldTerm, ...]

    @property
    def is_public(self) -> bool:
        return self.status == "publish" and not self.has_password


@dataclass(frozen=True)
class OldFile:
    key: str
    number: str
    title: str
    address: str
    path: str  # below the folder of uploads, if WordPress says it
    alternative_text: str
    caption: str
    parent: str
    link: str


@dataclass
class Index:
    entries: dict[str, IndexEntry] = field(default_factory=dict)
    by_number: dict[str, str] = field(default_factory=dict)  # of a post or page, its key
    attachments: dict[str, OldFile] = field(default_factory=dict)
    attached: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    in_menu: set[str] = field(default_factory=set)
    creators: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    thrown_away: int = 0
    comments: int = 0
    bad: list[BadPiece] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.entries) + len(self.attachments)


def read_index(export: Export, seen: Callable[[int], None] = lambda count: None) -> Index:
    index = Index()
    slugs = {term.number: term.slug for term in export.head.terms if term.domain == "category"}
    for place, item in enumerate(export.items(), 1):
        if isinstance(item, BadPiece):
            index.bad.append(item)
        else:
            _note(index, item, slugs)
        if place % 100 == 0:
            seen(place)
    return index


def _note(index: Index, item: OldItem, slugs: dict[str, str]) -> None:
    index.kinds[item.kind] += 1
    if item.kind == "attachment":
        index.attachments.setdefault(item.number or item.key, _attachment(item))
        if item.parent:
            index.attached[item.parent].append(item.number)
    elif item.kind == "nav_menu_item":
        if item.meta.get("_menu_item_type") == "post_type":
            index.in_menu.add(item.meta.get("_menu_item_object_id", ""))
    elif item.kind in PAGES:
        if item.status in THROWN_AWAY:
            index.thrown_away += 1
            return
        index.entries[item.key] = _entry(item, slugs)
        index.by_number.setdefault(item.number, item.key)
        index.comments += len(item.raw_comments)
        index.creators[item.creator] += 1


def _attachment(item: OldItem) -> OldFile:
    return OldFile(
        item.key,
        item.number,
        item.title,
        item.attachment_address or item.guid,
        item.meta.get("_wp_attached_file", ""),
        " ".join(item.meta.get("_wp_attachment_image_alt", "").split()),
        " ".join(item.excerpt.split()),
        item.parent,
        item.link,
    )


def _entry(item: OldItem, slugs: dict[str, str]) -> IndexEntry:
    # Which of several categories counts is known to a plugin that many have.
    primary = slugs.get(item.meta.get("_yoast_wpseo_primary_category", ""), "")
    categories = item.names("category")
    categories.sort(key=lambda term: (term.slug != primary, term.slug == "uncategorized"))
    return IndexEntry(
        item.key,
        item.number,
        item.kind,
        item.title,
        item.slug,
        item.link,
        item.status,
        item.parent,
        item.menu_order,
        bool(item.password),
        item.dates.published,
        tuple(categories),
    )
