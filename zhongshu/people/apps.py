"""App config of people."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "zhongshu.people"
    label = "people"
    verbose_name = "机构人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("zhongshu.people.menu")
        post_migrate.connect(ensure_default_rows, sender=self)


def ensure_default_rows(sender: AppConfig, using: str, **_: Any) -> None:
    """Give a new or emptied database the roles and posts that the code knows."""
    if "people_role" in connections[using].introspection.table_names():
        import_module("zhongshu.people.defaults").ensure_defaults()
