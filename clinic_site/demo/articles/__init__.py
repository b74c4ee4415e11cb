"""The articles of the demo clinic, a module each. Their sentences are this project's own."""

from clinic_site.demo.articles import posture, posture_therapy, psoas, sitting, standing_desks
from clinic_site.demo.articles.article import DemoArticle

ARTICLES: tuple[DemoArticle, ...] = (
    psoas.ARTICLE,
    posture.ARTICLE,
    posture_therapy.ARTICLE,
    sitting.ARTICLE,
    standing_desks.ARTICLE,
)
