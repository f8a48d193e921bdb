"""What follows the text: 附件说明, 署名, 日期, 印章, 附注 (7.3.4–7.3.6), attachments (7.3.7), 版记 (7.4)."""

import math

from typeset.model.document import Attachment, Document, Imprint, Signature, day_words
from typeset.writing.docx.blocks import blocks
from typeset.writing.docx.drawings import floating_picture, inline_picture, ring
from typeset.writing.docx.measures import ems, twips
from typeset.writing.docx.pen import Pen
from typeset.writing.docx.titles import title, title_note
from typeset.writing.docx.xml import Node, node, val

CHARS = 28
DATE_EDGE = 4.0
THICK = {"val": "single", "sz": 8, "space": 0, "color": "000000"}
THIN = {"val": "single", "sz": 6, "space": 0, "color": "000000"}
# 印章 stands with its upper edge this far under the text: within one line.
SEAL_DOWN = 2.0
GAP = 3.0
STEP = 70.0


def tail(pen: Pen, document: Document) -> list[Node]:
    """Write what follows the text, up to 附注."""
    made = _notes(pen, document) + _roll_calls(pen, document) + _signed(pen, document)
    if document.note:
        made.append(pen.para("GwNote", pen.write(f"（{document.note}）")))
    return made


def _indent(characters: float, size: int = 320) -> dict[str, int]:
    return {"rightChars": round(characters * 100), "right": round(characters * size)}


def _hanging(left: float, hanging: float) -> dict[str, int]:
    return {
        "leftChars": round(left * 100), "left": round(left * 320),
        "hangingChars": round(hanging * 100), "hanging": round(hanging * 320),
    }  # fmt: skip


def _notes(pen: Pen, document: Document) -> list[Node]:
    """附件说明: wrapped lines stand under the first letter of the name."""
    names = document.named_attachments
    if not names:
        return []
    made = pen.blank(1, node("keepNext"))
    if len(names) == 1:
        return [*made, pen.para("GwNotes", pen.write(f"附件：{names[0]}"), ind=_hanging(5, 3))]
    for number, name in enumerate(names, 1):
        label = f"{number}."
        lead = "附件：" if number == 1 else ""
        made.append(
            pen.para(
                "GwNotes", pen.write(f"{lead}{label}{name}"), ind=_hanging(5 + ems(label), ems(lead + label))
            )
        )
    return made


def _roll_calls(pen: Pen, document: Document) -> list[Node]:
    """出席, 请假, 列席 of minutes (10.3)."""
    made = pen.blank(1) if document.roll_calls else []
    for call in document.roll_calls:
        label = pen.write(f"{call.label}：", pen.face("label"))
        width = ems(call.label) + 1
        made.append(pen.para("GwFlush", label, pen.write(call.names), ind=_hanging(2 + width, width)))
    return made


def _signed(pen: Pen, document: Document) -> list[Node]:
    day = day_words(document.doc_date) if document.doc_date else ""
    signatures = document.signatures
    if any(each.post or each.name for each in signatures):
        return _by_persons(pen, signatures, day)
    if any(each.seal for each in signatures):
        return _sealed(pen, signatures, day)
    return _unsealed(pen, signatures, day)


def _unsealed(pen: Pen, signatures: tuple[Signature, ...], day: str) -> list[Node]:
    """署名 two characters from the edge; the date begins two characters right of the last one (7.3.5.2)."""
    if not signatures and not day:
        return []
    made = pen.blank(1, node("keepNext"))
    last = ems(signatures[-1].issuer) if signatures else 0.0
    date_edge = last - ems(day) if last - ems(day) >= 2 else 2.0
    edge = date_edge + ems(day) + 2 - last if signatures and date_edge == 2.0 and last - ems(day) < 2 else 2.0
    for each in signatures:
        made.append(pen.para("GwSignature", pen.write(each.issuer), ind=_indent(max(edge, 0))))
    if day:
        made.append(pen.para("GwDate", pen.write(day), ind=_indent(date_edge if signatures else DATE_EDGE)))
    return made


def _sealed(pen: Pen, signatures: tuple[Signature, ...], day: str) -> list[Node]:
    """署名 centred over the date, which ends four characters from the edge; the seal over both (7.3.5.1)."""
    tallest = max((each.seal.width_mm for each in signatures if each.seal), default=42.0)
    above = max(1, round((SEAL_DOWN + tallest / 2) / pen.measures.line))
    made = pen.blank(above, node("keepNext"))
    if len(signatures) > 1:
        made += _abreast(pen, signatures, day, above)
    else:
        one = signatures[0]
        centre = DATE_EDGE + ems(day) / 2
        edge = max(centre - ems(one.issuer) / 2, 0.0)
        middle = pen.measures.width - centre * pen.measures.width / CHARS
        stamp = _stamp(pen, one, middle, above)
        made.append(pen.para("GwSignature", *stamp, pen.write(one.issuer), ind=_indent(edge)))
    if day:
        made.append(pen.para("GwDate", pen.write(day), ind=_indent(DATE_EDGE)))
    return made


