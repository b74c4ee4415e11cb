"""Where a link leads once what the programs on its way have added is taken away.

Functions of values. A trace is an address that means nothing to readers: a page of the admin, a
place inside somebody's Word document, a file on somebody's computer.
"""

import base64
import binascii
import posixpath
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
    host, rest = _host(parts), f"{parts.path}?{parts.query}"
    for host_pattern, rest_pattern, target in REDIRECTS:
        if host_pattern.fullmatch(host) and rest_pattern.match(rest):
            return target
    return None


def trace_of(href: str, own_hosts: Collection[str]) -> Trace | None:
    """Return what keeps readers from following `href`, or leads them there by a detour."""
    parts = _split(href.strip())
    # A scheme of one letter is a drive of somebody's computer.
    if parts is None or parts.scheme in ("file", "about", "blob") or len(parts.scheme) == 1:
        return Trace.DOCUMENT
    if _host(parts) in (*own_hosts, *OWN_MACHINE) and _leads_into_the_admin(parts.path):
        return Trace.ADMIN
    if _is_footnote(parts.fragment) or _is_beside_the_document(parts):
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


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _leads_into_the_admin(path: str) -> bool:
    """Tell it as browsers read a path, and as the site leads from capitals to small letters."""
    read = posixpath.normpath(unquote(path).replace("\\", "/")).lower()
    return f"/{read.lstrip('/')}/".startswith(ADMIN)


def _is_beside_the_document(parts: SplitResult) -> bool:
    """Tell whether an address is told from where somebody's document lay ("../plan.html")."""
    is_relative = not (parts.scheme or parts.netloc) and bool(parts.path)
    return is_relative and parts.path[0] not in "/\\"


def _is_footnote(fragment: str) -> bool:
    return bool(FOOTNOTE_MARK.match(fragment) or FOOTNOTE_WAY_BACK.match(fragment))


def _split(address: str) -> SplitResult | None:
    """Read an address; for browsers a backslash is a stroke like any other."""
    try:
        parts = urlsplit(address)
        is_of_the_web = parts.scheme in ("", "http", "https")
        return urlsplit(address.replace("\\", "/")) if is_of_the_web else parts
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
    found = re.search(r"/RU=([^/]+)(/|$)", parts.path)
    return unquote(found[1]) if found else None


def _amp(parts: SplitResult) -> str | None:
    found = re.match(r"/(?:amp|[cv])/(?:s/)?(.+)", parts.path)
    return f"https://{found[1]}" if found else None


def _proofpoint(parts: SplitResult) -> str | None:
    if found := re.match(r"/v3/__(.+?)__;", f"{parts.path}?{parts.query}"):
        return re.sub(r"^(https?):/(?!/)", r"\1://", found[1])
    code = parse_qs(parts.query).get("u", [""])[0]
    return unquote(code.replace("-", "%").replace("_", "/")) or None


def _nowhere(parts: SplitResult) -> str | None:
    """Of redirects that do not say where they lead."""
    return None


GOOGLE = r"([a-z0-9-]+\.)*google\.[a-z]{2,3}(\.[a-z]{2})?"
# Search engines that name the address that they lead to, each in a way of its own that changes.
OTHER_ENGINES = (
    r"([a-z0-9-]+\.)*(aol|ask|brave|daum|dogpile|ecosia|excite|lycos|metager|mojeek|naver|qwant|"
    r"seznam|so|sogou|startpage|swisscows|yahoo|yandex|you)\.[a-z]{2,3}(\.[a-z]{2})?"
)
NAMES = ("url", "u", "q", "to", "target", "dest", "redirect", "link", "piurl", "a")
NAMED = rf".*[?&]({'|'.join(NAMES)})=https?(:|%3a)"

# A host, what stands behind it ("/path?query"), and what reads the target.
REDIRECTS: list[tuple[re.Pattern[str], re.Pattern[str], Callable[[SplitResult], str | None]]] = [
    (re.compile(host), re.compile(rest, re.IGNORECASE), target)
    for host, rest, target in (
        (GOOGLE, r"/(url|interstitial|scholar_url|translate)\b", _query("q", "url", "u")),
        (GOOGLE, r"/imgres\b", _query("imgrefurl", "imgurl")),
        (GOOGLE, r"/(pagead/)?aclk\b", _query("adurl", "url")),
        (GOOGLE, r"/amp/", _amp),
        (r"news\.google\.com", r"/(rss/)?(articles|read)/", _nowhere),
        (r".+\.cdn\.ampproject\.org", r"/[cv]/", _amp),
        (r"([a-z-]+\.)?googleadservices\.com", r"/", _query("adurl", "url")),
        (r"([a-z-]+\.)?bing\.com", r"/(ck/a|aclk|aclick)\b", _bing),
        (r"([a-z-]+\.)?duckduckgo\.com", r"/(l|y\.js)\b", _query("uddg", "u3")),
        (r"([a-z-]+\.)*(yahoo|aol)\.(com|co\.jp)", r"/(.*/)?RU=", _yahoo),
        (r"r\.search\.yahoo\.com", r"/", _nowhere),
        (OTHER_ENGINES, NAMED, _query(*NAMES)),
        (r"([a-z]+\.)?(yandex\.[a-z.]+|ya\.ru)", r"/(clck|count)/", _nowhere),
        (r"(www\.|m\.)?baidu\.com", r"/(link|baidu\.php)\b", _nowhere),
        (r"(www\.|m\.)?(sogou|so)\.com", r"/(web/)?link\b", _nowhere),
        (r"(www\.)?startpage\.com", r"/(cgi-bin|do)/", _nowhere),
        (r"lm?\.(facebook|instagram|messenger|threads)\.(com|net)", r"/", _query("u")),
        (r"(www\.|m\.)?facebook\.com", r"/(l\.php|flx/warn)", _query("u")),
        (r"(www\.)?youtube\.com", r"/redirect\b", _query("q")),
        (r"(www\.)?linkedin\.com", r"/(redir/redirect|safety/go)\b", _query("url")),
        (r"out\.reddit\.com", r"/", _query("url")),
        (r"(www\.)?pinterest\.[a-z.]+", r"/offsite\b", _query("url")),
        (r"slack-redir\.net", r"/link\b", _query("url")),
        (r".+\.safelinks\.protection\.(outlook|office365)\.com", r"/", _query("url")),
        (r"urldefense(\.proofpoint)?\.com", r"/v[123]/", _proofpoint),
    )
]
