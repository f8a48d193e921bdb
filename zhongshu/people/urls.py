"""Addresses of sign-in, one's own account, and the section 系统."""

from django.urls import URLPattern, URLResolver

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = []
