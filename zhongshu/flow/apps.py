"""App config of flow."""

from importlib import import_module

from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "zhongshu.flow"
    label = "flow"
    verbose_name = "流程"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("zhongshu.flow.declarations")
