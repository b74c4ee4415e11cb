"""The articles of the demo clinic, a module each. Their sentences are this project's own."""

from clinic_site.demo.articles import posture, psoas, sitting
from clinic_site.demo.articles.article import DemoArticle

ARTICLES: tuple[DemoArticle, ...] = (psoas.ARTICLE, posture.ARTICLE, sitting.ARTICLE)
