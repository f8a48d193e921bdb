"""What this room hangs onto the desks: units at work, 批示件, receipts by month; counted at most every five minutes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Q

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.lights import light
from zhongshu.documents import statistics
from zhongshu.documents.models import LeaderInstruction, UnitHandling
from zhongshu.documents.states import INSTRUCTION_KIND
from zhongshu.matters import access
from zhongshu.matters.models import Matter
from zhongshu.matters.panels import DeskPanel, register_panel

KEPT = 300
SPAN = timedelta(days=90)
MOST_UNITS = 7
UNFINISHED = [UnitHandling.State.ASSIGNED, UnitHandling.State.SIGNED]


def register() -> None:
    """Hang the panels."""
    at = "documents/panels/"
    for panel in (
        DeskPanel("urged_units", f"{at}urged_units.html", late_units, "documents.register_all", order=20),
        DeskPanel("instructions", f"{at}instructions.html", my_instructions, "documents.instructions", side=True, order=30),
        DeskPanel("by_unit", f"{at}by_unit.html", by_unit, "documents.statistics", for_leaders=True, order=20),
        DeskPanel("my_instructions", f"{at}instructions.html", my_instructions, "documents.instructions",
                  for_leaders=True, order=10),
        DeskPanel("by_month", f"{at}by_month.html", by_month, "documents.statistics", for_leaders=True, order=30),
    ):  # fmt: skip
        register_panel(panel)


def _kept(name: str, actor: Actor, make: Callable[[], Any]) -> Any:
    key = f"panel:{name}:{actor.tenant_id}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT)
    return found


def late_units(actor: Actor) -> dict[str, Any] | None:
    """Return the units whose answers are due soon or late, the latest first."""
    rows = UnitHandling.objects.filter(
        incoming__matter__tenant_id=actor.tenant_id,
        incoming__matter__closed_at__isnull=True,
        state__in=UNFINISHED,
    )
    soon = rows.filter(due_at__lt=clock.now() + timedelta(days=2)).select_related("incoming__matter")
    shown = list(soon.order_by("due_at")[:6])
    if not shown:
        return None
    return {"rows": [{"handling": row, "light": light(row.due_at)} for row in shown]}


def my_instructions(actor: Actor) -> dict[str, Any] | None:
    """Return the open 批示件 in whose circle the actor is, the nearest deadline first."""
    page = access.page(actor, INSTRUCTION_KIND, closed=False, order="due", size=6)
    if not page.ids:
        return None
    matters = Matter.objects.in_bulk(list(page.ids))
    rows = LeaderInstruction.objects.filter(pk__in=page.ids).select_related("owner_unit").in_bulk()
    found = [(matters[pk], rows[pk]) for pk in page.ids if pk in matters and pk in rows]
    return {"rows": [{"matter": m, "instruction": r, "light": light(m.due_at)} for m, r in found]}


def by_unit(actor: Actor) -> dict[str, Any] | None:
    """Return how the leading units stand with what was put to them in the last three months."""
    rows = _kept("by_unit", actor, lambda: _by_unit(actor))
    return {"rows": rows, "longest": max(row["total"] for row in rows)} if rows else None


def _by_unit(actor: Actor) -> list[dict[str, Any]]:
    now = clock.now()
    done = Q(state=UnitHandling.State.FED_BACK)
    open_ = Q(state__in=UNFINISHED)
    counted = (
        UnitHandling.objects.filter(
            incoming__matter__tenant_id=actor.tenant_id,
            assigned_at__gte=now - SPAN,
            role=UnitHandling.Role.LEAD,
        )
        .values("unit_name")
        .annotate(
            done=Count("pk", filter=done),
            on_time=Count("pk", filter=done & (Q(due_at__isnull=True) | Q(fed_back_at__lte=F("due_at")))),
            r=Count("pk", filter=open_ & Q(due_at__lt=now)),
            y=Count("pk", filter=open_ & Q(due_at__gte=now, due_at__lt=now + timedelta(days=2))),
            g=Count("pk", filter=open_ & (Q(due_at__gte=now + timedelta(days=2)) | Q(due_at__isnull=True))),
        )
    )
    rows = [{**row, "total": row["done"] + row["r"] + row["y"] + row["g"]} for row in counted]
    for row in rows:
        row["share"] = statistics.ratio(row["on_time"], row["done"] + row["r"])
    return sorted(rows, key=lambda row: (-row["r"], -row["y"], -row["total"]))[:MOST_UNITS]


def by_month(actor: Actor) -> dict[str, Any] | None:
    """Return receipts of the last months, and of the year so far beside last year's where that is whole."""
    year, month = clock.today().year, clock.today().month
    rows = _kept("by_month", actor, lambda: _by_month(actor, year))
    now, before = sum(this for _, _, this in rows[:month]), sum(last for _, last, _ in rows[: month - 1])
    whole = before > 0 and all(last for _, last, _ in rows[: month - 1])
    shown = [(name, last if whole else None, this) for name, last, this in rows[max(0, month - 6) : month]]
    same = sum(this for _, _, this in rows[: month - 1])
    return {
        "rows": shown,
        "year": year,
        "total": now,
        "before": before if whole else None,
        "change": statistics.growth(same, before) if whole else "",
    }


def _by_month(actor: Actor, year: int) -> list[tuple[str, int, int]]:
    return [(f"{row.month}月", row.before.count, row.now.count) for row in statistics.by_month(actor, year)]
