"""The house's addresses, and the floors that its pages are measured against."""

from django.urls import include, path

from bench import floors

urlpatterns = [
    path("bench/empty/", floors.empty),
    path("bench/bare/", floors.bare),
    path("", include("zhongshu.urls")),
]
