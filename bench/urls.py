"""The house's addresses, and the floors that its pages are measured against."""

from django.urls import include, path

from bench import floors

urlpatterns = [
    path("bench/empty/", floors.empty),
    path("bench/bare/", floors.bare),
    path("bench/framed/", floors.framed),
    path("", include("zhongshu.urls")),
]
