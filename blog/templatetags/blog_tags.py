from django import template

from blog.models import ArticlePage
from clinic_site.clinic.models.people import Person

MOST_OF_A_PERSON = 12  # articles that a profile lists

register = template.Library()


@register.simple_tag
def latest_articles(count: int) -> list[ArticlePage]:
    """Return the newest `count` articles, with what their cards show."""
    return list(ArticlePage.objects.listed().for_cards()[:count])


@register.simple_tag
def articles_by(person: Person) -> list[ArticlePage]:
    """Return the newest articles that `person` wrote, with what their cards show."""
    articles = ArticlePage.objects.listed().filter(author=person)
    return list(articles.for_cards()[:MOST_OF_A_PERSON])


@register.simple_tag
def articles_reviewed_by(person: Person) -> list[ArticlePage]:
    """Return the newest articles that `person` reviewed, with what their cards show."""
    articles = ArticlePage.objects.listed().filter(reviewer=person)
    return list(articles.for_cards()[:MOST_OF_A_PERSON])
