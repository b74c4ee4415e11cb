"""The demo clinic's pages, with their pictures and the first comments."""

from datetime import date
from pathlib import Path

from django.core.files.images import ImageFile
from wagtail.images.models import Image

from blog.models import ArticlePage, TopicPage
from clinic_site.demo import psoas
from clinic_site.models import ContactPage, HomePage, Person

FIGURES = Path(__file__).parent / "figures"


def create_pages() -> ArticlePage:
    """Fill the home and contact pages, and publish Fitness with its first article."""
    home = HomePage.objects.get()
    home.headline = "Stand, move and live with less pain"
    home.introduction = (
        "<p>We look at how your whole body carries itself, find what works too hard and what has "
        "stopped working, and teach you to put it right.</p>"
    )
    home.save_revision().publish()
    contact = ContactPage.objects.get()
    contact.introduction = "<p>Ring, write or drop in. A person answers.</p>"
    contact.save_revision().publish()
    topic = home.add_child(
        instance=TopicPage(
            title="Fitness",
            slug="fitness",
            show_in_menus=True,
            introduction="<p>Training that respects how the body is built.</p>",
        )
    )
    topic.save_revision().publish()
    contact.move(home, pos="last-child")  # navigation follows the tree
    return _create_article(topic)


def _create_article(topic: TopicPage) -> ArticlePage:
    images = {name: _create_image(name) for name in psoas.FIGURE_IDS}
    article: ArticlePage = topic.add_child(
        instance=ArticlePage(
            title=psoas.TITLE,
            slug=psoas.SLUG,
            summary=psoas.SUMMARY,
            picture=images["psoas-1"],
            body=psoas.body(images),
            author=Person.objects.get(name="Robin Alvarez"),
            reviewer=Person.objects.get(name="Dana Whitfield"),
            reviewed_on=date(2026, 11, 9),
        )
    )
    article.save_revision().publish()
    return article


def _create_image(name: str) -> Image:
    with (FIGURES / f"{name}.png").open("rb") as file:
        return Image.objects.create(title=name, file=ImageFile(file, name=f"{name}.png"))
