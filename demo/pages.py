"""The demo clinic's pages, with their pictures."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.files.images import ImageFile
from django.db.models import Model
from django.utils import timezone

from blog.models import ArticlePage, TopicPage
from blog.review.task import medical_review
from clinic_site.appearance.models import Appearance
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.documents.models import SiteDocument
from clinic_site.images.models import SiteImage
from clinic_site.pages.models import ContactPage, HomePage, StandardPage, TeamPage
from demo.articles import ARTICLES
from demo.articles.article import DemoArticle
from demo.home import (
    FIRST_VISIT,
    FIRST_VISIT_INTRODUCTION,
    PRICES,
    PRICES_INTRODUCTION,
    TEAM_INTRODUCTION,
    home_sections,
)
from demo.services import create_service_pages
from demo.staff import USERNAMES

FIGURES = Path(__file__).parent / "figures"
HANDOUTS = Path(__file__).parent / "handouts"
PORTRAITS = Path(__file__).parent / "portraits"
MAP = Path(__file__).parent / "map" / "state-street.png"
MARK = Path(__file__).parent / "mark.png"

TOPICS = {
    "fitness": ("Fitness", "Training that works with how your body is built."),
    "posture": ("Posture", "How you carry yourself, and what that does for your joints."),
    "daily-life": ("Daily life", "Desks, chairs, beds and everything else you do all day."),
}


def create_pages() -> None:
    """Fill the home and contact pages, and publish the topics with their articles."""
    home = HomePage.objects.get()
    home.body = home_sections()
    home.save_revision().publish()
    contact = ContactPage.objects.get()
    contact.introduction = "<p>Call, email or stop by. A real person will answer.</p>"
    contact.save_revision().publish()
    topics = {slug: _create_topic(home, slug) for slug in _topics_with_articles()}
    _show_faces()
    _show_map()
    _show_mark()
    create_service_pages(home)
    _create_standing_pages(home)
    contact.move(home, pos="last-child")  # navigation follows the tree
    images = {name: _create_image(FIGURES / f"{name}.png") for name in _figures()}
    documents = {name: _create_document(HANDOUTS / f"{name}.pdf") for name in _handouts()}
    for article in sorted(ARTICLES, key=lambda article: -article.published_days_ago):
        _create_article(article, topics[article.topic], images, documents)


def _create_standing_pages(home: HomePage) -> None:
    first_visit = StandardPage(
        title="First visit",
        slug="first-visit",
        introduction=FIRST_VISIT_INTRODUCTION,
        body=FIRST_VISIT,
        show_in_menus=True,
    )
    prices = StandardPage(
        title="Prices and insurance", slug="prices", introduction=PRICES_INTRODUCTION, body=PRICES
    )
    team = TeamPage(title="Team", slug="team", introduction=TEAM_INTRODUCTION, show_in_menus=True)
    for parent, page in ((home, first_visit), (first_visit, prices), (home, team)):
        parent.add_child(instance=page)
        page.save_revision().publish()


def _show_faces() -> None:
    for person in Person.objects.all():
        person.photo = _create_image(PORTRAITS / f"{person.slug}.png")
        person.save()


def _show_map() -> None:
    location = Location.objects.get()
    location.map_image = _create_image(MAP)
    location.save()


def _show_mark() -> None:
    appearance = Appearance.load()
    appearance.mark = _create_image(MARK)
    appearance.save()


def _topics_with_articles() -> list[str]:
    used = {article.topic for article in ARTICLES}
    return [slug for slug in TOPICS if slug in used]


def _figures() -> list[str]:
    return sorted({name for article in ARTICLES for name in article.figures()})


def _handouts() -> list[str]:
    return sorted({name for article in ARTICLES for name in article.handouts()})


def _create_topic(home: HomePage, slug: str) -> TopicPage:
    title, introduction = TOPICS[slug]
    topic: TopicPage = home.add_child(
        instance=TopicPage(
            title=title, slug=slug, show_in_menus=True, introduction=f"<p>{introduction}</p>"
        )
    )
    topic.save_revision().publish()
    return topic


def _create_article(
    article: DemoArticle,
    topic: TopicPage,
    images: dict[str, SiteImage],
    documents: dict[str, SiteDocument],
) -> None:
    page = ArticlePage(
        title=article.title,
        slug=article.slug,
        summary=article.summary,
        image=images[article.card],
        body=article.body_with(_ids(images), _ids(documents)),
        sources=article.sources,
        author=Person.objects.get(name=article.author),
        reviewer=Person.objects.get(name=article.reviewer),
        review_every=article.review_every,
        owner=get_user_model().objects.get(username=USERNAMES["Editors"]),
        live=article.state == "published",
    )
    page.tags.set(article.tags)
    if article.state == "published":
        _publish_long_ago(page, topic, article)
    else:
        topic.add_child(instance=page)
        _submit(page, approve=article.state == "scheduled")


def _publish_long_ago(page: ArticlePage, topic: TopicPage, article: DemoArticle) -> None:
    """Put the article there as if it had been approved and published on its days."""
    published = timezone.now() - timedelta(days=article.published_days_ago)
    page.first_published_at = page.last_published_at = published
    page.reviewed_on = timezone.localdate() - timedelta(days=article.reviewed_days_ago)
    topic.add_child(instance=page)
    page.live_revision = page.save_revision(changed=False)
    page.save(update_fields=["live_revision"])


def _submit(page: ArticlePage, *, approve: bool) -> None:
    """Ask the reviewer, who may approve it at once: then it goes live in three days."""
    if approve:
        page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=page.owner)
    medical_review().start(page, page.owner)
    if approve and page.reviewer:
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, page.reviewer.account, "approve")


def _create_image(path: Path) -> SiteImage:
    with path.open("rb") as file:
        return SiteImage.objects.create(title=path.stem, file=ImageFile(file, name=path.name))


def _create_document(path: Path) -> SiteDocument:
    title = path.stem.replace("-", " ").capitalize()
    with path.open("rb") as file:
        return SiteDocument.objects.create(title=title, file=File(file, name=path.name))


def _ids(named: Mapping[str, Model]) -> dict[str, int]:
    return {name: row.pk for name, row in named.items()}
