"""A prepared query is written in SQL once, and answers each question by itself."""

from typing import Any

import pytest
from django.db.models import QuerySet
from wagtail.models import Page

from clinic_site.pages.prepared import prepared
from tests.factories import make_clinic, make_topic

pytestmark = pytest.mark.django_db


def test_it_answers_what_it_is_asked() -> None:
    make_clinic()
    topics = [make_topic("Hips"), make_topic("Knees")]
    assert [[page.title for page in by_slug(topic.slug)] for topic in topics] == [
        ["Hips"],
        ["Knees"],
    ]
    assert by_slug("no-such-slug") == []


def test_it_is_built_once_for_each_number_of_arguments() -> None:
    built: list[int] = []

    @prepared
    def pages(*slugs: str) -> QuerySet[Any, Any]:
        built.append(len(slugs))
        return Page.objects.filter(slug__in=slugs).order_by("slug")

    make_clinic()
    hips, knees = make_topic("Hips"), make_topic("Knees")
    one = [page.title for page in pages(hips.slug)]
    both = [page.title for page in pages(hips.slug, knees.slug)]
    pages(knees.slug)
    assert (one, both) == (["Hips"], ["Hips", "Knees"])
    assert built == [1, 2]


def test_each_answer_is_read_anew() -> None:
    make_clinic()
    topic = make_topic("Hips")
    by_slug(topic.slug)
    topic.title = "Hips and legs"
    topic.save()
    assert [page.title for page in by_slug(topic.slug)] == ["Hips and legs"]


@prepared
def by_slug(slug: str) -> QuerySet[Any, Any]:
    return Page.objects.filter(slug=slug)
