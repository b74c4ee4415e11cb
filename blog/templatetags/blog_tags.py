from django import template

from blog.models import ArticlePage

register = template.Library()


@register.simple_tag
def latest_articles(count: int) -> list[ArticlePage]:
    """Return the newest `count` articles, with what their cards show."""
    return list(ArticlePage.objects.published().for_cards()[:count])
