"""Finds what stands low on the pages: the imprint and page numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from typeset.checking.pdf.figures import Figures
from typeset.checking.pdf.sheets import Line, Shape, Sheet, is_red

PRINTED = re.compile(r"日印发$")
DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$")
FOLIO = re.compile(r"^[—－―\-–一·.]?\d{1,4}[—－―\-–一·.]?$|^第\d+页(?:共\d+页)?$")
SMALL, SMALLER = 17.0, 15.0


@dataclass
class LowParts:
    """The pages of a paper, and what stands at their foot."""

    sheets: Sequence[Sheet]
    count: int
    figures: Figures
    kind: str = ""

    @cached_property
    def imprint_line(self) -> Line | None:
        """Return the line of 印发机关 and 印发日期; of a letter, which has none, the last line of 抄送."""
        low = [
            line for sheet in reversed(self.sheets) for line in reversed(sheet.lines) if self._is_low(line)
        ]
        printed = next((line for line in low if PRINTED.search(line.text)), None) or next(
            (line for line in low if DATED.search(line.text) and line.size < SMALLER), None
        )
        if printed is not None or self.kind != "letter":
            return printed
        return next((line for line in low if line.text.startswith("抄送")), None)

    def _is_low(self, line: Line) -> bool:
        return line.size < SMALL and line.foot > 100 and line.left < self.figures.left + 12

    @property
    def imprint_page(self) -> int:
        """Return the page of the imprint, 0 where there is none."""
        return self.imprint_line.page if self.imprint_line else 0

    @cached_property
    def imprint_rules(self) -> list[Shape]:
        """Return the lines of the imprint from top to bottom."""
        if self.imprint_line is None:
            return []
        sheet = next(sheet for sheet in self.sheets if sheet.number == self.imprint_page)
        low = self.imprint_line
        first = self.imprint_lines[0]
        near = [rule for rule in sheet.rules if rule.box.width > 60 and not is_red(rule.colour)]
        return [rule for rule in near if rule.box.top > first.top - 9 and rule.box.top < low.bottom + 14]

    @cached_property
    def imprint_lines(self) -> list[Line]:
        """Return the lines of the imprint: 主送, 抄送, 印发."""
        if self.imprint_line is None:
            return []
        sheet = next(sheet for sheet in self.sheets if sheet.number == self.imprint_page)
        found = [self.imprint_line]
        for line in reversed([each for each in sheet.lines if each.foot < self.imprint_line.foot - 1]):
            if line.size > SMALL or found[0].foot - line.foot > 16:
                break
            found.insert(0, line)
        start = next(
            (at for at, line in enumerate(found) if line.text.startswith(("主送", "抄送", "抄报", "主题词"))),
            -1,
        )
        return found[start:]

    @property
    def imprint_top(self) -> float:
        """Return where the imprint begins."""
        rules = [rule.box.top for rule in self.imprint_rules]
        return min([*rules, self.imprint_lines[0].top]) if self.imprint_line else 0.0

    def folio(self, sheet: Sheet) -> Line | None:
        """Return the page number of a page: the last line, under the text area."""
        low = [
            line
            for line in sheet.lines
            if line.foot > self.figures.area_bottom + 2.5 and FOLIO.match(line.text)
        ]
        return low[-1] if low else None
