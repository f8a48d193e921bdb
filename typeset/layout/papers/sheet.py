"""收文办理单: facts of the document, boxes of opinions, how the units stand with it."""

from typing import Any

from typeset.layout.papers.cells import breadth, clipped, room
from typeset.layout.papers.desk import FORM_SIZE, WHOLE_LINES, Column, Desk, Fact, about, facts, listing
from typeset.model import HandlingSheet, Opinion, OpinionBox, UnitHandling
from typeset.model.checks import HIGHEST_BOX

WIDTHS = (20.0, 32.5, 17.5, 40.5, 17.5, 40.0)
LABEL = WIDTHS[0]
OPINION_SIZE = 12.0
OPINION_ROOM = room(sum(WIDTHS[1:]), OPINION_SIZE)
UNIT_WIDTHS = (38.0, 13.0, 20.0, 24.0, 53.0)
# A longer signature does not stand on the last line of its text.
SHORT_SIGNATURE = 22.0
INK_WIDTH, INK_HEIGHT = 110.0, 24.0


TRAIL = (Column("时间", 32), Column("办理人", 40), Column("动作", 22), Column("内容", 74, "left"))


def handling_sheet(paper: HandlingSheet, desk: Desk) -> dict[str, Any]:
    """Return the data of a 办理单."""
    fits = 16.0 if paper.code else 21.0
    return {
        "document": about(f"{paper.name} {paper.title}", paper.office),
        "title": desk.words.title(paper.office, paper.name, fits),
        "code": desk.code(paper.code),
        "facts": facts(WIDTHS, _facts(paper), desk),
        "urgency": clipped(paper.urgency, 6) if paper.urgency in {"加急", "特急"} else "",
        "boxes": [_box(box, desk) for box in paper.boxes],
        "units": _units(paper.units, desk),
        "trail": listing(
            TRAIL, [(each.at, each.actor, each.action, each.text) for each in paper.trail], desk, row_mm=7.5
        ),
        "running": desk.words.line(
            clipped(f"{paper.receipt_number}　{paper.title}", 40) + f"（{clipped(paper.name, 10)}续页）",
            40,
            "song",
        ),
        "printed": desk.words.line(clipped(paper.printed, 60), 30, "song"),
    }


def _facts(paper: HandlingSheet) -> list[Fact]:
    first = [Fact("首接责任人", paper.first_receiver, span=5, size=10)] if paper.first_receiver else []
    return [
        Fact("来文单位", paper.issuer_name, size=10),
        Fact("来文字号", paper.doc_number, size=10),
        Fact("收文编号", paper.receipt_number, size=10),
        Fact("份数", paper.copies, size=10),
        Fact("紧急程度", paper.urgency, role="hei", size=10),
        Fact("收文日期", paper.received_on, size=10),
        Fact("标题", paper.title, span=5, role="hei", size=12),
        Fact("办理时限", paper.due, span=3, size=10),
        Fact("办件类型", paper.work_kind, size=10),
        *first,
    ]


def _box(box: OpinionBox, desk: Desk) -> dict[str, Any]:
    return {
        "label": desk.words.line(box.label, 4, "song"),
        "plain": box.label if len(box.label) < 4 else "",
        "again": desk.words.line(clipped(box.label, 20), 4, "song"),
        "height": max(8.0, min(box.height_mm, HIGHEST_BOX)),
        "code": desk.code(box.code),
        "opinions": [_opinion(each, desk) for each in box.opinions],
    }


def _opinion(opinion: Opinion, desk: Desk) -> dict[str, Any]:
    """Return an opinion; one of few lines is never parted, and no signature ever from the end of its text."""
    signature = breadth(opinion.signed_by) + breadth(opinion.signed_at)
    lines = desk.words.lines(opinion.text, OPINION_ROOM)
    return {
        "lines": lines,
        "by": desk.words.line(opinion.signed_by, OPINION_ROOM, "kai"),
        "at": desk.words.line(opinion.signed_at, OPINION_ROOM, "song"),
        "is_short": signature <= SHORT_SIGNATURE,
        "ink": _ink(opinion, desk),
        "remark": desk.words.line(opinion.remark, OPINION_ROOM, "song"),
        "tall": breadth(opinion.text) / OPINION_ROOM + len(lines) > WHOLE_LINES or signature > 300,
    }


def _ink(opinion: Opinion, desk: Desk) -> dict[str, Any] | None:
    """Return the handwriting as large as it was about written, never wider than the box."""
    if opinion.ink is None:
        return None
    steep = desk.pictures.proportion(opinion.ink)
    width = min(INK_WIDTH, INK_HEIGHT / max(steep, 0.01))
    return {"picture": desk.pictures.keep(opinion.ink), "width": width, "height": width * steep}


def _units(units: tuple[UnitHandling, ...], desk: Desk) -> dict[str, Any]:
    fits = [room(each, FORM_SIZE) for each in UNIT_WIDTHS]
    rows = [(each.unit, each.role, each.handler or "—", each.due, each.feedback) for each in units]
    return {
        "columns": [LABEL, *UNIT_WIDTHS],
        "rows": [
            [
                desk.words.lines(
                    text, fit, "hei" if index == 0 and row[1] in {"主办", "牵头"} else "fangsong"
                )
                for index, (text, fit) in enumerate(zip(row, fits, strict=True))
            ]
            for row in rows
        ],
        "leads": [row[1] in {"主办", "牵头"} for row in rows],
        "tall": [
            max(breadth(text) / fit for text, fit in zip(row, fits, strict=True)) > WHOLE_LINES
            for row in rows
        ],
    }
