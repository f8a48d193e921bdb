"""Putting many rows into a table quickly: a quarter of a million rows need no model instances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Field, JSONField, Model

Row = dict[str, Any]
Adapt = Callable[[Any], Any]


def insert(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows given by column (attname); every column must be there."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    blanks = ", ".join(["%s"] * len(fields))
    named = [(field.attname, _adapt_of(field)) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({blanks})",
            [[adapt(row[name]) if adapt else row[name] for name, adapt in named] for row in rows],
        )


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
