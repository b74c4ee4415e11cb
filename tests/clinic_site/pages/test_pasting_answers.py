"""The editor asks the site what it was given to paste; whatever is saved is clean of traces."""

import json

import pytest
from django.test import Client
from wagtail.rich_text import RichText

from clinic_site.pages.models import HomePage, StandardPage
from tests.blog.editor_form import form_of, send, waiting_for
from tests.factories import make_article, make_reviewer, make_user

pytestmark = pytest.mark.usefixtures("clinic")

ADDRESS = "/admin/pages/pasted/article/"
TRACES = (
    '<p>So it is.<a href="http://testserver/admin/pages/3/#_ftn1">[1]</a> '
    '<a href="https://www.google.com/url?q=https://www.who.int/activity&amp;sa=D">Here.</a></p>'
)
CLEAN = '<p>So it is.[1] <a href="https://www.who.int/activity">Here.</a></p>'


def test_an_editor_gets_blocks_and_one_line_about_the_rest(client: Client) -> None:
    client.force_login(make_user("Editors"))
    html = "<h1>Hips</h1><p>Walk.<img src=a.png></p><table><tr><td>A</td><td>B</td></tr></table>"
    answer = client.post(ADDRESS, {"html": html})
    assert [block["type"] for block in answer.json()["blocks"]] == ["heading", "paragraph", "table"]
    assert answer.json()["said"] == "Left out: 1 picture."
    assert "no-store" in answer["Cache-Control"]


def test_where_there_are_no_blocks_the_words_are_one_text(client: Client) -> None:
    client.force_login(make_user("Editors"))
    html = (
        "<h1>Hips</h1><ul><li>Walk.</li></ul><blockquote>Sit less.</blockquote>"
        "<table><tr><td>A</td><td>B</td></tr></table><p>So.<a href='#_ftn1'>[1]</a></p>"
    )
    answer = client.post("/admin/pages/pasted/words/", {"html": html}).json()
    (block,) = answer["blocks"]
    words = [line["text"] for line in json.loads(block["value"])["blocks"]]
    assert words == ["Hips", "Walk.", "Sit less.", "A · B", "So."]
    assert answer["said"] == "Left out: 1 footnote mark."


def test_nothing_pasted_is_no_block(client: Client) -> None:
    client.force_login(make_user("Editors"))
    assert client.post(ADDRESS).json() == {"blocks": [], "said": ""}


@pytest.mark.parametrize("role", ["Moderators", "Front desk", "Practitioners"])
def test_others_are_refused(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    assert client.post(ADDRESS, {"html": "<p>Hips</p>"}).status_code in (302, 403)


def test_whoever_is_not_signed_in_is_refused(client: Client) -> None:
    assert client.post(ADDRESS, {"html": "<p>Hips</p>"}).status_code != 200


def test_a_reviewer_may_paste_while_an_article_waits_for_them(client: Client) -> None:
    reviewer = make_reviewer()
    waiting_for(reviewer, make_user("Editors"), client)
    client.force_login(reviewer.account)
    assert client.post(ADDRESS, {"html": "<p>Hips</p>"}).status_code == 200


def test_it_is_asked_by_post_and_about_bodies_that_there_are(client: Client) -> None:
    client.force_login(make_user("Editors"))
    assert client.get(ADDRESS).status_code == 405
    assert client.post("/admin/pages/pasted/nothing/").status_code == 404


def test_whatever_way_text_comes_in_a_page_is_saved_without_traces() -> None:
    article = make_article()
    article.body = [
        ("paragraph", RichText(TRACES)),
        ("callout", {"heading": "Note", "text": RichText(TRACES)}),
    ]
    article.save_revision().publish()
    article.refresh_from_db()
    assert article.body[0].value.source == article.body[1].value["text"].source == CLEAN


def test_so_are_the_introductions_and_texts_of_other_pages() -> None:
    page = StandardPage(title="Parking", introduction=TRACES, body=[("text", RichText(TRACES))])
    HomePage.objects.get().add_child(instance=page)
    page.refresh_from_db()
    assert page.introduction == page.body[0].value.source == CLEAN


def test_so_is_a_draft_that_the_editor_saves(client: Client) -> None:
    article = make_article()
    client.force_login(make_user("Editors"))
    form = form_of(client, article)
    link = '{"type":"LINK","mutability":"MUTABLE","data":{"url":"/admin/pages/3/#_ftn1"}}'
    form["body-0-value"] = (
        '{"blocks":[{"key":"aaaaa","text":"So it is.[1]","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[],"entityRanges":[{"offset":9,"length":3,"key":0}]}],'
        f'"entityMap":{{"0":{link}}}}}'
    )
    send(client, article, form)
    article.refresh_from_db()
    (block,) = article.get_latest_revision_as_object().body
    assert block.value.source == '<p data-block-key="aaaaa">So it is.[1]</p>'


def test_a_list_goes_on_after_other_marks_inside_it() -> None:
    split = "<ol><li>One<ul><li>a</li></ul></li></ol><ol><li>Two</li></ol>"
    article = make_article(body=[{"type": "paragraph", "value": split}])
    whole = "<ol><li>One<ul><li>a</li></ul></li><li>Two</li></ol>"
    assert article.body[0].value.source == whole
