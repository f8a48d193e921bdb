"""App config of the 办文 room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """办文."""

    name = "zhongshu.documents"
    label = "documents"
    verbose_name = "办文"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what the room adds to the house."""
        from zhongshu.documents.declarations import declare_all  # noqa: PLC0415 - models are ready only now

        declare_all()
