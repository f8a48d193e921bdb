"""The Chinese names of columns, for sentences of the trail."""

from __future__ import annotations

from django.db import models


def label_of(model: type[models.Model], name: str) -> str:
    """Return what a column is called on screens."""
    column = model._meta.get_field(name)
    return str(column.verbose_name) if isinstance(column, models.Field) else name
