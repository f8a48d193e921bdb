"""App config of the workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """工作台."""

    name = "zhongshu.workbench"
    label = "workbench"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what the workbench adds to the house."""
        from zhongshu.workbench.declarations import declare_all  # noqa: PLC0415 - models are ready only now

        declare_all()
