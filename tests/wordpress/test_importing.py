"""An export becomes pages, people and pictures of this site: all of it, once, no more public."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Page

from blog.models import ArticlePage, TopicPage
from clinic_site.clinic.models.people import Person
from clinic_site.images.models import SiteImage
from clinic_site.pages.models import StandardPage
from tests.wordpress.conftest import Bring
from tests.wordpress.exports import OLD, attachment, export, item, notes, page
from wordpress.report import ItemOutcome, Level

pytestmark = pytest.mark.any_database


def test_a_post_becomes_an_article_of_its_topic_with_its_author_and_date(
    bring: Bring, client: Client
) -> None:
    tags = '<category domain="post_tag" nicename="beds"><![CDATA[beds]]></category>'
    topic = '<category domain="category" nicename="rest"><![CDATA[Rest &amp; more]]></category>'
    bring(item(1, "One.\n\nTwo.", terms=topic + tags))
    article = ArticlePage.objects.get()
    assert article.url == "/rest/sleep-well/"
    assert (article.title, article.summary) == ("Sleep well", "How to sleep.")
    assert article.author.name == "Kim Ito"
    assert (article.author.account, article.author.on_team) == (None, False)
    assert [tag.name for tag in article.tags.all()] == ["beds"]
    assert article.get_parent().title == "Rest & more"
    assert f"{article.first_published_at:%Y-%m-%d}" == "2019-05-01"
    answer = client.get("/rest/sleep-well/").content.decode()
    assert "<p>One.</p><p>Two.</p>" in answer


def test_pages_stand_as_they_stood_whatever_their_order_in_the_file(bring: Bring) -> None:
    bring(
        page(3, title="Deep", slug="deep", parent=2),
        page(2, title="Below", slug="below", parent=1),
        page(1, title="Above", slug="above"),
    )
    assert StandardPage.objects.get(slug="deep").url == "/above/below/deep/"


def test_pages_in_a_circle_or_below_nothing_come_and_are_named(bring: Bring) -> None:
    report = bring(
        page(1, title="A", slug="a", parent=2),
        page(2, title="B", slug="b", parent=1),
        page(3, title="C", slug="c", parent=99),
    )
    assert StandardPage.objects.filter(live=True).count() == 3
    assert sum("at the top" in note for note in notes(report, Level.CHANGED)) == 2


def test_a_second_run_changes_nothing(bring: Bring, uploads: Callable[..., Path]) -> None:
    uploads("2019/05/a.jpg")
    picture = f'<img class="wp-image-9" src="{OLD}/wp-content/uploads/2019/05/a.jpg" alt="A bed">'
    items = (item(1, picture), page(2, slug="about"), attachment(9, "2019/05/a.jpg"))
    bring(*items)
    before = list(Page.objects.order_by("pk").values()), SiteImage.objects.count()
    report = bring(*items)
    assert (list(Page.objects.order_by("pk").values()), SiteImage.objects.count()) == before
    assert report.counts["post: unchanged"] == report.counts["page: unchanged"] == 1
    assert report.counts["redirects"] == 0


def test_what_was_edited_there_is_updated_unless_it_was_edited_here(bring: Bring) -> None:
    bring(item(1, "Old."), item(2, "Old.", slug="other"))
    edited = ArticlePage.objects.get(slug="other")
    edited.summary = "Ours."
    edited.save_revision().publish()
    report = bring(item(1, "New."), item(2, "New.", slug="other"))
    assert "New." in str(ArticlePage.objects.get(slug="sleep-well").body)
    kept = ArticlePage.objects.get(slug="other")
    assert ("Old." in str(kept.body), kept.summary) == (True, "Ours.")
    assert report.counts[f"post: {ItemOutcome.KEPT}"] == 1


def test_what_was_deleted_here_does_not_come_again(bring: Bring) -> None:
    bring(item(1))
    ArticlePage.objects.get().delete()
    report = bring(item(1))
    assert not ArticlePage.objects.exists()
    assert report.counts[f"post: {ItemOutcome.GONE}"] == 1


def test_a_dry_run_stores_nothing_and_tells_the_same(bring: Bring) -> None:
    rows = Page.objects.count()
    told = bring(item(1), dry_run=True)
    assert Page.objects.count() == rows
    assert not Person.objects.exists()
    assert not SiteImage.objects.exists()
    assert told.counts == bring(item(1)).counts


def test_one_bad_item_never_stops_the_rest(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    good = ArticlePage.save_revision

    def fail(self: ArticlePage, **more: object) -> object:
        if self.title == "Bad":
            raise RuntimeError("broken")
        return good(self, **more)

    monkeypatch.setattr(ArticlePage, "save_revision", fail)
    report = bring(item(1, title="Bad", slug="bad"), item(2))
    assert [article.title for article in ArticlePage.objects.all()] == ["Sleep well"]
    assert report.has_losses
    monkeypatch.undo()
    bring(item(1, title="Bad", slug="bad"), item(2))
    assert ArticlePage.objects.count() == 2


def test_bare_items_come_too(bring: Bring) -> None:
    report = bring(
        "<item><title>Only a title</title></item>",
        item(2, "", title="2012", slug=""),
        item(2, "Twice.", title="", slug=""),
        item(3, title="Sleep well"),
        item(4, title="Sleep well"),
    )
    assert ArticlePage.objects.count() == 5
    assert not report.has_losses


def test_a_category_that_was_never_declared_and_one_below_another_become_topics(
    bring: Bring,
) -> None:
    declared = (
        "<wp:category><wp:category_nicename>body</wp:category_nicename>"
        "<wp:category_parent></wp:category_parent><wp:cat_name>Body</wp:cat_name></wp:category>"
        "<wp:category><wp:category_nicename>rest</wp:category_nicename>"
        "<wp:category_parent>body</wp:category_parent><wp:cat_name>Rest</wp:cat_name></wp:category>"
    )
    other = '<category domain="category" nicename="odd"><![CDATA[Odd]]></category>'
    bring(text=export(item(1), item(2, slug="b", terms=other), declared=declared))
    assert {topic.title for topic in TopicPage.objects.all()} == {"Rest", "Odd"}


def test_what_arrives_opens_and_saves_unchanged_in_the_editor(bring: Bring) -> None:
    text = (
        "<h2>A</h2>\n\nOne <b>two</b> <i>three</i>\nfour\n\n<ol><li>a<ul><li>b</li></ul></li></ol>"
    )
    bring(item(1, text))
    article = ArticlePage.objects.get()
    body = article.body.stream_block
    state = body.get_form_state(article.body)
    assert [block["type"] for block in state] == ["heading", "paragraph"]
    cleaned = body.clean(article.body)
    assert body.get_prep_value(cleaned) == body.get_prep_value(article.body)
