"""Addresses of the desk and the search."""

from django.urls import path

from zhongshu.workbench.views import desk, search

app_name = "workbench"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
]
