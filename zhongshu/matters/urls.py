"""Addresses of the spine: matters, settings, notices and the machinery."""

from django.urls import path

from zhongshu.matters.views import machinery, matters, notices, settings

app_name = "matters"

urlpatterns = [
    path("m/<str:public_id>/", matters.matter, name="matter"),
    path("m/<str:public_id>/follow/", matters.matter_follow, name="matter_follow"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/pulse/", notices.pulse, name="pulse"),
    path("notices/preference/", notices.notice_preference, name="notice_preference"),
    path("notices/<int:pk>/", notices.notice_open, name="notice_open"),
    path("notices/<int:pk>/read/", notices.notice_read, name="notice_read"),
    path("system/settings/", settings.settings_list, name="settings"),
    path("system/settings/<str:key>/", settings.setting_change, name="setting_change"),
    path("system/outbox/", machinery.outbox_list, name="outbox"),
    path("system/outbox/retry/", machinery.outbox_retry_all, name="outbox_retry_all"),
    path("system/outbox/<int:pk>/retry/", machinery.outbox_retry, name="outbox_retry"),
    path("system/robots/", machinery.robot_list, name="robots"),
    path("system/robots/<int:pk>/switch/", machinery.robot_switch, name="robot_switch"),
    path("system/robots/<int:pk>/test/", machinery.robot_test, name="robot_test"),
]
