from django.urls import path

from blog import feed, views
from clinic_site.page_cache.cached_page import kept

urlpatterns = [
    path("search/", views.search, name="search"),
    path("tags/<str:slug>/", kept(views.tag, lists=True), name="tag"),
    path("feed/", kept(feed.ArticleFeed(), lists=True), name="feed"),
]
