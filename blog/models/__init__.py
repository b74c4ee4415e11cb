from blog.models.articles import ArticlePage, ArticleQuerySet, ArticleTag, RelatedArticle
from blog.models.reviews import MedicalReviewTask
from blog.models.topics import ARTICLES_A_PAGE, TopicPage

__all__ = [
    "ARTICLES_A_PAGE",
    "ArticlePage",
    "ArticleQuerySet",
    "ArticleTag",
    "MedicalReviewTask",
    "RelatedArticle",
    "TopicPage",
]
