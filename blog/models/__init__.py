from blog.models.articles import ArticlePage, ArticleQuerySet, ArticleTag, RelatedArticle
from blog.models.search import KnownWord, SearchSynonym, VainSearch
from blog.models.topics import ARTICLES_A_PAGE, TopicPage
from blog.review.task import MedicalReviewTask

__all__ = [
    "ARTICLES_A_PAGE",
    "ArticlePage",
    "ArticleQuerySet",
    "ArticleTag",
    "KnownWord",
    "MedicalReviewTask",
    "RelatedArticle",
    "SearchSynonym",
    "TopicPage",
    "VainSearch",
]
