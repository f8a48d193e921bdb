"""App config of the spine."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """事项: the spine of the house."""

    name = "zhongshu.matters"
    label = "matters"
    verbose_name = "事项"
    default_auto_field = "django.db.models.BigAutoField"
