"""What an article lacks before readers should see it, in words for the editor.

Functions of an article, which change nothing. A problem that blocks stops the publication,
whichever way it is asked for; the others are advice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.body.blocks import HeadingBlock
from blog.body.figures import REFERENCE, TYPED_NUMBER, figures_in, typed_numbers
from blog.body.sources import CITATION
from blog.review.due_dates import due_after
from clinic_site.pages.blocks.content import AddressBlock, CaptionedImageBlock
from clinic_site.pages.blocks.exercise import ExerciseBlock, lacks_description
from clinic_site.pages.blocks.traversal import innermost, rich_texts_with_blocks
from clinic_site.pages.editing.forms import UNTITLED
from clinic_site.pages.pasting.addresses import Trace, trace_of
from clinic_site.pages.pasting.stored_text import own_hosts, traces_in

if TYPE_CHECKING:
    from blog.models import ArticlePage

LONGEST_WITHOUT_HEADING = 600  # words
PEOPLE = "panel-child-content-who_stands_for_it"


@dataclass(frozen=True)
class PublishingProblem:
    message: str
    anchor: str  # the id of the element of the editor where it can be mended
    blocks: bool = False


def problems_of(article: "ArticlePage", today: date) -> list[PublishingProblem]:
    """Return everything that is to be said of `article`, what blocks first."""
    found = [problem for check in CHECKS for problem in check(article, today)]
    return sorted(found, key=lambda problem: not problem.blocks)


def blockers_of(article: "ArticlePage") -> list[PublishingProblem]:
    """Return what keeps `article` from being published today."""
    return [found for found in problems_of(article, timezone.localdate()) if found.blocks]


def _fields(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    if article.title == _(UNTITLED):
        message = _("The article has no title yet.")
        yield PublishingProblem(message, "panel-child-content-title-section", blocks=True)
    if not article.summary.strip():
        message = _("The summary is missing: two sentences for lists and search engines.")
        yield PublishingProblem(message, "panel-child-content-summary-section", blocks=True)
    if not article.body:
        message = _("The article has no text yet.")
        yield PublishingProblem(message, "panel-child-content-body-section", blocks=True)
    if article.author_id is None:
        yield PublishingProblem(_("No one is named as author."), f"{PEOPLE}-section", blocks=True)


def _figures(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    for block in _blocks(article, CaptionedImageBlock):
        value, name = block.value, _figure_name(block)
        if not value["image"]:
            message = _("%(figure)s has no picture.") % {"figure": name}
            yield PublishingProblem(message, _anchor(block), blocks=True)
        elif reason := value["image"].problem:
            message = _("%(figure)s: readers can’t see the picture. %(reason)s")
            yield PublishingProblem(message % {"figure": name, "reason": reason}, _anchor(block))
        if bool((value["alternative_text"] or "").strip()) == bool(value["decorative"]):
            message = _("%(figure)s: say what the picture shows, or mark it as decoration only.")
            yield PublishingProblem(message % {"figure": name}, _anchor(block), blocks=True)


def _exercises(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    for block in _blocks(article, ExerciseBlock):
        if lacks_description(block.value):
            message = _("“%(name)s”: say what the picture shows.") % {"name": block.value["name"]}
            yield PublishingProblem(message, _anchor(block), blocks=True)


def _references(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    figures = figures_in(article.body)
    sources = {block.id for block in article.sources}
    for block, text in rich_texts_with_blocks(article.body):
        for match in REFERENCE.finditer(text):
            if match["id"] not in figures:
                message = _(
                    "“%(words)s” refers to a figure that is gone. Readers see plain words; choose "
                    "another figure, or take the reference out."
                )
                yield PublishingProblem(message % {"words": match["words"]}, _anchor(block))
        for match in CITATION.finditer(text):
            if match["id"] not in sources:
                message = _(
                    "After “…%(words)s” a source is cited that is gone. Readers see nothing there."
                )
                words = _words_before(text, match.start())
                yield PublishingProblem(message % {"words": words}, _anchor(block))


def _headings(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    inside_a_section = False
    for block in _blocks(article, HeadingBlock):
        text = (block.value["text"] or "").strip()
        if not text:
            yield PublishingProblem(_("A heading has no words."), _anchor(block), blocks=True)
        elif block.value["level"] == "h3" and not inside_a_section:
            message = _("“%(heading)s” is part of a section, but no section stands above it.")
            yield PublishingProblem(message % {"heading": text}, _anchor(block))
        inside_a_section = inside_a_section or block.value["level"] == "h2"


def _review(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    reviewer, anchor = article.reviewer, f"{PEOPLE}-section"
    if reviewer is None:
        return
    if reviewer.pk == article.author_id:
        message = _("%(name)s is author and reviewer at once. Someone else has to review it.")
        yield PublishingProblem(message % {"name": reviewer.name}, anchor, blocks=True)
    if not reviewer.can_sign_in:
        message = _("%(name)s has no account to approve with. An owner can give one, in People.")
        yield PublishingProblem(message % {"name": reviewer.name}, anchor)
    reviewed = article.reviewed_on
    # Not `review_due_on`, which a draft has from the version before.
    if reviewed and due_after(reviewed, article.review_every) < today:
        message = _("The medical review has run out. Submit the article to %(name)s again.")
        yield PublishingProblem(message % {"name": reviewer.name}, anchor)


def _traces(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    """Links that pasting or copying has left behind."""
    for block, text in rich_texts_with_blocks(article.body):
        for trace, words in traces_in(text):
            message = _TRACES[trace] % {"words": words}
            yield PublishingProblem(message, _anchor(block), blocks=trace is not Trace.REDIRECT)
    for bound, address in _addresses(article):
        if found := trace_of(address, own_hosts()):
            message = _TRACES[found] % {"words": address}
            yield PublishingProblem(message, _anchor(bound), blocks=found is not Trace.REDIRECT)


def _addresses(article: "ArticlePage") -> Iterator[tuple[Any, str]]:
    """Yield the addresses that films and sources lead to, each with its block."""
    for bound in [*article.body, *article.sources]:
        for block, value in innermost(bound.block, bound.value):
            if isinstance(block, AddressBlock) and value:
                yield bound, value


_TRACES = {
    Trace.ADMIN: gettext_lazy(
        "“%(words)s” links into the admin, where readers can’t go. Take the link out."
    ),
    Trace.DOCUMENT: gettext_lazy(
        "“%(words)s” links to a place in the document that it was copied from, such as a "
        "footnote. Take it out, or cite a source there."
    ),
    Trace.REDIRECT: gettext_lazy(
        "“%(words)s” links by way of a search engine or a mail program, which then knows who "
        "reads it. Link to the page itself."
    ),
}


def _typed_numbers(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    """Figure numbers that stay behind when figures move."""
    for block, text in rich_texts_with_blocks(article.body):
        for words in typed_numbers(text):
            message = _(
                "“%(words)s” is typed by hand and stays the same when figures move. Put a "
                "reference in its place: type / and choose “Refer to a figure”."
            )
            yield PublishingProblem(message % {"words": words}, _anchor(block))
    for block in _blocks(article, CaptionedImageBlock):
        if typed := TYPED_NUMBER.match((block.value["caption"] or "").strip()):
            message = _(
                "The caption starts with “%(words)s”. Take that out and check “Numbered,” and the "
                "number is added for you."
            )
            yield PublishingProblem(message % {"words": typed[0]}, _anchor(block))


def _long_text(article: "ArticlePage", today: date) -> Iterator[PublishingProblem]:
    """Text in which nobody finds their way by headings."""
    begin, words = None, 0
    for block in [*article.body, None]:
        if block is None or isinstance(block.block, HeadingBlock):
            if words > LONGEST_WITHOUT_HEADING:
                message = _(
                    "%(words)s words without a heading. Readers find their way by headings: "
                    "split the text and put some in between."
                )
                yield PublishingProblem(message % {"words": words}, _anchor(begin))
            begin, words = None, 0
        else:
            begin = begin or block
            texts = block.block.get_searchable_content(block.value)
            words += sum(len(text.split()) for text in texts)


CHECKS: list[Callable[["ArticlePage", date], Iterator[PublishingProblem]]] = [
    _fields,
    _figures,
    _exercises,
    _references,
    _headings,
    _traces,
    _typed_numbers,
    _long_text,
    _review,
]


def _blocks(article: "ArticlePage", kind: type[Any]) -> Iterator[Any]:
    return (bound for bound in article.body if isinstance(bound.block, kind))


def _anchor(block: Any) -> str:
    return f"block-{block.id}-section"


def _words_before(html: str, place: int) -> str:
    """Return the last few words of rich text before `place`."""
    return " ".join(strip_tags(html[:place]).split()[-4:])


def _figure_name(block: Any) -> str:
    caption = Truncator(block.value["caption"] or "").words(6)
    return _("The figure “%(caption)s”") % {"caption": caption} if caption else _("A figure")
