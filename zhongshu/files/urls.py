"""Addresses of files; none can be guessed."""

from django.urls import path

from zhongshu.files import cover_views as covers
from zhongshu.files import drop_views, secrecy_views, views
from zhongshu.files import printing_views as prints

app_name = "files"

urlpatterns = [
    path("files/secrecy/", secrecy_views.secrecy, name="secrecy"),
    path("files/secrecy/ask/", secrecy_views.release_ask, name="release_ask"),
    path("files/secrecy/<str:public_id>/", secrecy_views.secrecy_case, name="secrecy_case"),
    path(
        "files/secrecy/<str:public_id>/pages/<int:number>.png",
        secrecy_views.secrecy_page,
        name="secrecy_page",
    ),
    path("files/secrecy/<str:public_id>/mark.png", secrecy_views.secrecy_mark, name="secrecy_mark"),
    path("files/secrecy/<str:public_id>/judge/", secrecy_views.secrecy_judge, name="secrecy_judge"),
    path("files/releases/", secrecy_views.release_list, name="releases"),
    path("files/releases/<str:public_id>/", secrecy_views.release_answer, name="release_answer"),
    path("files/drops/", drop_views.drop, name="drop"),
    path("files/drops/<str:public_id>/state/", drop_views.drop_state, name="drop_state"),
    path("files/drops/<str:public_id>/discard/", drop_views.drop_discard, name="drop_discard"),
    path("files/prints/", prints.print_requests, name="print_requests"),
    path("files/prints/<str:public_id>/", prints.print_request, name="print_request"),
    path("files/prints/<str:public_id>/decide/", prints.print_request_decide, name="print_request_decide"),
    path(
        "files/prints/<str:public_id>/withdraw/", prints.print_request_withdraw, name="print_request_withdraw"
    ),
    path("files/printed/<str:public_id>/", prints.print_run, name="print_run"),
    path(
        "files/printed/<str:public_id>/<int:copy>/<int:number>.png",
        prints.print_run_page,
        name="print_run_page",
    ),
    path("files/code/<str:code>/", covers.by_code, name="by_code"),
    path("files/of/<str:public_id>/cover/", covers.cover, name="cover"),
    path("files/of/<str:public_id>/", views.pane, name="pane"),
    path("files/of/<str:public_id>/attach/", views.attach, name="attach"),
    path("files/of/<str:public_id>/arrange/", views.arrange, name="arrange"),
    path("files/of/<str:public_id>/reorder/", views.reorder, name="reorder"),
    path("files/<str:public_id>/", views.show, name="show"),
    path("files/<str:public_id>/pages/<int:number>.png", views.page, name="page"),
    path("files/<str:public_id>/watermark.png", views.watermark_sheet, name="watermark"),
    path("files/<str:public_id>/text/", views.text, name="text"),
    path("files/<str:public_id>/download/", views.download, name="download"),
    path("files/<str:public_id>/find/", views.find, name="find"),
    path("files/<str:public_id>/print/", prints.print_pages, name="print"),
    path("files/<str:public_id>/print/ask/", prints.print_request_new, name="print_request_new"),
    path("files/<str:public_id>/rename/", views.rename, name="rename"),
    path("files/<str:public_id>/void/", views.void, name="void"),
    path("files/<str:public_id>/remove/", views.remove, name="remove"),
]
