"""Form fields that choose units and persons; they work as plain lists without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet

from zhongshu.base import clock
from zhongshu.people.models import AccountState, Appointment, OrgUnit, Person, UnitType


class _Noted:
    """Options that carry a note and initials: the chooser searches both in the page itself."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        if instance := getattr(value, "instance", None):
            option["attrs"] |= {"data-note": note_of(instance), "data-initials": instance.initials}
        return option


class NotedSelect(_Noted, forms.Select):
    """A select of units or persons."""


class NotedSelects(_Noted, forms.SelectMultiple):
    """A select of several units or persons."""


def note_of(thing: OrgUnit | Person) -> str:
    """Return what tells apart things of the same name."""
    if isinstance(thing, Person):
        return "、".join(str(a) for a in thing.now[:2])  # type: ignore[attr-defined]
    return thing.parent.label if thing.unit_type == UnitType.SECTION and thing.parent else ""


class UnitField(forms.ModelChoiceField):
    """One unit that exists today."""

    widget = NotedSelect(attrs={"data-chooser": ""})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "请选择")
        super().__init__(OrgUnit.objects.none(), **kwargs)

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units that exist today."""

    widget = NotedSelects(attrs={"data-chooser": ""})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OrgUnit.objects.none(), **kwargs)

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class PersonField(forms.ModelChoiceField):
    """One person whose account is in use."""

    widget = NotedSelect(attrs={"data-chooser": ""})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "请选择")
        super().__init__(Person.objects.none(), **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        return obj.name


class ChoosingForm(forms.Form):
    """A form whose choosers are filled anew each time it is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField | UnitsField):
                field.queryset = standing_units()
            elif isinstance(field, PersonField):
                field.queryset = people_in_use()


def standing_units() -> QuerySet[OrgUnit]:
    standing = OrgUnit.objects.standing(clock.today()).select_related("parent")
    return standing.order_by("parent__sort_order", "sort_order", "pk")


def people_in_use() -> QuerySet[Person]:
    """Persons who could be chosen: everybody in use who is no administrator; `now` are their posts."""
    current = Appointment.objects.current(clock.today()).select_related("unit", "post")
    found = Person.objects.filter(account_state=AccountState.ENABLED)
    found = found.prefetch_related(Prefetch("appointments", current, to_attr="now"))
    admins = found.filter(grants__role__kind="admin", grants__revoked_at__isnull=True)
    return found.exclude(pk__in=admins.values("pk")).order_by("pk")
