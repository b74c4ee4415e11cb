from django import template

from blog.models import ArticlePage
from blog.models.newest import newest_articles
from clinic_site.clinic.models.people import Person

MOST_OF_A_PERSON = 12  # articles that a profile lists

register = template.Library()


@register.simple_tag
def latest_articles(count: int) -> list[ArticlePage]:
    """Return the newest `count` articles, with what their cards show."""
    return newest_articles("all", ArticlePage.objects.all())[:count]


@register.simple_tag
def articles_by(person: Person) -> list[ArticlePage]:
    """Return the newest articles that `person` wrote, with what their cards show."""
    articles = ArticlePage.objects.filter(author=person)
    return newest_articles(f"by.{person.pk}", articles)[:MOST_OF_A_PERSON]


@register.simple_tag
def articles_reviewed_by(person: Person) -> list[ArticlePage]:
    """Return the newest articles that `person` reviewed, with what their cards show."""
    articles = ArticlePage.objects.filter(reviewer=person)
    return newest_articles(f"reviewed_by.{person.pk}", articles)[:MOST_OF_A_PERSON]
