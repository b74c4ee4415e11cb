from django.urls import path

from blog import feeds, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("feed/", feeds.ArticlesFeed(), name="feed"),
]
