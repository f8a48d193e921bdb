"""Addresses of the engine."""

from django.urls import path

from zhongshu.flow.views import verbs

app_name = "flow"

urlpatterns = [
    path("m/<str:public_id>/tasks/<int:pk>/<slug:verb>/", verbs.task_verb, name="task_verb"),
    path("m/<str:public_id>/do/<slug:verb>/", verbs.matter_verb, name="matter_verb"),
]
