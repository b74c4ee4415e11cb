"""The clinic's own export and WordPress's public test data arrive complete.

They are not part of the project: EXPORTS names the folder that holds them.
"""

import os
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Page

from blog.models import ArticlePage
from comments.models import Comment, Commenter
from tests.wordpress.conftest import Bring
from tests.wordpress.exports import notes
from wordpress.report import Level

FOLDER = Path(os.environ.get("EXPORTS", Path(__file__).parents[3] / "shared" / "data"))
CLINIC, UPLOADS = FOLDER / "motion-unlimited.wxr.xml", FOLDER / "motion-unlimited-uploads"
BLOCKS = FOLDER / "64-block-test-data.xml"


def read(path: Path) -> str:
    if not path.exists():
        pytest.skip(f"{path.name} isn’t here; EXPORTS names a folder with it")
    return path.read_text(encoding="utf-8")


def test_the_article_has_its_four_figures_in_place_and_on_their_side(bring: Bring) -> None:
    report = bring(text=read(CLINIC), media=UPLOADS)
    assert not report.has_losses
    body = ArticlePage.objects.get(slug="psoas-so-what").body
    figures = [block for block in body if block.block_type == "figure"]
    sides = [block.value["side"] for block in figures]
    assert sides == ["right", "left", "right", "left"]
    assert len({block.value["image"].pk for block in figures}) == 4
    assert [block.value["numbered"] for block in figures] == [False, True, False, True]
    texts = [block.value.source for block in body if block.block_type == "paragraph"]
    for number, figure in (("Fig. 1", figures[1]), ("fig 2", figures[3])):
        refer = f'<a linktype="figure" figure="{figure.id}">{number}</a>'
        assert sum(refer in text for text in texts) == 1
    assert [block.block_type for block in body][:4] == ["heading", "paragraph", "heading", "figure"]


def test_its_comments_and_addresses_come_and_a_second_time_changes_nothing(
    bring: Bring, client: Client
) -> None:
    text = read(CLINIC)
    bring(text=text, media=UPLOADS)
    assert Comment.objects.count() == 33
    assert Commenter.objects.count() == 3
    before = list(Page.objects.order_by("pk").values())
    bring(text=text, media=UPLOADS)
    assert list(Page.objects.order_by("pk").values()) == before
    for old in ("/psoas-so-what/", "/?p=14", "/category/fitness/posture/", "/psoas-1/", "/?p=16"):
        assert client.get(old).status_code == 301
    for article in ArticlePage.objects.live():
        assert "example-mail.org" not in client.get(article.url).content.decode()


def test_every_post_of_the_block_data_comes_with_every_picture_accounted_for(
    bring: Bring, client: Client
) -> None:
    report = bring(text=read(BLOCKS))
    assert ArticlePage.objects.live().count() == 61
    shown = sum(
        block.block_type == "figure" for page in ArticlePage.objects.all() for block in page.body
    )
    # The shortcodes' gallery of two among them, as WordPress shows it.
    assert shown == sum(note.startswith("a picture: ") for note in notes(report, Level.LOST)) > 150
    for article in ArticlePage.objects.live()[:10]:
        assert client.get(article.url).status_code == 200
