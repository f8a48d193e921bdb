"""Triggers by which the database itself keeps a published procedure as it was (SQLite and PostgreSQL)."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "flow_flowdefinition"
FIXED = ("key", "version", "tenant_id", "blocks", "options", "graph", "digest")
WORDS = "a published procedure never changes"
_CHANGED = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in FIXED)
_DISTINCT = " OR ".join(f'NEW."{name}"::text IS DISTINCT FROM OLD."{name}"::text' for name in FIXED)

_UP = {
    "sqlite": [
        f"""CREATE TRIGGER IF NOT EXISTS flow_published_fixed BEFORE UPDATE ON {TABLE}
            WHEN OLD.status <> 'draft' AND ({_CHANGED} OR NEW.status = 'draft')
            BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION flow_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
        f"""CREATE OR REPLACE TRIGGER flow_published_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW
            WHEN (OLD.status <> 'draft' AND ({_DISTINCT} OR NEW.status = 'draft')) EXECUTE FUNCTION flow_refuse()""",
    ],
}
_DOWN = {
    "sqlite": ["DROP TRIGGER IF EXISTS flow_published_fixed"],
    "postgresql": [f"DROP TRIGGER IF EXISTS flow_published_fixed ON {TABLE}"],
}


def forwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the trigger in a migration."""
    for statement in _UP[editor.connection.vendor]:
        editor.execute(statement)


def backwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the trigger in a migration."""
    for statement in _DOWN[editor.connection.vendor]:
        editor.execute(statement)
