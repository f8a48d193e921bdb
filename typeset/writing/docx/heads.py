"""版头: mark, number, signers and the red rule (7.2), and the heads of 信函, 命令（令） and 纪要 (clause 10)."""

from typeset.model.document import URGENCIES, Document
from typeset.writing.docx.measures import POINT, ems, twips
from typeset.writing.docx.pen import Pen
from typeset.writing.docx.styles import size
from typeset.writing.docx.xml import Node, node, val

# In an exactly spaced line Word and LibreOffice lay the base line at four fifths of its height.
BASE = 0.8
INK_TOP, INK_BOTTOM = 0.86, 0.12
MARK_WIDTH = 150.0
SMALLEST = 30.0
AIR = 1.3
# 1.5 points, 4 mm under the number, of which the line itself leaves about 4 points.
RULE = {"val": "single", "sz": 12, "space": 7}
# The lower rule of a letter is itself 1.6 mm high, the line it hangs on a point.
LOWER_RULE_HEIGHT = 1.6 + 0.35


def head(pen: Pen, document: Document) -> list[Node]:
    """Write what stands above the title."""
    if document.kind == "letter":
        return _under_the_rule(pen, document)
    if document.kind == "plain" or not document.mark:
        return _bare(pen, document)
    notes = _notes(pen, document)
    made = [*notes, _filler(pen, document, len(notes)), *_mark(pen, document)]
    made += pen.blank(2)
    if document.kind == "order":
        return [*made, pen.para("GwNumber", pen.write(document.head.doc_number)), *pen.blank(2)]
    return [*made, *_numbered(pen, document), *pen.blank(2)]


def _bare(pen: Pen, document: Document) -> list[Node]:
    """A paper without a mark keeps what else its head has."""
    number = [pen.para("GwNumber", pen.write(document.head.doc_number))] if document.head.doc_number else []
    return [*_notes(pen, document), *number]


def _notes(pen: Pen, document: Document) -> list[Node]:
    """份号 and 紧急程度 at the upper left, one under the other."""
    made = []
    if document.head.copy_no:
        made.append(pen.para("GwCopyNo", pen.write(document.head.copy_no)))
    if urgency := URGENCIES[document.head.urgency]:
        made.append(pen.para("GwUrgency", pen.write(urgency)))
    return made


def _filler(pen: Pen, document: Document, lines: int) -> Node:
    """An empty line just so high that the ink of the mark begins where the standard wants it."""
    top = pen.measures.order_mark_top if document.kind == "order" else pen.measures.mark_top
    above = top / POINT - lines * pen.measures.pitch / 20
    points = max(above - _sunk(_mark_size(pen, document)), 1.0)
    line = node("spacing", line=round(points * 20), lineRule="exact")
    return pen.para("GwBlank", props=(line, val("snapToGrid", 0)))


def _sunk(points: float) -> float:
    """How far under the top of its line the ink of a mark begins."""
    return (AIR * BASE - INK_TOP) * points


def _mark_size(pen: Pen, document: Document) -> float:
    names = document.head.issuers
    if len(names) > 1:
        room = MARK_WIDTH - 2 * 36 * POINT
        return max(16.0, min(36.0, int(room / POINT / max(map(ems, names)))))
    largest = pen.measures.letter_mark_size if document.kind == "letter" else pen.measures.mark_size
    return max(SMALLEST, min(largest, int(MARK_WIDTH / POINT / max(ems(document.mark), 1))))


def _mark(pen: Pen, document: Document) -> list[Node]:
    if len(document.head.issuers) > 1 and not document.head.mark:
        return [_joint_mark(pen, document), pen.para("GwBlank", props=(_exact(1), val("snapToGrid", 0)))]
    return [_mark_line(pen, document.mark, _mark_size(pen, document))]


def _mark_line(pen: Pen, mark: str, points: float, *props: Node, align: str = "center") -> Node:
    needed = ems(mark) * points * POINT
    scale = (val("w", max(33, int(100 * MARK_WIDTH / needed))),) if needed > MARK_WIDTH else ()
    line = (val("jc", align), _exact(points * AIR))
    return pen.para("GwMark", pen.write(mark, *scale, *size(points)), props=(*line, *props))


def _exact(points: float) -> Node:
    return node("spacing", line=round(points * 20), lineRule="exact")


