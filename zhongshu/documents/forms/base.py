"""What all forms of the room share: choices of units and leaders, and the form of an act."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents.models import IncomingDocument
from zhongshu.people.models import AccountState, OrgUnit, Person
from zhongshu.ui.forms import MomentInput, OfficeForm

LEADER_ROLES = ("county_head", "exec_vice_mayor", "vice_mayor")


def handling_units() -> QuerySet[OrgUnit]:
    """Return the units a paper can be put to: departments, townships and the like."""
    return OrgUnit.objects.filter(valid_to__isnull=True, is_tenant=True).order_by(
        "unit_type", "sort_order", "pk"
    )


def leaders(by: Actor) -> QuerySet[Person]:
    """Return the county leaders of the actor's office, and its directors."""
    roles = (*LEADER_ROLES, "office_director", "office_deputy")
    found = Person.objects.filter(
        account_state=AccountState.ENABLED,
        grants__role__code__in=roles,
        grants__revoked_at__isnull=True,
        appointments__unit__tenant_id=by.tenant_id,
    )
    return found.distinct().order_by("appointments__post__sort_order", "pk")


class UnitChoice(forms.ModelChoiceField):
    """One unit, shown by its short name."""

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class UnitChoices(forms.ModelMultipleChoiceField):
    """Several units."""

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class InOrder(forms.ModelMultipleChoiceField):
    """Several persons in the order they were chosen: the order in which they are asked."""

    def clean(self, value: Any) -> Any:
        """Return the persons as they were put in order."""
        found = {str(person.pk): person for person in super().clean(value)}
        return [found[pk] for pk in dict.fromkeys(value or ()) if pk in found]


class ActForm(OfficeForm):
    """A form by which somebody acts on a document."""

    def __init__(
        self, *args: Any, incoming: IncomingDocument | None = None, by: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.incoming, self.by = incoming, by
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that depend on document and person."""


def moment_field(label: str, *, required: bool = False, help: str = "") -> forms.DateTimeField:
    """Return a field for date and time."""
    return forms.DateTimeField(label=label, required=required, help_text=help, widget=MomentInput())


def local_minute(at: datetime | None) -> datetime | None:
    """Return a moment as the date-time control shows it."""
    return clock.local(at).replace(second=0, microsecond=0, tzinfo=None) if at else None
