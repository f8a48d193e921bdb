"""What the office already knows while an old register is judged: its units, its numbers, its papers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.models import NumberSequence
from zhongshu.base.numbers import declared_series
from zhongshu.documents.importing import cells
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.states import KIND
from zhongshu.matters.models import Matter
from zhongshu.people.models import OrgUnit, OrgUnitName

SCOPE = "documents.incoming"
_BETWEEN = re.compile(r"[、，,；;\s/]+")


@dataclass(frozen=True)
class OldNumber:
    """A number of the office's own series, as an old register gives it."""

    year: int
    no: int
    text: str


@dataclass
class Known:
    """Read once for a whole workbook; papers are looked up as rows ask for them."""

    tenant_id: int
    _of_year: dict[int, dict[str, tuple[int, str]]] = field(default_factory=dict)

    @cached_property
    def units(self) -> dict[str, int]:
        """Return every name a unit has or had; the names of today win."""
        found = dict(OrgUnitName.objects.values_list("name", "unit_id"))
        for pk, name, short in OrgUnit.objects.filter(is_tenant=True).values_list("pk", "name", "short_name"):
            found.update({word: pk for word in (name, short) if word})
        return found

    @cached_property
    def series(self) -> tuple[str, str]:
        """Return format and prefix by which the office writes its numbers."""
        of_scope = NumberSequence.objects.filter(tenant_id=self.tenant_id, scope=SCOPE).order_by("-year")
        if newest := of_scope.first():
            return newest.format, newest.prefix
        declared = next(series for series in declared_series() if series.scope == SCOPE)
        return declared.format, declared.prefix

    def written(self, year: int, no: int) -> str:
        """Return a number of the series as the office writes it."""
        pattern, prefix = self.series
        return pattern.format(prefix=prefix, year=year, no=no)

    def number_of(self, text: str, year: int | None) -> OldNumber | None:
        """Read 收[2023]012 or, in the register of a year, 12 as numbers of the series; None for other books' numbers."""
        if text.isascii() and text.isdigit() and len(text) <= 6 and year and int(text):
            return OldNumber(year, int(text), self.written(year, int(text)))
        found, own = cells.number_of(text), cells.number_of(self.written(2000, 1))
        if found is None or own is None or found[0] != own[0] or not found[2]:
            return None
        return OldNumber(found[1], found[2], self.written(found[1], found[2]))

    def units_in(self, text: str) -> list[int]:
        """Return the units that a cell names."""
        names = [text, *_BETWEEN.split(text)]
        return list(dict.fromkeys(self.units[name] for name in names if name in self.units))

    def paper_numbered(self, number: str, year: int) -> tuple[int, str] | None:
        """Return key and title of the paper that carries the number already."""
        if year not in self._of_year:
            self._of_year[year] = self._read_year(year)
        return self._of_year[year].get(number)

    def _read_year(self, year: int) -> dict[str, tuple[int, str]]:
        begin, end = clock.year_range(year)
        rows = Matter.objects.filter(
            tenant_id=self.tenant_id, kind=KIND, sort_at__gte=begin - timedelta(days=31), sort_at__lt=end
        )
        return {
            number: (pk, title) for number, pk, title in rows.values_list("number", "pk", "title") if number
        }

    def papers_with(self, keys: Iterable[str]) -> dict[tuple[str, str], tuple[int, str]]:
        """Return the papers of these 字号 by issuer and 查重键: key and number."""
        wanted = {key for key in keys if key}
        rows = IncomingDocument.objects.filter(number_key__in=wanted, matter__tenant_id=self.tenant_id)
        found = rows.exclude(matter__outcome="voided").order_by("-pk")
        return {
            (issuer, key): (pk, number)
            for pk, issuer, key, number in found.values_list(
                "pk", "issuer_name", "number_key", "matter__number"
            )
        }

    def codes_taken(self, codes: Iterable[str]) -> set[str]:
        """Return which 档号 the archive has already."""
        wanted = {code for code in codes if code}
        rows = ArchivalFile.objects.filter(tenant_id=self.tenant_id, archival_code__in=wanted)
        return set(rows.values_list("archival_code", flat=True))