def _abreast(pen: Pen, signatures: tuple[Signature, ...], day: str, above: int) -> list[Node]:
    """Joint signatures side by side, the last over the date, each under its own seal; seals neither touch nor stick out."""
    widest = max(each.seal.width_mm if each.seal else 0.0 for each in signatures)
    longest = max(ems(each.issuer) for each in signatures) * pen.measures.width / CHARS
    last = pen.measures.width - (DATE_EDGE + ems(day) / 2) * pen.measures.width / CHARS
    room = last - max(widest, longest) / 2
    count = next((count for count in (3, 2) if room / (count - 1) > max(widest, longest) + GAP), 1)
    count = min(count, len(signatures))
    step = min(room / (count - 1), STEP) if count > 1 else 0.0
    made: list[Node] = []
    for start in range(0, len(signatures), count):
        row = signatures[start : start + count]
        if start:
            made += pen.blank(math.ceil((widest + GAP) / pen.measures.line) - 1, node("keepNext"))
        places = [last - step * (len(row) - 1 - at) for at in range(len(row))]
        stamps = [
            run for each, place in zip(row, places, strict=True) for run in _stamp(pen, each, place, above)
        ]
        names = [pen.write("\t" + each.issuer) for each in row]
        tabs = tuple(("center", twips(place)) for place in places)
        made.append(pen.para("GwSignature", *stamps, *names, tabs=tabs, props=(val("jc", "left"),)))
    return made


def _stamp(pen: Pen, signature: Signature, middle: float, above: int) -> list[Node]:
    if signature.seal is None:
        return []
    width = signature.seal.width_mm
    right, down = middle - width / 2, SEAL_DOWN - above * pen.measures.line
    if signature.seal.picture is None:
        return [ring(width, right=right, down=down)]
    return [floating_picture(pen, signature.seal.picture.data, width, right=right, down=down)]


def _by_persons(pen: Pen, signatures: tuple[Signature, ...], day: str) -> list[Node]:
    """签名章: two empty lines, the post two characters left of the name, both four from the edge (7.3.5.3)."""
    made = pen.blank(2, node("keepNext"))
    for each in signatures:
        post = pen.write(f"{each.post}\u3000\u3000" if each.post else "")
        picture = each.seal.picture if each.seal else None
        name = (
            inline_picture(pen, picture.data, each.seal.width_mm if each.seal else 30.0)
            if picture
            else pen.write(each.name, pen.face("name"))
        )
        made.append(pen.para("GwSignature", post, name, ind=_indent(DATE_EDGE)))
    if day:
        made += [*pen.blank(1, node("keepNext")), pen.para("GwDate", pen.write(day), ind=_indent(DATE_EDGE))]
    return made


def attachments(pen: Pen, document: Document) -> list[Node]:
    """Write attachments and enclosures, each on a new page, the page numbers going on."""
    announced = [each for each in document.attachments if not each.is_enclosure]
    made: list[Node] = []
    for each in document.attachments:
        number = f"{announced.index(each) + 1}" if each in announced and len(announced) > 1 else ""
        made += _attachment(pen, document, each, number)
    return made


def _attachment(pen: Pen, document: Document, attachment: Attachment, number: str) -> list[Node]:
    if attachment.is_enclosure:
        made = title(pen, attachment.title, new_page=True)
    else:
        lead = document.head.doc_number if attachment.is_separate else ""
        made = [pen.para("GwAttachmentMark", pen.write(f"{lead}附件{number}")), *pen.blank(1)]
        made += title(pen, attachment.title)
    made += title_note(pen, attachment.title_note)
    made += [*pen.blank(1), *blocks(pen, attachment.body)]
    if attachment.issuer or attachment.doc_date:
        day = day_words(attachment.doc_date) if attachment.doc_date else ""
        signers = tuple(Signature(name) for name in attachment.issuer.split("\n") if name)
        made += _unsealed(pen, signers, day)
    return made


def imprint(pen: Pen, document: Document) -> list[Node]:
    """版记 as a table that Word and WPS hold at the foot of the last page's text area."""
    given = document.imprint
    if given is None:
        return []
    upper = _addressed(pen, document, given)
    lower = [] if document.kind == "letter" else _printed(pen, given)
    rows = [row for row in (upper, lower) if row]
    if not rows:
        return []
    width = twips(pen.measures.width)
    letter = document.kind == "letter"
    borders = node("tblBorders", node("top", **THICK), node("bottom", **THICK), node("insideH", **THIN))
    place = node(
        "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin", tblpXSpec="left",
        tblpYSpec="bottom",
    )  # fmt: skip
    margins = node("tblCellMar", node("left", w=0, type="dxa"), node("right", w=0, type="dxa"))
    props = node(
        "tblPr", place, val("tblOverlap", "never"), node("tblW", w=width, type="dxa"), None if letter else borders,
        node("tblLayout", type="fixed"), margins,
    )  # fmt: skip
    cells = [
        node(
            "tr",
            node("trPr", node("cantSplit")),
            node("tc", node("tcPr", node("tcW", w=width, type="dxa")), *row),
        )
        for row in rows
    ]
    return [node("tbl", props, node("tblGrid", node("gridCol", w=width)), *cells)]


def _addressed(pen: Pen, document: Document, given: Imprint) -> list[Node]:
    """主送 moved here, and 抄送: one character in from both sides, wrapped lines under the first name."""
    rows = []
    if given.has_main_recipients and document.main_recipients:
        rows.append(("主送：", document.main_recipients))
    if given.cc:
        rows.append(("抄送：", given.cc.rstrip("。") + "。"))
    fold = {
        "leftChars": 400,
        "left": 1120,
        "rightChars": 100,
        "right": 280,
        "hangingChars": 300,
        "hanging": 840,
    }
    return [pen.para("GwImprint", pen.write(label + names), ind=fold) for label, names in rows]


def _printed(pen: Pen, given: Imprint) -> list[Node]:
    day = f"{day_words(given.print_date)}印发" if given.print_date else ""
    if not (given.issuer or day):
        return []
    edge = twips(pen.measures.width) - 280
    fold = {"leftChars": 100, "left": 280}
    return [pen.para("GwImprint", pen.write(f"{given.issuer}\t{day}"), ind=fold, tabs=(("right", edge),))]
