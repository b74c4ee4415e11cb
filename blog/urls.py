from django.urls import path

from blog import feed, views
from clinic_site.page_cache.decorators import cached_page

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.search_suggestions, name="search_suggestions"),
    path("tags/<str:slug>/", cached_page(views.tag, lists=True), name="tag"),
    path("feed/", cached_page(feed.ArticleFeed(), lists=True), name="feed"),
]
