"""Joined rows read narrow: a page shows a person's name, not forty columns and their sealed telephone."""

from django.db.models import Model


def all_but(path: str, model: type[Model], *kept: str) -> list[str]:
    """Return what to `defer()` of a joined row so that only its key and the kept fields are read.

    >>> from zhongshu.people.models import OrgUnit
    >>> "unit__short_name" in all_but("unit", OrgUnit, "name")
    True
    """
    fields = model._meta.concrete_fields
    unknown = set(kept) - {field.name for field in fields}
    if unknown:
        raise ValueError(f"{model.__name__} has no field {'、'.join(sorted(unknown))}")
    return [f"{path}__{field.name}" for field in fields if not field.primary_key and field.name not in kept]
