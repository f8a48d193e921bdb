"""The full-text index, which Django has no words for on both databases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = """
CREATE VIRTUAL TABLE matters_fts USING fts5(
    tokens, detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0"
)
"""
POSTGRESQL = [
    "ALTER TABLE matters_searchentry ADD COLUMN tokens tsvector",
    "CREATE INDEX matters_searchentry_tokens ON matters_searchentry USING gin (tokens) WITH (fastupdate = off)",
]


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of this database."""
    for sql in [SQLITE] if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(sql)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away again."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE matters_fts")
    else:
        editor.execute("ALTER TABLE matters_searchentry DROP COLUMN tokens")


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
