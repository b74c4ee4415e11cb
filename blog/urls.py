from django.urls import path

from blog import feeds, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("feed/", feeds.ArticlesFeed(), name="feed"),
]
