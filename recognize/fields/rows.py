"""Lines made ready for rules: blanks settled, punctuation in one form, letter for letter beside what is on the paper."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recognize.fields.slips import mended
from recognize.found import Found, places_of
from recognize.pages import Line, TextLayer

FORMS = str.maketrans(":,;()?!０１２３４５６７８９", "：，；（）？！0123456789")
CJK = r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef〇〔〕]"
BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200b\u3000]+")
BY_FIGURES = re.compile(rf"(?<=[0-9]) (?={CJK})|(?<={CJK}) (?=[0-9])")
PAGE_NUMBER = re.compile(
    r"[-—–－―─•·\s]*(?:第\s*)?[0-9]{1,4}\s*(?:页)?(?:\s*[共/]\s*[0-9]+\s*页?)?[-—–－―─•·\s]*"
)
MOST_ROWS = 6_000
MOST_LETTERS = 8_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line: `shown` as on the paper with blanks settled, `text` the same letters with one form of punctuation."""

    shown: str
    text: str
    line: Line

    @property
    def close(self) -> str:
        """The text without any blank."""
        return self.text.replace(" ", "")

    @property
    def is_measured(self) -> bool:
        """Say whether the line was read off a picture."""
        return self.line.confidence < 1

    @property
    def is_indented(self) -> bool:
        """Say whether a line of a fixed layout begins well inside the type area, which a photograph shows anywhere."""
        if self.is_measured:
            return self.line.indent > 1
        return self.line.box is not None and self.line.box.left > 0.17


def rows_of(layer: TextLayer) -> list[Row]:
    """Return the lines of the body that hold more than a page number."""
    rows = [row_of(line) for line in layer.lines[:MOST_ROWS] if line.part != "header"]
    return [row for row in rows if row.text and not _is_page_number(row, layer)]


def _is_page_number(row: Row, layer: TextLayer) -> bool:
    """Say whether a line is a page number: between dashes, or alone on a page of a fixed layout."""
    # A dash beside a figure is often read as the figure 一.
    text = row.text.replace("一", "—") if row.is_measured else row.text
    if not PAGE_NUMBER.fullmatch(text):
        return False
    return text.strip("—-– ") != text or layer.kind == "pdf" or row.is_measured


def row_of(line: Line) -> Row:
    """Settle blanks: none beside figures, none in words set apart letter by letter, else one."""
    shown = BLANKS.sub(" ", line.text[:MOST_LETTERS]).strip()
    pieces = shown.split(" ")
    if len(pieces) >= 4 and sum(len(piece) <= 1 for piece in pieces) >= 0.7 * len(pieces):
        shown = "".join(pieces)
    shown = BY_FIGURES.sub("", shown)
    if line.confidence < 1:
        shown = mended(shown)
    return Row(shown, shown.translate(FORMS), line)


def joined(rows: Iterable[Row]) -> str:
    """Join wrapped lines as they are on the paper."""
    return "".join(row.shown for row in rows)


def found(value: object, confidence: float, rows: Iterable[Row], rule: str) -> Found:
    """Return a field read from rows; one read off a picture is no surer than its least sure line."""
    lines = [row.line for row in rows]
    read = min((line.confidence for line in lines), default=1.0)
    return Found(value, confidence * read, places_of(lines), rule)
