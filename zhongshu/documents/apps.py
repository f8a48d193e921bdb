"""App config of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "zhongshu.documents"
    label = "documents"
    verbose_name = "办文"
    default_auto_field = "django.db.models.BigAutoField"
