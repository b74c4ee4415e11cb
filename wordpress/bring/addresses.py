"""Addresses of the other site: where links to them lead here, and redirects from them."""

from collections.abc import Iterable
from html import unescape
from urllib.parse import SplitResult, parse_qs, unquote, urlencode, urlsplit

from django.urls import reverse
from django.utils.text import slugify
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from wordpress.bring.documents import Documents
from wordpress.bring.files import path_of
from wordpress.bring.records import Kind, Records
from wordpress.report import ItemReport, Report
from wordpress.wxr.index import Index, IndexEntry
from wordpress.wxr.items import Head, OldTerm

LONGEST = 255  # characters, as of the column
NUMBERED = ("p", "page_id", "attachment_id")
FEEDS = ("feed/rss2", "feed/rss", "feed/atom", "feed/rdf", "rss", "rss2", "atom", "rdf")
OLD_FEEDS = ("comments/feed", "?feed=rss2", "?feed=rss", "?feed=atom", "?feed=comments-rss2")


class Addresses:
    def __init__(self, head: Head, index: Index, records: Records, documents: Documents) -> None:
        self.documents = documents
        parts = urlsplit(head.address)
        self.host = (parts.hostname or "").removeprefix("www.")
        self.base = parts.path.rstrip("/")
        self.index, self.records = index, records
        self.site = Site.objects.filter(is_default_site=True).first()
        self._by_path: dict[str, str] = {}
        for entry in index.entries.values():
            link = urlsplit(entry.link)
            if not link.query:
                self._by_path.setdefault(_plain(link.path), entry.key)
        self._pages: dict[int, str] = {}

    # Links

    def rewrite(self, address: str, entry: ItemReport) -> str:
        """Return where a link of a text is to lead. What leads to a page is marked with its id."""
        parts = _split(address)
        if parts is None or not self.is_ours(address):
            return address
        if not parts.path and not parts.query and not parts.netloc:
            return f"#{parts.fragment}" if parts.fragment.startswith("comment-") else ""
        if document := self.documents.find(address):
            return f"/!document/{document}/"
        page = self._page(parts.path, parts.query)
        if page is None:
            if not path_of(address) and _plain(parts.path) != _plain(self.base):
                entry.look(f"a link leads to {address}, which is no page of the export")
            elif path_of(address):
                entry.look(f"a link leads to the file {address}, which stays where it is")
                return address
            rest = f"?{parts.query}" if parts.query else ""
            return f"{parts.path or '/'}{rest}"
        if parts.fragment.startswith("comment-"):
            return f"{self._path_of(page)}#{parts.fragment}"
        return f"/!page/{page}/"

    def is_ours(self, address: str) -> bool:
        parts = _split(address)
        if parts is None or parts.scheme not in ("", "http", "https"):
            return False
        host = (parts.hostname or "").removeprefix("www.")
        return host == self.host if parts.netloc else not parts.scheme

    def _page(self, path: str, query: str) -> int | None:
        said = parse_qs(query)
        number = next((said[name][0] for name in NUMBERED if name in said), "")
        key = self.index.by_number.get(number) or self._by_path.get(_plain(path))
        if key and (page := self.records.object_id(Kind.PAGE, key)) is not None:
            return page
        if "category" in path.split("/"):
            return self.records.object_id(Kind.TOPIC, unquote(path.rstrip("/").split("/")[-1]))
        return None

    def _path_of(self, page: int) -> str:
        if page not in self._pages:
            found = Page.objects.filter(pk=page).first()
            self._pages[page] = (found.url if found else None) or "/"
        return self._pages[page]

    # Redirects

    def redirect(self, old: str, to: Page | str, report: Report) -> None:
        """Lead from an address of the other site, unless something is noted for it already."""
        path = Redirect.normalise_path(old)
        target = to.url if isinstance(to, Page) else to
        if path in ("", "/") or (target and Redirect.normalise_path(target) == path):
            return
        if len(path) > LONGEST:
            report.count("addresses too long for a redirect")
            return
        if Redirect.objects.filter(old_path=path).exists():
            return
        Redirect.add_redirect(path, redirect_to=to, site=self.site)
        report.count("redirects")

    def redirect_entry(self, entry: IndexEntry, page: Page, report: Report) -> None:
        """Lead from every address of a post or page. Those of private ones are known to nobody."""
        if entry.status == "private":
            return
        link = urlsplit(entry.link)
        if link.path.strip("/") and not link.query:
            self.redirect(link.path, page, report)
            self.redirect(f"{link.path.rstrip('/')}/feed", page, report)
        names = ("p",) if entry.kind == "post" else ("page_id", "p")
        for name in names:
            if entry.number:
                self.redirect(f"{self.base}/?{name}={entry.number}", page, report)

    def redirect_topic(
        self, term: OldTerm, terms: dict[str, OldTerm], topic: Page, report: Report
    ) -> None:
        chain, above = [term.slug], term.parent
        while above and above not in chain:
            chain.insert(0, above)
            above = terms[above].parent if above in terms else ""
        for path in {"/".join(chain), term.slug}:
            self.redirect(f"{self.base}/category/{path}", topic, report)
            self.redirect(f"{self.base}/category/{path}/feed", topic, report)
        if term.number:
            self.redirect(f"{self.base}/?cat={term.number}", topic, report)

    def redirect_tags(self, terms: Iterable[OldTerm], report: Report) -> None:
        here = dict(Tag.objects.values_list("name", "slug"))
        for term in terms:
            slug = here.get(unescape(term.name)) or slugify(term.name)
            if term.domain == "post_tag" and slug:
                to = reverse("tag", args=[slug])
                old = term.slug or slug
                for path in (f"/tag/{old}", f"/tag/{old}/feed", f"/?tag={old}"):
                    self.redirect(f"{self.base}{path}", to, report)

    def redirect_authors(self, names: dict[str, str], report: Report) -> None:
        """Lead from lists by author, by their logins, to what the search finds of them."""
        for login, name in names.items():
            to = f"{reverse('search')}?{urlencode({'q': name})}"
            self.redirect(f"{self.base}/author/{slugify(login)}", to, report)
            self.redirect(f"{self.base}/author/{slugify(login)}/feed", reverse("feed"), report)

    def redirect_dates(self, report: Report) -> None:
        """Lead from lists by date, which there are none of here, to the home page."""
        days = {
            entry.published.strftime(form)
            for entry in self.index.entries.values()
            if entry.kind == "post" and entry.is_public and entry.published
            for form in ("%Y", "%Y/%m", "%Y/%m/%d", "?m=%Y%m")
        }
        for day in sorted(days):
            self.redirect(f"{self.base}/{day}", "/", report)

    def redirect_feeds(self, report: Report) -> None:
        feed = reverse("feed")
        for old in (*FEEDS, *OLD_FEEDS, *(["feed"] if self.base else [])):
            self.redirect(f"{self.base}/{old}", feed, report)

    def redirect_attachments(self, shown: dict[str, int], report: Report) -> None:
        """Lead from the pages of pictures to the page that shows them."""
        pages = Page.objects.in_bulk(set(shown.values()))
        for number, attachment in self.index.attachments.items():
            key = self.index.by_number.get(attachment.parent)
            parent = self.records.object_id(Kind.PAGE, key) if key else None
            page = pages.get(shown.get(number, 0)) or Page.objects.filter(pk=parent).first()
            if page is None or not page.live:
                report.count("pages of attachments that nothing shows")
                continue
            link = urlsplit(attachment.link)
            if link.path.strip("/") and not link.query:
                self.redirect(link.path, page, report)
            self.redirect(f"{self.base}/?attachment_id={number}", page, report)


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _plain(path: str) -> str:
    return unquote(path).strip("/").lower()
