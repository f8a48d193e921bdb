"""Putting many rows into a table quickly: a quarter of a million rows need no model instances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Field, JSONField, Model

Row = dict[str, Any]
Adapt = Callable[[Any], Any]


def insert(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows given by column (attname); every column must be there."""
    if not rows:
        return
    fields = list(model._meta.concrete_fields)
    named = [(field.attname, _adapt_of(field)) for field in fields]
    lines = ([adapt(row[name]) if adapt else row[name] for name, adapt in named] for row in rows)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
            return
        blanks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({blanks})", list(lines))


def defaults(model: type[Model]) -> Row:
    """Return a row that holds every column's default; each call makes fresh lists."""
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


def next_keys(model: type[Model], count: int) -> list[int]:
    """Take so many keys of a table; only inside the transaction that inserts them."""
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # SQLite has one writer: nobody else takes keys until this transaction ends.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        if (found := cursor.fetchone()) is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        last = found[0] if found else 0
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        return list(range(last + 1, last + count + 1))


def keyed(model: type[Model], rows: Iterable[Row]) -> list[Row]:
    """Give each row its key."""
    found = list(rows)
    name = model._meta.pk.attname
    return [{**row, name: key} for row, key in zip(found, next_keys(model, len(found)), strict=True)]


def _adapt_of(field: Field[Any, Any]) -> Adapt | None:
    """How a value of this column is written in this database."""
    ops = connection.ops
    if isinstance(field, DateTimeField):
        return lambda value: ops.adapt_datetimefield_value(value) if value else None
    if isinstance(field, DateField):
        return lambda value: ops.adapt_datefield_value(value) if value else None
    if isinstance(field, JSONField):
        return lambda value: None if value is None else ops.adapt_json_value(value, field.encoder)
    return None
