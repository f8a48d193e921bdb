"""Addresses of the engine."""

from django.urls import path

from zhongshu.flow.views import drawing, procedures, verbs

app_name = "flow"

urlpatterns = [
    path("m/<str:public_id>/tasks/<int:pk>/<slug:verb>/", verbs.task_verb, name="task_verb"),
    path("m/<str:public_id>/do/<slug:verb>/", verbs.matter_verb, name="matter_verb"),
    path("system/procedures/", procedures.procedure_list, name="procedures"),
    path("system/procedures/<slug:key>/", procedures.procedure, name="procedure"),
    path(
        "system/procedures/<slug:key>/v<int:version>/", procedures.procedure_version, name="procedure_version"
    ),
    path("system/procedures/<slug:key>/migrate/", procedures.procedure_migrate, name="procedure_migrate"),
    path("system/procedures/<slug:key>/draft/", drawing.board, name="board"),
    path("system/procedures/<slug:key>/draft/begin/", drawing.draft_begin, name="draft_begin"),
    path("system/procedures/<slug:key>/draft/import/", drawing.draft_import, name="draft_import"),
    path(
        "system/procedures/<slug:key>/v<int:version>/bpmn/", procedures.procedure_bpmn, name="procedure_bpmn"
    ),
    path("system/procedures/<slug:key>/draft/insert/", drawing.block_insert, name="block_insert"),
    path("system/procedures/<slug:key>/draft/rehearse/", drawing.rehearse, name="rehearse"),
    path("system/procedures/<slug:key>/draft/publish/", drawing.draft_publish, name="draft_publish"),
    path("system/procedures/<slug:key>/draft/discard/", drawing.draft_discard, name="draft_discard"),
    path("system/procedures/<slug:key>/draft/b/<slug:block_id>/", drawing.block_edit, name="block"),
    path(
        "system/procedures/<slug:key>/draft/b/<slug:block_id>/<slug:change>/",
        drawing.block_change,
        name="block_change",
    ),
]
