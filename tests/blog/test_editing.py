"""What editors do with articles in the admin works."""

import pytest
from django.test import Client
from wagtail.models import Page

from blog.models import ArticlePage
from tests.factories import FIGURE_ONE, figure, make_article, make_clinic, make_image, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    make_clinic()
    client.force_login(make_user("Editors"))
    return client


def test_an_article_can_be_deleted(editor: Client) -> None:
    article = make_article()
    assert editor.post(f"/admin/pages/{article.pk}/delete/").status_code == 302
    assert not ArticlePage.objects.exists()


def test_an_article_can_be_copied_and_its_references_still_lead_to_its_figures() -> None:
    text = f'<p><a linktype="figure" figure="{FIGURE_ONE}">Fig. 1</a></p>'
    body = [figure(FIGURE_ONE, make_image()), {"type": "paragraph", "value": text}]
    copy = make_article(body=body).copy(update_attrs={"slug": "again"})
    assert FIGURE_ONE in copy.figures


def test_an_article_is_previewed_before_it_was_ever_saved(client: Client) -> None:
    make_clinic()
    topic = make_article().get_parent()
    page = ArticlePage(title="New", summary="", author=ArticlePage.objects.get().author)
    page.set_url_path(topic)
    page.path, page.depth = topic._get_children_path_interval(topic.path)[0], topic.depth + 1
    assert page.make_preview_request(preview_mode="").status_code == 200


def test_an_article_below_a_draft_topic_is_still_shown(client: Client) -> None:
    make_clinic()
    Page.objects.filter(pk=make_article().get_parent().pk).update(live=False)
    page = client.get("/fitness/psoas-so-what/")
    assert page.status_code == 200
    assert [crumb["title"] for crumb in page.context["breadcrumbs"]] == ["Home", "Psoas? So What?!"]
