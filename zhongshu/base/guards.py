"""Triggers by which the database itself refuses to change or empty the trail (SQLite and PostgreSQL)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "base_trailentry"
WORDS = "the trail is append-only"

_SQLITE_UP = [
    f"CREATE TRIGGER IF NOT EXISTS trail_no_{verb} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for verb in ("update", "delete")
]
_SQLITE_DOWN = [f"DROP TRIGGER IF EXISTS trail_no_{verb}" for verb in ("update", "delete")]
_POSTGRES_UP = [
    f"""CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
    f"""CREATE OR REPLACE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION trail_refuse()""",
    f"""CREATE OR REPLACE TRIGGER trail_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()""",
]
_POSTGRES_DOWN = [f"DROP TRIGGER IF EXISTS trail_no_{name} ON {TABLE}" for name in ("change", "truncate")]


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers."""
    _run(connection, _SQLITE_UP if connection.vendor == "sqlite" else _POSTGRES_UP)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers; only migrations and tests have a reason to."""
    _run(connection, _SQLITE_DOWN if connection.vendor == "sqlite" else _POSTGRES_DOWN)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take the triggers down for a while."""
    take_down(connection)
    try:
        yield
    finally:
        put_up(connection)


def forwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers in a migration."""
    put_up(editor.connection)


def backwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers in a migration."""
    take_down(editor.connection)
