"""App config of files."""

from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhongshu.files"
    label = "files"
    verbose_name = "附件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions and settings; register jobs."""
        import_module("zhongshu.files.permissions")
        import_module("zhongshu.files.limits").declare_settings()
        import_module("zhongshu.files.menu")
        import_module("zhongshu.files.upkeep")
        import_module("zhongshu.files.copies").declare_settings()
        import_module("zhongshu.files.office")
        import_module("zhongshu.files.panels").register()
