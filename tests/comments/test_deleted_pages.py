"""Whoever deletes a page is told first what becomes of its comments."""

import pytest
from django.test import Client
from django.urls import reverse

from comments.models import Comment
from tests.comments.factories import make_comment
from tests.factories import make_article, make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]
ONE, TWO = "1 comment goes with it, for good.", "2 comments go with it, for good."


@pytest.mark.parametrize("what", ["page", "topic", "many"])
def test_comments_of_a_page_and_of_those_below_are_counted(client: Client, what: str) -> None:
    article, other = make_article("Hips"), make_article("Knees")
    make_comment(article)
    if what != "page":
        make_comment(other)
    address = {
        "page": reverse("wagtailadmin_pages:delete", args=[article.pk]),
        "topic": reverse("wagtailadmin_pages:delete", args=[article.get_parent().pk]),
        "many": f"/admin/bulk/wagtailcore/page/delete/?id={article.pk}&id={other.pk}",
    }[what]
    client.force_login(make_user("Owners"))
    shown = client.get(address).content.decode()
    assert (ONE if what == "page" else TWO) in shown
    assert Comment.objects.count() == (1 if what == "page" else 2), "nothing has happened yet"


def test_a_page_without_comments_goes_without_a_word(client: Client) -> None:
    article = make_article()
    client.force_login(make_user("Owners"))
    shown = client.get(reverse("wagtailadmin_pages:delete", args=[article.pk])).content.decode()
    assert "for good" not in shown


def test_unpublishing_keeps_them_as_the_warning_says(client: Client) -> None:
    article = make_article()
    make_comment(article)
    article.unpublish()
    article.save_revision().publish()
    assert Comment.objects.filter(page=article).exists()
