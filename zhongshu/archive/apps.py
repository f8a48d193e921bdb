"""App config of the archive."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """档案."""

    name = "zhongshu.archive"
    label = "archive"
    verbose_name = "档案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what the archive takes and offers."""
        from zhongshu.archive.declarations import declare_all  # noqa: PLC0415 - models are ready only now

        declare_all()
