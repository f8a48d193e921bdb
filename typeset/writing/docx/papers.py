"""The office's own papers as plain editable sheets: a title, a table of what is known, a table for each list.

Their exact pages are those of the PDF; a DOCX of them is for those who want to go on writing in it.
"""

import dataclasses
from datetime import date
from typing import Any

from typeset.model import Cell, NamePlates, Opinion, Paper, Picture, Table, day_words, plain
from typeset.model.storing import Field, fields_of
from typeset.writing.docx.blocks import table
from typeset.writing.docx.drawings import inline_picture
from typeset.writing.docx.pen import Pen
from typeset.writing.docx.styles import size
from typeset.writing.docx.titles import title
from typeset.writing.docx.xml import Node, node, val

TITLES = {
    "HandlingSheet": "收文办理单", "ReturnSlip": "退文单", "SupervisionNotice": "督办通知单", "ReceiptSlip": "签收单",
    "ArchiveCatalog": "归档文件目录", "DutyRoster": "值班表", "NamePlates": "座签",
}  # fmt: skip
LABEL_SHARE = 0.25
PLATE = 120
INK_WIDTH = 60.0
NOT_SHOWN = {"height_mm", "is_red", "empty_rows"}


def paper(pen: Pen, sheet: Paper) -> list[Node]:
    """Write a paper of the office."""
    if isinstance(sheet, NamePlates):
        return _plates(pen, sheet)
    fields = [each for each in _fields(sheet) if each.name not in NOT_SHOWN]
    heading = getattr(sheet, "name", "") or TITLES[type(sheet).__name__]
    made = [*title(pen, heading), *pen.blank()]
    rows = [
        (each.label, words_of(getattr(sheet, each.name)))
        for each in fields
        if each.name != "name" and not _is_list(sheet, each)
    ]
    made += _pairs(pen, [(label, words) for label, words in rows if words])
    for each in fields:
        if _is_list(sheet, each) and getattr(sheet, each.name):
            made += _list(pen, each.label, getattr(sheet, each.name), getattr(sheet, "empty_rows", 0))
    return made + _pictures(pen, sheet)


def _fields(thing: object) -> tuple[Field, ...]:
    kind: type = type(thing)
    return fields_of(kind)


def _is_list(sheet: Paper, field: Field) -> bool:
    things = getattr(sheet, field.name)
    return isinstance(things, tuple) and any(dataclasses.is_dataclass(each) for each in things)


def _pairs(pen: Pen, rows: list[tuple[str, str]]) -> list[Node]:
    if not rows:
        return []
    cells = tuple(
        (Cell(plain(label), align="center"), Cell(plain(words), align="left")) for label, words in rows
    )
    return table(pen, Table(cells, 0, (LABEL_SHARE, 1 - LABEL_SHARE)), pen.measures.width)


def _list(pen: Pen, label: str, things: tuple[Any, ...], empty: int) -> list[Node]:
    """A table with a column for each field that any row has."""
    fields = [
        each
        for each in _fields(things[0])
        if each.name not in NOT_SHOWN and any(words_of(getattr(thing, each.name)) for thing in things)
    ]
    head = tuple(Cell(plain(each.label)) for each in fields)
    body = tuple(
        tuple(Cell(plain(words_of(getattr(thing, each.name)))) for each in fields) for thing in things
    )
    blank = (tuple(Cell() for _ in fields),) * empty
    return table(pen, Table((head, *body, *blank), 1, caption=label), pen.measures.width) if fields else []


def words_of(thing: Any) -> str:
    """Return what a field holds as text: lists as lines, opinions with who signed them and when."""
    if thing is None or isinstance(thing, Picture):
        return ""
    if isinstance(thing, date):
        return day_words(thing)
    if isinstance(thing, Opinion):
        return "　".join(
            part for part in (thing.text, thing.signed_by, thing.signed_at, thing.remark) if part
        )
    if isinstance(thing, tuple):
        return "\n".join(words for each in thing if (words := words_of(each)))
    return str(thing)


def _pictures(pen: Pen, thing: Any) -> list[Node]:
    """Ink and seals, each on a line of its own."""
    if isinstance(thing, Picture):
        line = node("spacing", line=240, lineRule="auto")
        return [
            pen.para(
                "GwFigureTitle",
                inline_picture(pen, thing.data, INK_WIDTH),
                props=(line, val("snapToGrid", 0)),
            )
        ]
    if isinstance(thing, tuple):
        return [shown for each in thing for shown in _pictures(pen, each)]
    if dataclasses.is_dataclass(thing):
        return [
            shown for each in dataclasses.fields(thing) for shown in _pictures(pen, getattr(thing, each.name))
        ]
    return []


def _plates(pen: Pen, sheet: NamePlates) -> list[Node]:
    made = []
    for number, plate in enumerate(sheet.plates):
        new_page = (node("pageBreakBefore"),) if number else ()
        letters = max(len(plate.name), 3)
        large = size(min(PLATE, 420 / letters))
        line = node("spacing", line=240, lineRule="auto")
        name = pen.write(plate.name, pen.face("title"), *large)
        made.append(pen.para("GwFigureTitle", name, props=(*new_page, line, val("snapToGrid", 0))))
        if plate.line:
            made.append(pen.para("GwFigureTitle", pen.write(plate.line)))
    return made
