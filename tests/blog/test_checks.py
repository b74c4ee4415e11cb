"""The editor says what an article lacks, where it can be mended, and what stops publication."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText

from blog.models import ArticlePage
from blog.review.checks import PublishingProblem, problems_of
from blog.review.readiness import NotReady
from tests.factories import (
    FIGURE_ONE,
    FIGURE_TWO,
    figure,
    make_article,
    make_image,
    make_person,
    make_reviewer,
    make_user,
)

TODAY = date(2027, 1, 31)
TEXT = {"type": "paragraph", "value": "<p>The psoas ties the spine to the legs.</p>"}


pytestmark = pytest.mark.usefixtures("clinic")


def found(article: ArticlePage) -> list[PublishingProblem]:
    return problems_of(article, TODAY)


def only(article: ArticlePage) -> PublishingProblem:
    problem, *others = found(article)
    assert not others
    return problem


def test_nothing_is_said_of_an_article_that_lacks_nothing() -> None:
    assert found(make_article()) == []


def test_a_missing_summary_blocks() -> None:
    problem = only(make_article(summary=" "))
    assert problem.blocks
    assert "summary" in problem.message
    assert problem.anchor == "panel-child-content-summary-section"


@pytest.mark.parametrize(("words", "decorative"), [("", False), ("A muscle.", True)])
def test_a_figure_without_a_decision_about_its_words_blocks(words: str, decorative: bool) -> None:
    block = figure(FIGURE_ONE, make_image(), alternative_text=words, decorative=decorative)
    problem = only(make_article(body=[TEXT, block]))
    assert problem.blocks
    assert problem.message.startswith("The figure “The psoas”")
    assert problem.anchor == f"block-{FIGURE_ONE}-section"


def test_a_reference_to_a_figure_that_is_gone_is_told_in_its_own_words() -> None:
    text = f'<p>See <a linktype="figure" figure="{FIGURE_TWO}">Fig. 2</a>.</p>'
    block = {"type": "paragraph", "id": FIGURE_TWO, "value": text}
    problem = only(make_article(body=[block, figure(FIGURE_ONE, make_image())]))
    assert not problem.blocks
    assert problem.message.startswith("“Fig. 2” refers to a figure that is gone.")
    assert problem.anchor == f"block-{FIGURE_TWO}-section"


def test_a_figure_that_nothing_refers_to_or_that_has_no_number_is_fine() -> None:
    image = make_image()
    body = [TEXT, figure(FIGURE_ONE, image), figure(FIGURE_TWO, image, numbered=False)]
    assert found(make_article(body=body)) == []


def test_a_source_that_is_gone_is_told() -> None:
    text = f'<p>So it is.<a linktype="source" source="{FIGURE_TWO}">[1]</a></p>'
    assert "source" in only(make_article(body=[("paragraph", text)])).message


def test_a_part_without_a_section_above_it_is_told() -> None:
    part = {"type": "heading", "value": {"text": "At the desk", "level": "h3"}}
    section = {"type": "heading", "value": {"text": "Sitting", "level": "h2"}}
    assert "At the desk" in only(make_article(body=[part, section, part, TEXT])).message


@pytest.mark.parametrize(
    ("href", "blocks"),
    [
        ("/admin/pages/add/blog/articlepage/5/#_ftn1", True),
        ("#_ftn1", True),
        ("https://www.google.com/url?q=https%3A%2F%2Fwho.int", False),
    ],
)
def test_a_link_that_pasting_left_behind_is_told(href: str, blocks: bool) -> None:
    article = make_article()
    article.body = [("paragraph", RichText(f'<p>So it is.<a href="{href}">[1]</a></p>'))]
    problem = only(article)
    assert problem.blocks is blocks
    assert "“[1]”" in problem.message


def test_so_is_the_address_of_a_source() -> None:
    article = make_article()
    article.sources = [("source", {"title": "Hips", "url": "http://testserver/admin/pages/3/"})]
    assert only(article).blocks


def test_a_source_is_stored_without_the_detour_that_it_was_copied_with() -> None:
    block = ArticlePage.sources.field.stream_block.child_blocks["source"]
    copied = "https://www.google.com/url?q=https%3A%2F%2Fwho.int%2Factivity&sa=D"
    cleaned = block.clean(block.to_python({"title": "Activity", "url": copied}))
    assert cleaned["url"] == "https://who.int/activity"


@pytest.mark.parametrize(
    "text",
    ["See Fig. 2.", "see\xa0Figure\xa02", "(Figs. 2 and 3)", "<li>fig&nbsp;2</li>"],
)
def test_a_figure_number_typed_by_hand_is_told(text: str) -> None:
    problem = only(make_article(body=[{"type": "paragraph", "id": FIGURE_TWO, "value": text}]))
    assert not problem.blocks
    assert "by hand" in problem.message
    assert problem.anchor == f"block-{FIGURE_TWO}-section"


@pytest.mark.parametrize(
    "text",
    [
        f'<p>See <a linktype="figure" figure="{FIGURE_ONE}">Fig. 1</a>.</p>',
        '<p>As in <a href="https://paper.example/">Fig. 3</a> of that paper.</p>',
        "<p>Draw a figure 8 in the air. It figures.</p><p>2 of 3.</p>",
    ],
)
def test_a_reference_is_not_typed_by_hand(text: str) -> None:
    body = [{"type": "paragraph", "value": text}, figure(FIGURE_ONE, make_image())]
    assert found(make_article(body=body)) == []


def test_a_number_typed_into_a_caption_is_told() -> None:
    block = figure(FIGURE_ONE, make_image(), caption="Figure 1: the psoas")
    assert "Take that out" in only(make_article(body=[TEXT, block])).message


def test_a_long_text_without_headings_is_told_where_it_begins() -> None:
    text = {"type": "paragraph", "value": f"<p>{'Walk on. ' * 160}</p>"}
    section = {"type": "heading", "value": {"text": "Sitting", "level": "h2"}}
    assert found(make_article(body=[text, section, text])) == []
    long = [text, text | {"id": FIGURE_TWO}]
    problem = only(make_article(body=[section, {**text, "id": FIGURE_ONE}, *long]))
    assert problem.message.startswith("960 words without a heading")
    assert problem.anchor == f"block-{FIGURE_ONE}-section"


def test_a_review_that_has_run_out_is_told() -> None:
    article = make_article(reviewer=make_reviewer(), reviewed_on=date(2026, 1, 30), review_every=12)
    assert "run out" in only(article).message
    assert problems_of(article, date(2027, 1, 30)) == []


def test_nobody_reviews_themselves() -> None:
    person = make_reviewer()
    problem = only(make_article(author=person, reviewer=person))
    assert problem.blocks


def test_a_reviewer_who_cannot_sign_in_is_told() -> None:
    assert "account" in only(make_article(reviewer=make_person("Dana"))).message


def test_what_blocks_comes_first() -> None:
    part = {"type": "heading", "value": {"text": "At the desk", "level": "h3"}}
    article = make_article(body=[part, figure(FIGURE_ONE, make_image(), alternative_text="")])
    assert [problem.blocks for problem in found(article)] == [True, False]


def test_what_blocks_stops_publication_from_wherever_it_is_asked_for() -> None:
    article = make_article(live=False)
    article.summary = ""
    revision = article.save_revision(clean=False)
    with pytest.raises(NotReady):
        revision.publish()
    article.refresh_from_db()
    assert not article.live


def test_advice_does_not_stop_publication() -> None:
    part = {"type": "heading", "value": {"text": "At the desk", "level": "h3"}}
    article = make_article(live=False, body=[part, TEXT])
    article.save_revision().publish()
    article.refresh_from_db()
    assert article.live


def test_the_editor_shows_them_for_the_draft(client: Client) -> None:
    article = make_article()
    article.summary = ""
    article.save_revision(clean=False)
    client.force_login(make_user("Editors"))
    for address in (
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        reverse("article_checks", args=[article.pk]),
    ):
        page = client.get(address).content.decode()
        assert 'href="#panel-child-content-summary-section"' in page


def test_only_who_may_edit_the_article_may_ask_for_them(client: Client) -> None:
    address = reverse("article_checks", args=[make_article().pk])
    assert client.get(address).status_code == 302
    client.force_login(make_user("Front desk"))
    assert client.get(address).status_code == 302
    client.force_login(make_user("Editors"))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405
    assert client.get(reverse("article_checks", args=[999])).status_code == 404
