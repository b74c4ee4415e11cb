"""Links in rich text as it is stored: what readers cannot follow is taken out, words stay.

Whatever way text has come in (typed, pasted, imported), a page is tidied when it is saved.
"""

import html
import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.html import escape, strip_tags

from clinic_site.pages.pasting.addresses import Trace, kept_address, trace_of

LINK = re.compile(
    r"""<a\b(?P<before>[^>]*?)\bhref=(?P<quote>["'])(?P<href>.*?)(?P=quote)(?P<after>[^>]*)>"""
    r"(?P<words>.*?)</a>",
    re.DOTALL | re.IGNORECASE,
)


# Draftail's converter begins a list anew after a list of the other kind inside it.
SPLIT_LIST = re.compile(r"</(ol|ul)>\s*<\1>")


def tidied(source: str) -> str:
    """Return rich text as it is to be stored."""
    return SPLIT_LIST.sub("", without_traces(source))


def own_hosts() -> list[str]:
    """Return the names that the site answers to."""
    return [host.lower() for host in settings.ALLOWED_HOSTS if host]


def without_traces(source: str) -> str:
    """Return stored rich text in which every link leads where readers can go."""
    if "href=" not in source:
        return source
    hosts = own_hosts()

    def mend(link: re.Match[str]) -> str:
        href = html.unescape(link["href"])
        kept = kept_address(href, hosts)
        if kept == href.strip():
            return link[0]
        if kept is None:
            return link["words"]
        return f'<a{link["before"]}href="{escape(kept)}"{link["after"]}>{link["words"]}</a>'

    return LINK.sub(mend, source)


def traces_in(source: str) -> Iterator[tuple[Trace, str]]:
    """Yield what is wrong with the links of stored rich text, each with the link's words."""
    hosts = own_hosts()
    for link in LINK.finditer(source):
        if trace := trace_of(html.unescape(link["href"]), hosts):
            yield trace, html.unescape(strip_tags(link["words"])).strip()
