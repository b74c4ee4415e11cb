"""An editor sees every block before choosing it, and every page before it is published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import ArticlePage, TopicPage
from tests.factories import FIGURE_ONE, figure, make_article, make_clinic, make_image, make_user

pytestmark = pytest.mark.any_database

BODY = ArticlePage.body.field.stream_block
BLOCKS = [
    *BODY.child_blocks.values(),
    *ArticlePage.sources.field.stream_block.child_blocks.values(),
]


@pytest.fixture(autouse=True)
def _editor(db: None, client: Client) -> None:
    make_clinic()
    client.force_login(make_user("Editors"))


def preview(client: Client, block: Any) -> str:
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_block_has_an_icon_a_description_and_a_preview(client: Client, block: Any) -> None:
    assert block.meta.icon != "placeholder"
    assert block.get_description()
    assert block.is_previewable
    make_image()
    shown = preview(client, block)
    body = shown[shown.index("<main") : shown.index("</main>")]
    assert len(body) > 50
    assert "css/article.css" in shown


def test_a_figure_is_previewed_before_there_is_any_picture(client: Client) -> None:
    assert "The newest picture" in preview(client, BODY.child_blocks["figure"])


def test_a_draft_is_previewed_however_incomplete(client: Client) -> None:
    empty = figure(FIGURE_ONE, make_image(), caption="Not chosen yet")
    empty["value"]["image"] = None
    article = make_article(live=False)
    article.body = [
        {"type": "heading", "value": {"text": "", "level": "h2"}},
        empty,
        {"type": "callout", "value": {"heading": "", "text": ""}},
        {"type": "video", "value": {"title": "", "url": "", "image": None, "minutes": None}},
        {"type": "quote", "value": {"text": "", "source": ""}},
    ]
    article.save_revision(clean=False)
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert shown.status_code == 200
    assert "Not chosen yet" in shown.content.decode()


def test_a_topic_is_previewed_before_it_is_published(client: Client) -> None:
    topic = make_article().get_parent().specific
    assert isinstance(topic, TopicPage)
    topic.title = "Fitness, once more"
    topic.save_revision()
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[topic.pk]))
    assert "Fitness, once more" in shown.content.decode()
