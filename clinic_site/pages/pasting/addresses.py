"""Where a link leads once what the programs on its way have added is taken away.

Functions of values. A trace is an address that means nothing to readers: a page of the admin, a
place inside somebody's Word document, a file on somebody's computer.
"""

import base64
import binascii
import re
from collections.abc import Callable, Collection
from enum import Enum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit, urlunsplit

ADMIN = "/admin/"
OWN_MACHINE = ("", "localhost", "127.0.0.1", "::1")
NESTED = 5  # redirects inside redirects that are followed
# What Word, Google Docs and LibreOffice call the places inside a document.
INSIDE_A_DOCUMENT = re.compile(
    r"_|(ftnt|cmnt|sd(foot|end)note|bookmark=|heading=|docs-internal-guid)", re.IGNORECASE
)
FOOTNOTE_MARK = re.compile(r"_(ftn|edn)\d|ftnt\d|sd(foot|end)note\d+sym", re.IGNORECASE)
FOOTNOTE_WAY_BACK = re.compile(r"_(ftn|edn)ref\d|ftnt_ref\d|sd(foot|end)note\d+anc", re.IGNORECASE)
COMMENT_MARK = re.compile(r"_msocom_|_msoanchor_|cmnt(_ref)?\d", re.IGNORECASE)


class Trace(Enum):
    """What is wrong with an address."""

    ADMIN = "admin"
    DOCUMENT = "document"  # a place in a document, such as a footnote, or a file
    REDIRECT = "redirect"


def kept_address(href: str, own_hosts: Collection[str]) -> str | None:
    """Return where `href` really leads, or None if that is nowhere a reader could go.

    `own_hosts` are the site's own names, without a port.
    """
    address = href.strip()
    for _step in range(NESTED):
        parts = _split(address)
        if parts is None:
            return None
        if (unwrap := redirect_of(parts)) is None:
            return _without_traces(address, parts, own_hosts)
        target = unwrap(parts)
        if target is None or not target.lower().startswith(("http://", "https://")):
            return None
        address = target
    return None


def redirect_of(parts: SplitResult) -> "Callable[[SplitResult], str | None] | None":
    """Return what reads the target out of a search engine's or mail program's redirect."""
    host, path = (parts.hostname or "").lower(), parts.path
    for host_pattern, path_pattern, target in REDIRECTS:
        if host_pattern.fullmatch(host) and path_pattern.match(path):
            return target
    return None


def trace_of(href: str, own_hosts: Collection[str]) -> Trace | None:
    """Return what keeps readers from following `href`, or leads them there by a detour."""
    parts = _split(href.strip())
    if parts is None or parts.scheme in ("file", "about", "blob"):
        return Trace.DOCUMENT
    host = (parts.hostname or "").lower()
    if host in (*own_hosts, *OWN_MACHINE) and unquote(f"{parts.path}/").startswith(ADMIN):
        return Trace.ADMIN
    if _is_footnote(parts.fragment):
        return Trace.DOCUMENT
    nowhere = not (parts.scheme or parts.netloc or parts.path)
    if nowhere and INSIDE_A_DOCUMENT.match(parts.fragment):
        return Trace.DOCUMENT
    return Trace.REDIRECT if redirect_of(parts) else None


def _without_traces(address: str, parts: SplitResult, own_hosts: Collection[str]) -> str | None:
    trace = trace_of(address, own_hosts)
    if trace is Trace.DOCUMENT and _is_footnote(parts.fragment) and parts.path.strip("/"):
        return _without_traces(urlunsplit(page := parts._replace(fragment="")), page, own_hosts)
    return address if trace is None else None


def _is_footnote(fragment: str) -> bool:
    return bool(FOOTNOTE_MARK.match(fragment) or FOOTNOTE_WAY_BACK.match(fragment))


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _query(*names: str) -> "Callable[[SplitResult], str | None]":
    def target(parts: SplitResult) -> str | None:
        found = parse_qs(parts.query)
        values = (value for name in names for value in found.get(name, ()))
        return next((value for value in values if "://" in value), None)

    return target


def _bing(parts: SplitResult) -> str | None:
    """Bing writes the target in base64 after “a1”."""
    code = parse_qs(parts.query).get("u", [""])[0]
    if not code.startswith("a1"):
        return None
    try:
        return base64.urlsafe_b64decode(code[2:] + "=" * (-len(code[2:]) % 4)).decode()
    except (binascii.Error, ValueError):
        return None


def _yahoo(parts: SplitResult) -> str | None:
    found = re.search(r"/RU=([^/]+)/", parts.path)
    return unquote(found[1]) if found else None


def _amp(parts: SplitResult) -> str | None:
    found = re.match(r"/amp/(?:s/)?(.+)", parts.path)
    return f"https://{found[1]}" if found else None


def _proofpoint(parts: SplitResult) -> str | None:
    if found := re.match(r"/v3/__(.+?)__;", f"{parts.path}?{parts.query}"):
        return re.sub(r"^(https?):/(?!/)", r"\1://", found[1])
    code = parse_qs(parts.query).get("u", [""])[0]
    return unquote(code.replace("-", "%").replace("_", "/")) or None


def _nowhere(parts: SplitResult) -> str | None:
    """Of redirects that do not say where they lead."""
    return None


REDIRECTS: list[tuple[re.Pattern[str], re.Pattern[str], Callable[[SplitResult], str | None]]] = [
    (re.compile(host), re.compile(path), target)
    for host, path, target in (
        (r"(www\.|news\.)?google\.[a-z]{2,3}(\.[a-z]{2})?", r"/url\b", _query("q", "url")),
        (r"(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?", r"/imgres\b", _query("imgrefurl", "imgurl")),
        (r"(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?", r"/amp/", _amp),
        (r"([a-z-]+\.)?googleadservices\.com", r"/", _query("adurl", "url")),
        (r"([a-z-]+\.)?bing\.com", r"/(ck/a|aclick?)\b", _bing),
        (r"([a-z-]+\.)?duckduckgo\.com", r"/(l|y\.js)\b", _query("uddg", "u3")),
        (r"r\.search\.yahoo\.com", r"/", _yahoo),
        (r"(www\.)?(yandex\.[a-z.]+|ya\.ru)", r"/clck/", _nowhere),
        (r"(www\.)?baidu\.com", r"/(link|baidu\.php)\b", _nowhere),
        (r"(www\.)?startpage\.com", r"/(cgi-bin|do)/", _query("url", "piurl")),
        (r"(www\.)?ecosia\.org", r"/(link|redirect)\b", _query("url", "u")),
        (r"lm?\.(facebook|instagram|messenger|threads)\.(com|net)", r"/", _query("u")),
        (r"(www\.|m\.)?facebook\.com", r"/(l\.php|flx/warn)", _query("u")),
        (r"(www\.)?youtube\.com", r"/redirect\b", _query("q")),
        (r"(www\.)?linkedin\.com", r"/(redir/redirect|safety/go)\b", _query("url")),
        (r"slack-redir\.net", r"/link\b", _query("url")),
        (r".+\.safelinks\.protection\.(outlook|office365)\.com", r"/", _query("url")),
        (r"urldefense(\.proofpoint)?\.com", r"/v[123]/", _proofpoint),
    )
]
