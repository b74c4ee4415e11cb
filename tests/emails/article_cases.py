"""Emails about articles, beside those of `every`."""

from blog.models import ArticlePage
from blog.review import emails
from blog.review.small_corrections import Correction
from tests.emails.cases import case


@case("article_corrected")
def _() -> None:
    changed = [Correction("ties the spnie to", "ties the spine to")]
    emails.article_corrected(ArticlePage.objects.get(), changed, by=None)
