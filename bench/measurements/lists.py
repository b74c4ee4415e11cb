"""A topic with ten articles and with ten thousand."""

from collections.abc import Iterator
from statistics import median

from bench.rows import Row
from bench.site import FRESH, Site
from tests.blog.many_articles import add_articles
from tests.factories import make_topic

ROUNDS = 3


def measure(site: Site) -> Iterator[Row]:
    few, many = make_topic("Ten articles"), make_topic("Ten thousand articles")
    add_articles(few, 10)
    add_articles(many, 10_000)
    addresses = [topic.url + FRESH for topic in (few, many)]
    rounds = [
        [site.load(address).processor_ms for address in addresses] for _round in range(ROUNDS)
    ]
    times = median(long / short for short, long in rounds)
    yield Row("topic with 10,000 articles, of one with 10: processor time", f"{times:.2f} ×")
    asked = [str(site.queries(address)) for address in addresses]
    yield Row("topic with 10 and with 10,000 articles: queries", " and ".join(asked), "the same")
