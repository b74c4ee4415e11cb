"""HTML made safe and plain: what runs is taken out, what plays becomes a link to it."""

import re

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

TAGS = {
    "a", "abbr", "address", "article", "aside", "audio", "b", "blockquote", "br", "caption", "cite",
    "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "embed", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "ins",
    "kbd", "li", "main", "mark", "nav", "object", "ol", "p", "pre", "q", "s", "samp", "section",
    "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id", "align", "data-fn", "data-number", "data-cover"},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "data-src", "data-id", "data-full-url", "data-link"},
    "iframe": {"src", "title"},
    "embed": {"src", "title"},
    "object": {"data"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "source": {"src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
ALONE_ON_A_LINE = re.compile(r"https?://[^\s<>\"']+")


def soup_of(html: str) -> BeautifulSoup:
    """Return safe HTML. Films, sounds and frames are `<embed src>` with an address."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags={"script", "style", "noscript", "template"},
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    soup = BeautifulSoup(clean, "html.parser")
    _players(soup)
    _addresses_alone(soup)
    _preformatted(soup)
    _summaries(soup)
    _separators(soup)
    return soup


def plain_text(html: str) -> str:
    """Return the words of HTML by lines, with the addresses of its links after their words."""
    clean = nh3.clean(
        html,
        tags={"a", "p", "br", "div", "li", "blockquote"},
        attributes={"a": {"href"}},
        clean_content_tags={"script", "style", "noscript", "template"},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    soup = BeautifulSoup(clean, "html.parser")
    for link in soup.find_all("a"):
        words, address = link.get_text().strip(), str(link.get("href") or "")
        shown = (
            f"{words} ({address})" if words and address and address != words else words or address
        )
        link.replace_with(shown)
    for end in soup.find_all("br"):
        end.replace_with("\n")
    for block in soup.find_all(["p", "div", "li", "blockquote"]):
        block.insert_before("\n\n")
        block.append("\n\n")
    text = re.sub(
        r"[ \t\u00a0]*\n[ \t]*", "\n", soup.get_text().replace("\r\n", "\n").replace("\r", "\n")
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def one_line(html: str) -> str:
    """Return the words of HTML on one line, without the addresses of links."""
    clean = nh3.clean(html, tags={"br"}, clean_content_tags={"script", "style"})
    return " ".join(BeautifulSoup(clean, "html.parser").get_text(" ").split()) if clean else ""


def _players(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(["iframe", "video", "audio", "object"]):
        if tag.decomposed:
            continue
        source = tag.find(["source", "embed"])
        inner = source.get("src") if isinstance(source, Tag) else ""
        address = str(tag.get("src") or tag.get("data") or inner or "")
        title = str(tag.get("title") or "")
        if address:
            tag.replace_with(soup.new_tag("embed", attrs={"src": address, "title": title}))
        else:
            tag.decompose()


def _addresses_alone(soup: BeautifulSoup) -> None:
    """An address that is all of a paragraph or of an embed's frame is shown by WordPress."""
    for tag in soup.find_all(["p", "div"]):
        words = tag.get_text().strip()
        is_frame = "wp-block-embed__wrapper" in (tag.get("class") or [])
        if ALONE_ON_A_LINE.fullmatch(words) and (is_frame or not tag.find(True)):
            tag.replace_with(soup.new_tag("embed", attrs={"src": words, "title": ""}))


def _preformatted(soup: BeautifulSoup) -> None:
    """Lines of code and verse keep their ends, and spaces before them as far as text can."""
    for tag in soup.find_all("pre"):
        for text in list(tag.find_all(string=True)):
            lines = str(text).split("\n")
            for number, line in enumerate(lines):
                if number:
                    text.insert_before(soup.new_tag("br"))
                text.insert_before(NavigableString(line))
            text.extract()
        tag.name = "p"


def _summaries(soup: BeautifulSoup) -> None:
    for tag in soup.find_all("summary"):
        tag.name = "p"
        words = soup.new_tag("b")
        for child in list(tag.children):
            words.append(child.extract())
        tag.append(words)


def _separators(soup: BeautifulSoup) -> None:
    for tag in soup.find_all("hr"):
        line = soup.new_tag("p")
        line.string = "* * *"
        tag.replace_with(line)
