"""App config of the spine."""

from importlib import import_module

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """事项: the spine of the house."""

    name = "zhongshu.matters"
    label = "matters"
    verbose_name = "事项"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, settings and navigation; register handlers and jobs."""
        for name in ("menu", "outward", "machinery", "upkeep"):
            import_module(f"zhongshu.matters.{name}")
