"""Numbers of the year, drawn in the order of the days and written in bulk: no gap, none twice."""

import datetime as dt
from collections import defaultdict

from zhongshu.base import clock, numbers
from zhongshu.base.actors import Actor
from zhongshu.base.models import NumberSequence, NumberUse

Key = tuple[str, int]


class Numberer:
    """All series of one office."""

    def __init__(self, tenant_id: int) -> None:
        self._tenant_id = tenant_id
        self._last: dict[Key, int] = defaultdict(int)
        self._uses: dict[Key, list[NumberUse]] = defaultdict(list)
        self._formats = {series.scope: series.format for series in numbers.declared_series()}

    def draw(
        self, scope: str, at: dt.datetime, by: Actor, kind: str, object_id: str, year: int | None = None
    ) -> tuple[int, str]:
        """Draw the next number, of the year of that moment unless told otherwise."""
        key = scope, year or clock.local(at).year
        self._last[key] += 1
        no = self._last[key]
        text = self.format_of(scope).format(prefix="", year=key[1], no=no)
        self._uses[key].append(
            NumberUse(
                no=no,
                text=text,
                object_kind=kind,
                object_id=object_id,
                at=at,
                by_name=by.name,
                by_id=by.person_id,
            )
        )
        return no, text

    def format_of(self, scope: str) -> str:
        return self._formats.get(scope, numbers.Series.format)

    def write(self) -> None:
        """Write the series and every number of them."""
        rows = NumberSequence.objects.bulk_create(
            NumberSequence(
                tenant_id=self._tenant_id,
                scope=scope,
                year=year,
                format=self.format_of(scope),
                last_no=last,
            )
            for (scope, year), last in self._last.items()
        )
        uses = []
        for key, row in zip(self._last, rows, strict=True):
            for use in self._uses[key]:
                use.sequence = row
                uses.append(use)
        NumberUse.objects.bulk_create(uses, batch_size=1000)
