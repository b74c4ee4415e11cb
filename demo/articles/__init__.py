"""The articles of the demo clinic, a module each. Their sentences are this project's own."""

from demo.articles import (
    back_pain,
    hips,
    posture,
    posture_therapy,
    psoas,
    sitting,
    standing_desks,
    strength,
    stretching,
)
from demo.articles.article import DemoArticle

ARTICLES: tuple[DemoArticle, ...] = (
    psoas.ARTICLE,
    posture.ARTICLE,
    posture_therapy.ARTICLE,
    sitting.ARTICLE,
    standing_desks.ARTICLE,
    hips.ARTICLE,
    back_pain.ARTICLE,
    strength.ARTICLE,
    stretching.ARTICLE,
)
