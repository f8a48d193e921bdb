"""What the choosers of forms ask for: units and persons by name, short name or initials."""

from __future__ import annotations

from django.db.models import Q
from django.http import JsonResponse
from django.views.decorators.http import require_GET

from zhongshu.base import clock
from zhongshu.people.forms.fields import note_of, people_in_use, standing_units
from zhongshu.people.models import Appointment
from zhongshu.ui.permissions import signed_in
from zhongshu.ui.requests import OfficeRequest

MOST = 30


@signed_in
@require_GET
def choose_units(request: OfficeRequest) -> JsonResponse:
    """Answer with units; `by=principal` gives their principals, `type=dept,township` narrows."""
    words = request.GET.get("q", "").strip()
    found = standing_units()
    if words:
        found = found.filter(
            Q(name__contains=words) | Q(short_name__contains=words) | Q(initials__startswith=words.lower())
        )
    if types := request.GET.get("type", ""):
        found = found.filter(unit_type__in=types.split(","))
    by_principal = request.GET.get("by") == "principal"
    return _answer(
        [
            {
                "value": unit.principal_id if by_principal else unit.pk,
                "text": unit.label,
                "note": note_of(unit),
            }
            for unit in found[:MOST]
        ]
    )


@signed_in
@require_GET
def choose_persons(request: OfficeRequest) -> JsonResponse:
    """Answer with persons, their unit and post, never their telephone; `unit=` and `role=` narrow."""
    words = request.GET.get("q", "").strip()
    found = people_in_use()
    if words:
        found = found.filter(Q(name__contains=words) | Q(initials__startswith=words.lower()))
    if (unit := request.GET.get("unit", "")) and unit.isdigit():
        in_unit = Appointment.objects.current(clock.today()).filter(Q(unit=unit) | Q(unit__parent=unit))
        found = found.filter(pk__in=in_unit.values("person"))
    if role := request.GET.get("role", ""):
        found = found.filter(
            grants__role__code__in=role.split(","), grants__revoked_at__isnull=True
        ).distinct()
    by_principal = request.GET.get("by") == "principal"
    return _answer(
        [
            {
                "value": person.principal_id if by_principal else person.pk,
                "text": person.name,
                "note": note_of(person),
            }
            for person in found[:MOST]
        ]
    )


def _answer(results: list[dict[str, object]]) -> JsonResponse:
    return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})
