"""Years of content, written past the services so that it takes a minute or two."""

from bench.site import add_comments
from blog.models import ArticlePage
from booking.models import Appointment
from tests.blog.many_articles import add_articles
from tests.booking.factories import copies, make_appointment, make_service
from tests.factories import make_topic

ARTICLES = 10_000
COMMENTS = 200_000
APPOINTMENTS = 100_000


def fill(article: ArticlePage) -> None:
    """Put years of articles, comments and appointments around `article`."""
    topic = make_topic("Years of articles")
    add_articles(topic, ARTICLES)
    crowded = ArticlePage.objects.child_of(topic)[:100]
    for other in crowded:
        add_comments(other, COMMENTS // len(crowded))
    make_service()
    first = make_appointment()
    for start in range(0, APPOINTMENTS, 5_000):
        copies(first, (f"B{number}" for number in range(start, start + 5_000)))
    assert Appointment.objects.count() > APPOINTMENTS
