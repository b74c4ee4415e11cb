"""What to read next is near to what was read, published, and never nothing."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import ArticlePage
from blog.related import ArticleFeatures, SimilarityIndex, relate_articles
from tests.factories import make_article, make_topic


def likeness(pk: int, topic: str = "", tags: str = "", words: str = "") -> ArticleFeatures:
    return ArticleFeatures(pk, topic, frozenset(tags.split()), frozenset(words.split()))


def test_nearest_counts_topic_tags_and_words() -> None:
    others = [
        likeness(2, topic="posture"),
        likeness(3, topic="fitness"),
        likeness(4, topic="posture", words="chair"),
        likeness(5, topic="posture", tags="hips"),
        likeness(6, topic="fitness", tags="hips", words="chair"),
    ]
    index = SimilarityIndex([likeness(1, topic="fitness", tags="hips", words="chair"), *others])
    assert index.nearest(1) == [6, 3, 5, 4, 2]


def test_what_many_have_counts_for_less() -> None:
    common = [likeness(pk, tags="posture") for pk in range(10, 20)]
    rare = likeness(2, tags="psoas")
    index = SimilarityIndex([likeness(1, tags="posture psoas"), *common, rare])
    assert index.nearest(1)[0] == 2


def test_among_equals_the_newest_comes_first() -> None:
    index = SimilarityIndex(likeness(pk) for pk in (4, 3, 2, 1))
    assert index.nearest(3, count=2) == [4, 2]


@pytest.mark.usefixtures("clinic")
class TestOnThePage:
    def related(self, client: Client, article: ArticlePage) -> list[str]:
        return [other.title for other in client.get(article.url).context["related"]]

    def test_an_article_ends_with_those_nearest_to_it(self, client: Client) -> None:
        article = make_article("Sitting", tags=["hips", "desk work"])
        for number in range(4):
            make_article(f"Newer {number}", make_topic(f"Other {number}"))
        make_article(
            "Old but near", tags=["hips"], first_published_at=datetime(2001, 1, 1, tzinfo=UTC)
        )
        relate_articles(timezone.now())
        assert self.related(client, article)[0] == "Old but near"
        assert "Old but near" in client.get(article.url).content.decode()

    def test_before_the_worker_has_looked_it_ends_with_the_newest(self, client: Client) -> None:
        article = make_article("Sitting")
        make_article("Hips")
        assert self.related(client, article) == ["Hips"]

    def test_what_is_withdrawn_makes_room_for_the_newest(self, client: Client) -> None:
        article = make_article("Sitting")
        near = make_article("Hips")
        relate_articles(timezone.now())
        make_article("Newest", make_topic("Other"))
        near.unpublish()
        assert self.related(client, article) == ["Newest"]

    def test_a_new_article_is_noticed_by_its_neighbors(self, client: Client) -> None:
        article = make_article("Sitting", tags=["hips"])
        make_article("Away", make_topic("Other"))
        relate_articles(timezone.now())
        make_article("Hips", tags=["hips"]).save_revision().publish()
        relate_articles(timezone.now())
        assert self.related(client, article) == ["Hips", "Away"]

    def test_the_only_article_ends_without(self, client: Client) -> None:
        article = make_article()
        relate_articles(timezone.now())
        assert self.related(client, article) == []
        assert "Read next" not in client.get(article.url).content.decode()

    def test_what_has_not_changed_is_not_compared_again(self) -> None:
        for title in ("One", "Two"):
            make_article(title).save_revision().publish()
        first, second = timezone.now(), datetime(2099, 1, 1, tzinfo=UTC)
        relate_articles(first)
        relate_articles(second)
        times = ArticlePage.objects.values_list("related__found_at", flat=True)
        assert set(times) == {first}
