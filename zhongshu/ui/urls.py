"""Addresses of the kit: the styleguide, the preferences of the screen, the chosen columns of a register."""

from django.urls import path

from zhongshu.ui import views

app_name = "ui"

urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/<slug:page>/", views.styleguide_page, name="styleguide_page"),
    path("display/", views.preferences, name="preferences"),
    path("display/columns/<slug:register>/", views.columns, name="columns"),
]
