"""Form fields that choose units and persons; they work as plain lists without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy

from zhongshu.base import clock
from zhongshu.people.models import AccountState, OrgUnit, Person


class UnitField(forms.ModelChoiceField):
    """One unit that exists today."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "请选择")
        super().__init__(OrgUnit.objects.none(), **kwargs)
        self.widget.attrs |= {"data-chooser": reverse_lazy("people:choose_units")}

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units that exist today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OrgUnit.objects.none(), **kwargs)
        self.widget.attrs |= {"data-chooser": reverse_lazy("people:choose_units")}

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class PersonField(forms.ModelChoiceField):
    """One person whose account is in use."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "请选择")
        super().__init__(Person.objects.none(), **kwargs)
        self.widget.attrs |= {"data-chooser": reverse_lazy("people:choose_persons")}

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
    return OrgUnit.objects.standing(clock.today()).order_by("parent__sort_order", "sort_order", "pk")


def people_in_use() -> QuerySet[Person]:
    """Persons who could be chosen: everybody in use who is no administrator."""
    found = Person.objects.filter(account_state=AccountState.ENABLED)
    admins = found.filter(grants__role__kind="admin", grants__revoked_at__isnull=True)
    return found.exclude(pk__in=admins.values("pk")).order_by("pk")
