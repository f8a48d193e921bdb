"""App config of base."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "zhongshu.base"
    label = "base"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"
