"""Addresses of files; none can be guessed."""

from django.urls import path

from zhongshu.files.views import covers, drops, pane, printing, secrecy

app_name = "files"

urlpatterns = [
    path("files/secrecy/", secrecy.secrecy, name="secrecy"),
    path("files/secrecy/ask/", secrecy.release_ask, name="release_ask"),
    path("files/secrecy/<str:public_id>/", secrecy.secrecy_case, name="secrecy_case"),
    path(
        "files/secrecy/<str:public_id>/pages/<int:number>.png",
        secrecy.secrecy_page,
        name="secrecy_page",
    ),
    path("files/secrecy/<str:public_id>/mark.png", secrecy.secrecy_mark, name="secrecy_mark"),
    path("files/secrecy/<str:public_id>/judge/", secrecy.secrecy_judge, name="secrecy_judge"),
    path("files/releases/", secrecy.release_list, name="releases"),
    path("files/releases/<str:public_id>/", secrecy.release_answer, name="release_answer"),
    path("files/drops/", drops.drop, name="drop"),
    path("files/drops/<str:public_id>/state/", drops.drop_state, name="drop_state"),
    path("files/drops/<str:public_id>/discard/", drops.drop_discard, name="drop_discard"),
    path("files/prints/", printing.print_requests, name="print_requests"),
    path("files/prints/<str:public_id>/", printing.print_request, name="print_request"),
    path("files/prints/<str:public_id>/decide/", printing.print_request_decide, name="print_request_decide"),
    path(
        "files/prints/<str:public_id>/withdraw/",
        printing.print_request_withdraw,
        name="print_request_withdraw",
    ),
    path("files/printed/<str:public_id>/", printing.print_run, name="print_run"),
    path(
        "files/printed/<str:public_id>/<int:copy>/<int:number>.png",
        printing.print_run_page,
        name="print_run_page",
    ),
    path("files/code/<str:code>/", covers.by_code, name="by_code"),
    path("files/of/<str:public_id>/cover/", covers.cover, name="cover"),
    path("files/of/<str:public_id>/", pane.pane, name="pane"),
    path("files/of/<str:public_id>/attach/", pane.attach, name="attach"),
    path("files/of/<str:public_id>/arrange/", pane.arrange, name="arrange"),
    path("files/of/<str:public_id>/reorder/", pane.reorder, name="reorder"),
    path("files/<str:public_id>/", pane.show, name="show"),
    path("files/<str:public_id>/pages/<int:number>.png", pane.page, name="page"),
    path("files/<str:public_id>/watermark.png", pane.watermark_sheet, name="watermark"),
    path("files/<str:public_id>/text/", pane.text, name="text"),
    path("files/<str:public_id>/download/", pane.download, name="download"),
    path("files/<str:public_id>/find/", pane.find, name="find"),
    path("files/<str:public_id>/print/", printing.print_pages, name="print"),
    path("files/<str:public_id>/print/ask/", printing.print_request_new, name="print_request_new"),
    path("files/<str:public_id>/rename/", pane.rename, name="rename"),
    path("files/<str:public_id>/void/", pane.void, name="void"),
    path("files/<str:public_id>/remove/", pane.remove, name="remove"),
]
