"""Addresses of the 办文 room."""

from django.urls import path

from zhongshu.documents.views import (
    counter,
    imports,
    instructions,
    intake,
    opinions,
    phrases,
    recording,
    registers,
    returns,
    sheet,
    statistics,
    takers,
)

app_name = "documents"

urlpatterns = [
    path("incoming/", registers.incoming_register, name="incoming_register"),
    path("incoming/remind/", registers.incoming_remind, name="incoming_remind"),
    path("incoming/<str:public_id>/drawer/", registers.incoming_drawer, name="incoming_drawer"),
    path("requests/", registers.request_register, name="request_register"),
    path("instructions/", instructions.instruction_register, name="instruction_register"),
    path("instructions/new/", instructions.instruction_new, name="instruction_new"),
    path("instructions/accept/", instructions.instruction_accept, name="instruction_accept"),
    path("instructions/<str:public_id>/", instructions.instruction, name="instruction"),
    path("instructions/<str:public_id>/drawer/", instructions.instruction_drawer, name="instruction_drawer"),
    path(
        "instructions/<str:public_id>/to/<slug:to>/", instructions.instruction_step, name="instruction_step"
    ),
    path("instructions/<str:public_id>/circle/", instructions.instruction_circle, name="instruction_circle"),
    path(
        "instructions/<str:public_id>/decline/", instructions.instruction_decline, name="instruction_decline"
    ),
    path("returns/", returns.return_register, name="return_register"),
    path("incoming/<str:public_id>/returns/<int:pk>/", returns.return_slip, name="return_slip"),
    path("counter/", counter.counter, name="counter"),
    path("counter/new/", counter.counter_new, name="counter_new"),
    path("counter/<int:pk>/", counter.counter_entry, name="counter_entry"),
    path("counter/<int:pk>/void/", counter.counter_void, name="counter_void"),
    path("statistics/incoming/", statistics.incoming_statistics, name="statistics"),
    path("statistics/incoming/freeze/", statistics.figures_freeze, name="figures_freeze"),
    path("statistics/incoming/baseline/", statistics.baseline_set, name="baseline_set"),
    path("statistics/incoming/figures/<int:pk>/correct/", statistics.figure_correct, name="figure_correct"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/new/", phrases.phrase_new, name="phrase_new"),
    path("phrases/<int:pk>/", phrases.phrase_change, name="phrase_change"),
    path("takers/", takers.takers, name="takers"),
    path("takers/<slug:kind>/now/", takers.taker_now, name="taker_now"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<str:public_id>/", imports.import_run, name="import"),
    path("imports/<str:public_id>/check/", imports.import_check, name="import_check"),
    path("imports/<str:public_id>/start/", imports.import_start, name="import_start"),
    path("imports/<str:public_id>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<str:public_id>/errors.xlsx", imports.import_errors, name="import_errors"),
    path("imports/<str:public_id>/report.xlsx", imports.import_report, name="import_report"),
    path("imports/<str:public_id>/<slug:order>/", imports.import_order, name="import_order"),
    path("registers/<slug:code>/export/", registers.register_export, name="register_export"),
    path("registers/<slug:code>/print/", registers.register_print, name="register_print"),
    path("registers/<slug:code>/views/", registers.view_save, name="view_save"),
    path("registers/views/<int:pk>/drop/", registers.view_drop, name="view_drop"),
    path("incoming/new/", intake.incoming_new, name="incoming_new"),
    path("incoming/receive/", intake.incoming_receive, name="incoming_receive"),
    path("incoming/scan/", recording.incoming_scan, name="incoming_scan"),
    path("incoming/<str:public_id>/", sheet.incoming, name="incoming"),
    path("incoming/<str:public_id>/print/", sheet.incoming_print, name="incoming_print"),
    path("incoming/<str:public_id>/due/", sheet.incoming_due, name="incoming_due"),
    path("incoming/<str:public_id>/correct/", intake.incoming_correct, name="incoming_correct"),
    path("incoming/<str:public_id>/record/", recording.incoming_record, name="incoming_record"),
    path("incoming/<str:public_id>/do/<slug:act>/", sheet.incoming_act, name="incoming_act"),
    path("incoming/<str:public_id>/draft/<slug:box>/", sheet.incoming_draft, name="incoming_draft"),
    path(
        "incoming/<str:public_id>/opinions/<int:pk>/confirm/",
        opinions.opinion_confirm,
        name="opinion_confirm",
    ),
    path("incoming/<str:public_id>/opinions/<int:pk>/amend/", opinions.opinion_amend, name="opinion_amend"),
    path(
        "incoming/<str:public_id>/opinions/<int:pk>/transcribe/",
        opinions.opinion_transcribe,
        name="opinion_transcribe",
    ),
    path("incoming/<str:public_id>/opinions/<int:pk>/ink.svg", opinions.opinion_ink, name="opinion_ink"),
]
