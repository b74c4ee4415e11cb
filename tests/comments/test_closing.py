"""Moderators close and open the comments of an article, and set the rules."""

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from comments.actions.closing import closed
from comments.models import CommentRules
from comments.moderation.rules import Closed
from tests.comments.factories import make_comment, make_rules
from tests.comments.moderator_pages import QUEUE, said, soup_of
from tests.factories import make_user

pytestmark = pytest.mark.search

ARTICLES = f"{QUEUE}articles/"
RULES = "/admin/settings/comments/commentrules/"


def act(client: Client, article: ArticlePage, what: str) -> str:
    return said(client.post(f"{ARTICLES}{article.pk}/{what}/", follow=True))


def test_an_article_is_closed_and_opened(
    moderator: Client, article: ArticlePage, staff: User
) -> None:
    make_comment(article)
    words = said(moderator.get(ARTICLES))
    assert "Psoas? So What?! some open Close" in words
    assert "Comments on “Psoas? So What?!” are closed." in act(moderator, article, "close")
    assert closed(article) == Closed.PAGE
    assert "closed Open" in said(moderator.get(ARTICLES))
    act(moderator, article, "close")
    act(moderator, article, "open")
    assert closed(article) is None
    lines = PageLogEntry.objects.filter(action__startswith="comments.").order_by("pk")
    assert [(line.action, line.user) for line in lines] == [
        ("comments.close", staff),
        ("comments.open", staff),
    ]


def test_the_list_says_why_an_article_is_closed(moderator: Client, article: ArticlePage) -> None:
    make_rules(closed=True)
    assert "closed: the whole site is" in said(moderator.get(ARTICLES))
    assert b"Psoas? So What?!" in moderator.get(f"{ARTICLES}results/", {"q": "psoas"}).content
    assert b"Psoas? So What?!" not in moderator.get(f"{ARTICLES}results/", {"q": "knees"}).content


def test_only_pages_that_take_comments_are_closed(moderator: Client, article: ArticlePage) -> None:
    parent = article.get_parent()
    assert moderator.post(f"{ARTICLES}{parent.pk}/close/").status_code == 404
    assert moderator.post(f"{ARTICLES}999999/close/").status_code == 404


def form(**changes: object) -> dict[str, object]:
    return {
        "approval": "hold",
        "held_words": "",
        "most_links": "1",
        "close_after_days": "",
        "keep_address_days": "365",
        "keep_refused_days": "30",
        "notify": "daily",
        "notify_email": "desk@clinic.example",
    } | changes


def save(client: Client, **changes: object) -> dict[str, list[str]]:
    """Send the rules; return the complaints beside each field."""
    page = client.get(RULES, follow=True)
    address = page.redirect_chain[-1][0]
    answer = client.post(address, form(**changes))
    if answer.status_code == 302:
        return {}
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def test_moderators_set_the_rules(moderator: Client, article: ArticlePage) -> None:
    assert save(moderator, held_words="  pills \n\n cheap watches\n", most_links="2") == {}
    rules = CommentRules.load()
    assert (rules.held_words, rules.most_links, rules.notify) == (
        "pills\ncheap watches",
        2,
        "daily",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_words", "a"),
        ("held_words", "fine\n\u200b\u200b"),
        ("held_words", "x" * 81),
        ("held_words", "\n".join(f"word{n}" for n in range(301))),
        ("most_links", "51"),
        ("most_links", "-1"),
        ("most_links", "many"),
        ("close_after_days", "0"),
        ("close_after_days", "99999"),
        ("keep_address_days", "0"),
        ("keep_address_days", ""),
        ("keep_refused_days", "0"),
        ("notify_email", "nobody"),
        ("approval", "publish"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_beside_its_field(
    moderator: Client, article: ArticlePage, field: str, value: str
) -> None:
    assert list(save(moderator, **{field: value})) == [field]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MODERATORS, Role.OWNERS}))
def test_others_do_not_set_them(client: Client, article: ArticlePage, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get(f"{RULES}{CommentRules.load().pk}/")["Location"] == "/admin/"
    assert client.get("/admin/comments/ready-replies/")["Location"] == "/admin/"


def test_the_rules_stand_in_the_menu_of_moderators(moderator: Client, article: ArticlePage) -> None:
    assert soup_of(moderator.get("/admin/")).select("main")
    menu = moderator.get("/admin/").content.decode()
    for address in (QUEUE, f"{QUEUE}all/", ARTICLES, RULES, f"{QUEUE}ready-replies/"):
        assert f'"{address}"' in menu
