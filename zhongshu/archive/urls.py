"""Addresses of the archive."""

from django.urls import path

from zhongshu.archive.views import files, scopes

app_name = "archive"

urlpatterns = [
    path("archive/", files.catalogue, name="catalogue"),
    path("archive/waiting/", files.waiting, name="waiting"),
    path("archive/waiting/archive/", files.archive_many, name="archive_many"),
    path("archive/files/<int:pk>/", files.file, name="file"),
    path("archive/files/<int:pk>/exempt/", files.file_exempt, name="file_exempt"),
    path("archive/scopes/", scopes.scopes, name="scopes"),
    path("archive/scopes/<int:pk>/", scopes.scope_edit, name="scope_edit"),
]
