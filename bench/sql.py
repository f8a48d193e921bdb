"""INSERT … SELECT from a series of numbers, with the words of each database where they differ."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection, models


def is_sqlite() -> bool:
    """Tell the database."""
    return connection.vendor == "sqlite"


def literal(value: Any) -> str:
    """Write a constant; only our own values get here."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | dict):
        empty = "[]" if isinstance(value, list) else "{}"
        return f"'{empty}'" if is_sqlite() else f"'{empty}'::jsonb"
    if isinstance(value, datetime):
        return moment(value)
    return "'" + str(value).replace("'", "''") + "'"


def moment(at: datetime, seconds: str = "0") -> str:
    """Write a moment, moved by an expression of seconds."""
    if is_sqlite():
        text = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if at.tzinfo else str(at)
        return f"strftime('%Y-%m-%d %H:%M:%S', '{text}', ({seconds}) || ' seconds')"
    return f"(timestamptz '{at.isoformat()}' + ({seconds}) * interval '1 second')"


def unguessable(n: str = "n") -> str:
    """Write an expression for a public id."""
    return "lower(hex(randomblob(11)))" if is_sqlite() else f"left(md5({n}::text || random()::text), 22)"


def series(count: int) -> str:
    """Write a series n = 0 … count-1."""
    if is_sqlite():
        return f"(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < {count}) SELECT n FROM s)"
    return f"(SELECT generate_series(0::bigint, {count - 1}) AS n)"


def insert(model: type[models.Model], count: int, *, where: str = "TRUE", **given: str) -> None:
    """Insert rows made of expressions of n; columns not given take their default."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key and field.name not in given and field.get_internal_type().endswith("AutoField"):
            continue
        columns.append(f'"{field.column}"')
        values.append(given[field.name] if field.name in given else literal(_default(field)))
    sql = (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)})'
        f" SELECT {', '.join(values)} FROM {series(count)} AS numbers WHERE {where}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _default(field: "models.Field[Any, Any]") -> Any:
    if field.has_default():
        return field.get_default()
    return None if field.null else ""


def run(sql: str) -> None:
    """Execute a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def advance_sequence(model: type[models.Model]) -> None:
    """Let the next id come after those written by hand."""
    if is_sqlite():
        return
    table = model._meta.db_table
    run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