def _joint_mark(pen: Pen, document: Document) -> Node:
    """The organs one under the other, each filling the width, 文件 beside them in the middle (7.2.4)."""
    points = _mark_size(pen, document)
    names = [_mark_line(pen, name, points, align="distribute") for name in document.head.issuers]
    suffix = [_mark_line(pen, "文件", 36.0, align="right")] if document.head.has_suffix else []
    right = twips(2 * 36 * POINT + 8) if suffix else 0
    left = twips(pen.measures.width) - right
    cells = [_bare_cell(left, names)] + ([_bare_cell(right, suffix)] if suffix else [])
    grid = node("tblGrid", *(node("gridCol", w=width) for width in (left, right) if width))
    props = node(
        "tblPr",
        node("tblW", w=left + right, type="dxa"),
        val("jc", "center"),
        node("tblLayout", type="fixed"),
    )
    return node("tbl", props, grid, node("tr", *cells))


def _bare_cell(width: int, content: list[Node]) -> Node:
    return node("tc", node("tcPr", node("tcW", w=width, type="dxa"), val("vAlign", "center")), *content)


def _numbered(pen: Pen, document: Document) -> list[Node]:
    """The number in the middle, or for an upward document at the left with the signers at the right; the red rule."""
    rule = node("pBdr", node("bottom", **RULE, color=pen.measures.red))
    rows = signer_rows([signer.name for signer in document.head.signers])
    if not rows:
        return [pen.para("GwNumber", pen.write(document.head.doc_number), props=(rule,))]
    char = twips(pen.measures.width / 28)
    edge = twips(pen.measures.width) - char
    made = []
    for at, names in enumerate(rows):
        label = "签发人：" if at == 0 else ""
        last = at == len(rows) - 1
        made.append(
            pen.para(
                "GwNumber",
                pen.write("\t" + (document.head.doc_number if last else "") + "\t" + label),
                pen.write(names, pen.face("name")),
                tabs=(("left", char), ("right", edge)),
                props=(val("jc", "left"), rule) if last else (val("jc", "left"),),
            )
        )
    return made


def signer_rows(names: list[str]) -> list[str]:
    """Return the lines of names: two a line, names of two letters spread to three, lines equally wide (7.2.6)."""
    spread = [f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name for name in names]
    widest = max(map(len, spread), default=0)
    even = [name.ljust(widest, "\u3000") for name in spread]
    rows = ["\u3000".join(even[at : at + 2]) for at in range(0, len(even), 2)]
    full = max(map(len, rows), default=0)
    return [row.ljust(full, "\u3000") if len(rows) > 1 else row.rstrip("\u3000") for row in rows]


def letter_feet(pen: Pen, document: Document) -> None:
    """Add the first page's head (mark and rule) and foot (the lower rule 20 mm above the edge, no number) of a letter."""
    points = _mark_size(pen, document)
    wide = (pen.measures.letter_rule - pen.measures.width) / 2
    shift = (pen.measures.left - pen.measures.right) / 2
    sides = {"left": -twips(wide + shift), "right": -twips(wide - shift)}
    under = node("pBdr", node("bottom", val="thickThinSmallGap", sz=24, space=3, color=pen.measures.red))
    mark = _mark_line(pen, document.mark, points, under, node("ind", **sides))
    pen.feet.headers["first"] = pen.package.add("header_first.xml", "header", node("hdr", mark))
    frame = node(
        "framePr", w=twips(pen.measures.letter_rule), hRule="exact", h=20, wrap="around", vAnchor="page", hAnchor="page",
        x=twips((210 - pen.measures.letter_rule) / 2), y=twips(297 - pen.measures.letter_foot - LOWER_RULE_HEIGHT),
    )  # fmt: skip
    # As a lower edge of a paragraph the name of the double rule reads from above: thin, then thick.
    ruled = node("pBdr", node("bottom", val="thinThickSmallGap", sz=24, space=0, color=pen.measures.red))
    lower = pen.para("GwFolio", props=(frame, ruled, _exact(1)))
    pen.feet.footers["first"] = pen.package.add(
        "footer_first.xml", "footer", node("ftr", lower, pen.para("GwFolio"))
    )


def letter_headroom(pen: Pen, document: Document) -> float:
    """Return how far under the page's edge the head of a letter begins, so that the mark's ink stands at 30 mm."""
    return pen.measures.letter_mark_top - _sunk(_mark_size(pen, document)) * POINT


def _under_the_rule(pen: Pen, document: Document) -> list[Node]:
    """Under the first rule: 份号 at the left, the number at the right (10.1)."""
    edge = twips(pen.measures.width)
    notes = [note for note in (document.head.copy_no, URGENCIES[document.head.urgency]) if note]
    rows = notes or [""]
    made = []
    for at, note in enumerate(rows):
        number = "\t" + document.head.doc_number if at == 0 else ""
        face = (pen.face("label"),) if note and not note.isdigit() else ()
        made.append(pen.para("GwCopyNo", pen.write(note, *face), pen.write(number), tabs=(("right", edge),)))
    return [*made, *pen.blank(2)]
