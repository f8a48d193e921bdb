"""All addresses of the house."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhongshu.workbench.urls")),
    path("", include("zhongshu.documents.urls")),
    path("", include("zhongshu.archive.urls")),
    path("", include("zhongshu.flow.urls")),
    path("", include("zhongshu.files.urls")),
    path("", include("zhongshu.matters.urls")),
    path("", include("zhongshu.people.urls")),
    path("", include("zhongshu.ui.urls")),
]
