"""Reads of the archive: what waits, the catalogue, the rate."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.actors import Actor

State = ArchivalFile.State


def files_of(actor: Actor) -> QuerySet[ArchivalFile]:
    """Return the files of the actor's office; only those who keep the archive get here."""
    return ArchivalFile.objects.filter(tenant_id=actor.tenant_id).select_related(
        "matter", "scope", "archived_by"
    )


def waiting(actor: Actor) -> QuerySet[ArchivalFile]:
    """Return what is closed and waits for its 档号."""
    return files_of(actor).filter(state=State.PENDING).order_by("due_on", "pk")


def catalogue(actor: Actor, year: int, retention: str = "", section: str = "") -> QuerySet[ArchivalFile]:
    """Return the archived pieces of a year in the order of their 档号."""
    rows = files_of(actor).filter(state=State.ARCHIVED, year=year)
    if retention:
        rows = rows.filter(retention=retention)
    if section:
        rows = rows.filter(section_code=section)
    return rows.order_by("retention", "section_code", "item_no")


@dataclass(frozen=True)
class Rate:
    """归档率 of a year: archived ÷ to be archived; a dash without a denominator."""

    year: int
    archived: int
    due: int
    exempt: int

    @property
    def text(self) -> str:
        """Write the rate."""
        return f"{100 * self.archived / self.due:.1f}%" if self.due else "—"

    @property
    def missing(self) -> int:
        """Return how many are still to be archived."""
        return self.due - self.archived


def rate(actor: Actor, year: int) -> Rate:
    """Return the year's rate; what is rightly not archived does not count."""
    counts = ArchivalFile.objects.filter(tenant_id=actor.tenant_id, year=year).aggregate(
        archived=Count("pk", filter=Q(state=State.ARCHIVED)),
        due=Count("pk", filter=~Q(state=State.EXEMPT)),
        exempt=Count("pk", filter=Q(state=State.EXEMPT)),
    )
    return Rate(year, counts["archived"], counts["due"], counts["exempt"])


def years(actor: Actor) -> list[int]:
    """Return the years the archive holds something of, newest first."""
    found = ArchivalFile.objects.filter(tenant_id=actor.tenant_id).values_list("year", flat=True).distinct()
    return sorted({*found, clock.today().year}, reverse=True)
