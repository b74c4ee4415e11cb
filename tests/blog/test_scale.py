"""Pages cost the same however many articles there are: no query reads all of them.

The search and the sitemap do: the one looks at all that it found, the other names every page.
"""

import pytest
from django.test import Client
from django.utils import timezone

from blog.related import relate_articles
from tests.blog.many_articles import add_articles
from tests.factories import make_article, make_topic
from tests.plans import reads_of_whole_tables

MANY = 3000
TABLES = {"wagtailcore_page", "blog_articlepage"}  # the others hold next to nothing here
# Each asked for anew: no cached page has such a query.
PAGES = ["/", "/fitness/", "/years/", "/fitness/sitting/", "/feed/", "/tags/hips/"]


@pytest.mark.slow
@pytest.mark.usefixtures("clinic")
def test_no_page_reads_all_articles(client: Client) -> None:
    for title in ("Sitting", "Standing", "Walking", "Lying"):
        make_article(title, tags=["hips"]).save_revision().publish()
    relate_articles(timezone.now())
    add_articles(make_topic("Years"), MANY)
    addresses = [f"{page}?fresh" for page in PAGES]
    for address in addresses:
        assert client.get(address).status_code == 200, address  # lists are known from now on
    for address in addresses:
        found = reads_of_whole_tables(TABLES, lambda address=address: client.get(address))
        assert not found, (address, found)


@pytest.mark.usefixtures("clinic")
def test_after_a_change_a_list_is_read_once(client: Client) -> None:
    article = make_article("Sitting")
    client.get("/fitness/?fresh")
    article.title = "Sitting down"
    article.save_revision().publish()
    assert "Sitting down" in client.get("/fitness/?fresh").content.decode()
    assert make_article("Standing").title in client.get("/fitness/?fresh").content.decode()
    article.unpublish()
    assert "Sitting down" not in client.get("/fitness/?fresh").content.decode()
