"""The demo clinic's pages, with their pictures."""

from datetime import timedelta
from pathlib import Path

from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images.models import Image

from blog.models import ArticlePage, TopicPage
from clinic_site.demo.articles import ARTICLES
from clinic_site.demo.articles.article import DemoArticle
from clinic_site.models import ContactPage, HomePage, Person

FIGURES = Path(__file__).parent / "figures"

TOPICS = {
    "fitness": ("Fitness", "Training that respects how the body is built."),
    "posture": ("Posture", "How you carry yourself, and what it asks of your joints."),
    "daily-life": ("Daily life", "Desks, chairs, beds and everything else you do all day."),
}


def create_pages() -> None:
    """Fill the home and contact pages, and publish the topics with their articles."""
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
    topics = {slug: _create_topic(home, slug) for slug in _topics_with_articles()}
    contact.move(home, pos="last-child")  # navigation follows the tree
    images = {name: _create_image(name) for name in _figures()}
    for article in sorted(ARTICLES, key=lambda article: -article.published_days_ago):
        _create_article(article, topics[article.topic], images)


def _topics_with_articles() -> list[str]:
    used = {article.topic for article in ARTICLES}
    return [slug for slug in TOPICS if slug in used]


def _figures() -> list[str]:
    return [name for article in ARTICLES for name in sorted(article.figures())]


def _create_topic(home: HomePage, slug: str) -> TopicPage:
    title, introduction = TOPICS[slug]
    topic: TopicPage = home.add_child(
        instance=TopicPage(
            title=title, slug=slug, show_in_menus=True, introduction=f"<p>{introduction}</p>"
        )
    )
    topic.save_revision().publish()
    return topic


def _create_article(article: DemoArticle, topic: TopicPage, images: dict[str, Image]) -> None:
    now = timezone.now()
    published = now - timedelta(days=article.published_days_ago)
    page: ArticlePage = topic.add_child(
        instance=ArticlePage(
            title=article.title,
            slug=article.slug,
            summary=article.summary,
            picture=images[article.card],
            body=article.body_with({name: image.pk for name, image in images.items()}),
            sources=article.sources,
            author=Person.objects.get(name=article.author),
            reviewer=Person.objects.get(name=article.reviewer),
            reviewed_on=timezone.localdate() - timedelta(days=article.reviewed_days_ago),
            first_published_at=published,
        )
    )
    page.tags.set(article.tags)
    page.save_revision().publish()
    ArticlePage.objects.filter(pk=page.pk).update(last_published_at=published)


def _create_image(name: str) -> Image:
    with (FIGURES / f"{name}.png").open("rb") as file:
        return Image.objects.create(title=name, file=ImageFile(file, name=f"{name}.png"))
