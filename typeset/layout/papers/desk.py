"""What the maker of a paper has at hand, and the parts that several papers share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from typeset.layout.papers.cells import Cells, room, tallest
from typeset.layout.papers.codes import code_picture
from typeset.layout.pictures import Pictures
from typeset.model import Picture

FORM_SIZE = 10.5
# A row of more lines than this may go over to the next page; others stay whole.
WHOLE_LINES = 14
SEAL_MM = 42.0


@dataclass(frozen=True, slots=True)
class Desk:
    """The words and pictures of one paper."""

    words: Cells
    pictures: Pictures

    def code(self, said: str) -> str:
        """Return the file name of a QR code, or nothing."""
        return code_picture(said, self.pictures)

    def seal(self, picture: Picture | None) -> dict[str, Any] | None:
        """Return a seal of a county's size."""
        if picture is None:
            return None
        height = SEAL_MM * self.pictures.proportion(picture)
        return {"picture": self.pictures.keep(picture), "width": SEAL_MM, "height": min(height, 60.0)}


@dataclass(frozen=True, slots=True)
class Fact:
    """A label of a form and what stands beside it, over `span` columns."""

    label: str
    value: str
    span: int = 1
    role: str = "fangsong"
    size: float = FORM_SIZE


def facts(widths: Sequence[float], given: Sequence[Fact], desk: Desk) -> dict[str, Any]:
    """Return a form of labels and values on columns of these widths in mm."""
    made, at = [], 0
    for each in given:
        wide = sum(widths[at + 1 : at + 1 + each.span])
        fits = room(wide, each.size)
        made.append(
            {
                "label": each.label,
                "lines": desk.words.lines(each.value, fits, each.role),
                "span": each.span,
                "role": each.role,
                "size": each.size,
                "tall": tallest([(each.value, fits)]) > WHOLE_LINES,
            }
        )
        at = (at + 1 + each.span) % len(widths)
    return {"columns": list(widths), "facts": made}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its head, its width in mm, how it is aligned."""

    head: str
    mm: float
    align: str = "center"


def listing(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], desk: Desk, *, row_mm: float
) -> dict[str, Any]:
    """Return a list of many rows, `row_mm` high at least."""
    fits = [room(each.mm, FORM_SIZE) for each in columns]
    return {
        "columns": [each.mm for each in columns],
        "heads": [each.head for each in columns],
        "aligns": [each.align for each in columns],
        "row_mm": row_mm,
        "size": FORM_SIZE,
        "rows": [
            {
                "cells": [desk.words.lines(text, fit) for text, fit in zip(row, fits, strict=True)],
                "tall": tallest(zip(row, fits, strict=True)) > WHOLE_LINES,
            }
            for row in rows
        ],
    }


def about(title: str, office: str) -> dict[str, Any]:
    """Return what the file says about itself."""
    return {"title": " ".join(title.split()), "author": [" ".join(office.split())]}
