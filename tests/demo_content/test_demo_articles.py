"""Every article of the demo keeps what the clinic's readers are promised."""

import json
import re

import pytest

from demo.articles import ARTICLES
from demo.articles.article import DemoArticle
from demo.clinic import PEOPLE
from demo.pages import FIGURES, TOPICS

every_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)


def _led_to(article: DemoArticle, kind: str) -> set[str]:
    return set(re.findall(rf'{kind}=\\"([\w-]+)', json.dumps(article.body)))


@every_article
def test_it_refers_only_to_figures_it_shows(article: DemoArticle) -> None:
    shown = {block["id"] for block in article.body if block["type"] == "figure"}
    assert _led_to(article, "figure") <= shown


@every_article
def test_it_cites_every_source_it_lists_and_no_other(article: DemoArticle) -> None:
    assert _led_to(article, "source") == {block["id"] for block in article.sources}


@every_article
def test_its_pictures_are_there_with_what_they_were_drawn_from(article: DemoArticle) -> None:
    for name in article.figures():
        assert (FIGURES / f"{name}.png").is_file()
        assert (FIGURES / f"{name}.svg").is_file()


@every_article
def test_somebody_else_with_credentials_has_reviewed_it(article: DemoArticle) -> None:
    credentials = {person["name"]: person.get("credentials") for person in PEOPLE}
    assert article.author in credentials
    assert article.reviewer != article.author
    assert credentials[article.reviewer]


@every_article
def test_it_belongs_to_a_topic(article: DemoArticle) -> None:
    assert article.topic in TOPICS
