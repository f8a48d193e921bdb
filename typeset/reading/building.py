"""Builds the content model from rows whose roles are told; what finds no place is reported, never dropped."""

import datetime
import re
from dataclasses import dataclass, field, replace
from typing import Literal

from typeset.model.blocks import Block, Figure, Formula, ListItem, Paragraph, Table
from typeset.model.document import (
    SUFFIXES,
    Attachment,
    Document,
    Format,
    Head,
    Imprint,
    RollCall,
    Seal,
    Signature,
)
from typeset.model.inline import Run, Runs
from typeset.reading import words
from typeset.reading.given import Given, Reading, parted, trimmed
from typeset.reading.headings import heading_of
from typeset.reading.heads import head_of, kind_of
from typeset.reading.outline import Outline, Role, Row, outline_of
from typeset.reading.tails import imprint_of, names_of_list
from typeset.reading.wordml.things import Oddity
from typeset.reading.words import close

CAPTION = re.compile(r"(?:附?表)\s?[0-9一二三四五六七八九十]{1,3}(?![0-9、.．])")
FIGURE = re.compile(r"图\s?[0-9一二三四五六七八九十]{1,3}(?![0-9、.．])")
MARKER = re.compile(r"[①-⑳]|•\s?")
UNIT = re.compile(r"[（(]?单位\s?[：:]\s?.{1,12}")


def built(given: list[Given], oddities: list[Oddity]) -> Reading:
    """Return the document of some rows, and the report with what could not be placed added to it."""
    outline = outline_of([each.row for each in given])
    return _Builder(given, outline, list(oddities)).build()


@dataclass
class _Builder:
    given: list[Given]
    outline: Outline
    oddities: list[Oddity]
    used: set[int] = field(default_factory=set)
    by_row: dict[int, Given] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_row = {id(each.row): each for each in self.given}

    def build(self) -> Reading:
        """Gather the elements one after the other."""
        head = head_of([row.text for row in self._take("mark")], [row.text for row in self._take("number")],
                       self._texts("signers"), self._texts("copy_no"), self._texts("urgency"))  # fmt: skip
        self._secrecy()
        title = words.tight("\n".join(self._texts("title")))
        kind = kind_of(head, self._texts_of_mark(), title)
        head = _settled(head, kind)
        document = Document(
            kind=kind,
            doc_type=words.doc_type_of(title) or _by_kind(kind),
            head=head,
            title=title,
            title_note=_unbracketed("\n".join(self._texts("title_note"))),
            main_recipients="".join(self._texts("recipients")).rstrip("：: "),
            roll_calls=tuple(self._roll_call(row) for row in self._take("roll_call")),
            attachment_notes=names_of_list(self._texts("attachment_notes")),
            signatures=self._signatures(),
            doc_date=self._date(),
            note="".join(_unbracketed(text) for text in self._texts("note")),
            body=tuple(self._blocks(0)),
            attachments=tuple(self._attachment(part) for part in range(1, self.outline.parts + 1)),
            imprint=self._imprint(),
        )
        self._tell_unused()
        return Reading(document, tuple(self.oddities))

    def _take(self, *roles: Role, part: int = 0) -> list[Row]:
        rows = self.outline.of(*roles, part=part)
        self.used |= {id(row) for row in rows}
        return rows

    def _texts(self, *roles: Role, part: int = 0) -> list[str]:
        return [row.text for row in self._take(*roles, part=part)]

    def _texts_of_mark(self) -> list[str]:
        return [row.text for row in self.outline.of("mark")]

    def _of(self, row: Row) -> Given:
        return self.by_row[id(row)]

    def _secrecy(self) -> None:
        for text in self._texts("secrecy"):
            done = "模型不收密级：带密级标志的文件不应进入本系统，请按保密规定处理"
            self.oddities.append(Oddity("secrecy", text, done))

    def _roll_call(self, row: Row) -> RollCall:
        match = words.ROLL_CALL.match(row.text)
        return RollCall(close(match["label"]), match["names"]) if match else RollCall("", row.text)

    def _signatures(self) -> tuple[Signature, ...]:
        """Return the organs that sign, each with the seal that is anchored beside it."""
        rows = self._take("signature")
        seals = [
            Seal(shown.picture, round(shown.width, 1) or 42.0)
            for row in (*rows, *self.outline.of("date"))
            for shown in self._of(row).shown
        ]
        seals += [Seal()] * sum(self._of(row).rings for row in (*rows, *self.outline.of("date")))
        signatures = [each for row in rows for each in _signers(row.text)] or [Signature()] * bool(seals)
        return tuple(
            replace(each, seal=seals[at] if at < len(seals) else None) for at, each in enumerate(signatures)
        )

    def _date(self) -> datetime.date | None:
        dates = self._take("date")
        day = words.date_in(dates[0].text) if dates else None
        if dates and day is None:
            self.oddities.append(Oddity("unread", dates[0].text, "历法上没有这一天，成文日期未填"))
        return day

    def _attachment(self, part: int) -> Attachment:
        enclosed = part in self.outline.enclosures
        self._take("attachment_mark", part=part)
        titles = self._texts("attachment_title", part=part)
        notes = self._texts("title_note", part=part)
        signers = self._texts("signature", part=part)
        dates = self._texts("date", part=part)
        body = self._blocks(part)
        body += [Paragraph((Run(text),)) for text in self._texts("note", "recipients", part=part)]
        return Attachment(
            title=words.tight("\n".join(titles)),
            title_note=_unbracketed("\n".join(notes)),
            body=tuple(body),
            is_enclosure=enclosed,
            issuer="\n".join(signers),
            doc_date=words.date_in(dates[0]) if dates else None,
        )

    def _imprint(self) -> Imprint | None:
        rows = self._take("imprint")
        lines = [line for row in rows for line in row.text.replace("\t", "\u3000\u3000").split("\n")]
        imprint, left = imprint_of(lines)
        self.oddities += [Oddity("unread", line, "在版记里，没有归入任何要素") for line in left]
        return imprint

    def _blocks(self, part: int) -> list[Block]:
        """Return the text of a part: paragraphs, headings, tables with what is written over them, figures."""
        blocks: list[Block] = []
        above: list[Given] = []
        for row in self.outline.of_part(part):
            each = self._of(row)
            if row.role not in ("body", "heading", "blank"):
                continue
            self.used.add(id(row))
            if each.table is not None:
                blocks.append(_captioned(each.table, above))
                above = []
            elif _names_a_table(row):
                above.append(each)
            elif row.text or each.shown or each.formula:
                blocks += [block for over in above for block in self._of_row(over)]
                above = []
                if not _caption_figure(blocks, row):
                    blocks += self._of_row(each)
        return blocks + [block for over in above for block in self._of_row(over)]

    def _of_row(self, each: Given) -> list[Block]:
        runs, row = trimmed(each.runs), each.row
        made: list[Block] = []
        if each.formula:
            made.append(Formula(each.formula, each.formula_number))
        elif runs:
            made.append(heading_of(runs, row.level, _turn(runs)) if row.level else _plain(runs, row))
        made += [
            Figure(shown.picture, width_mm=round(min(shown.width, 156.0), 1) or 120.0) for shown in each.shown
        ]
        return made

    def _tell_unused(self) -> None:
        for each in self.given:
            row = each.row
            if id(row) not in self.used and (row.text or each.shown):
                self.oddities.append(Oddity("unread", row.text[:200], "没有归入任何要素"))
            elif row.role not in ("body", "heading", "signature", "date", "blank") and each.shown:
                self.oddities.append(Oddity("picture", row.text[:20], "图片不在正文里，已略去"))


def _settled(head: Head, kind: Format) -> Head:
    """Leave the mark to the issuers where their names and the format's word make it up."""
    suffix = SUFFIXES[kind]
    made = "、".join(head.issuers) + (suffix if head.has_suffix else "")
    if close(head.mark) == close(made) or close(head.mark) == "".join(head.issuers) + (suffix or "文件"):
        return replace(head, mark="")
    if len(head.issuers) == 1 and suffix and close(head.mark) == close(head.issuers[0]) + suffix:
        return replace(head, mark="", has_suffix=True)
    return head


def _by_kind(kind: Format) -> Literal["", "order", "minutes"]:
    return "order" if kind == "order" else "minutes" if kind == "minutes" else ""


def _signers(text: str) -> list[Signature]:
    if person := words.POST_AND_NAME.fullmatch(text):
        return [Signature(post=close(person["post"]), name=close(person["name"]))]
    return [Signature(name) for name in words.organs_in(text)]


def _plain(runs: Runs, row: Row) -> Block:
    """Return an item with a mark of its own, or a paragraph."""
    marker = MARKER.match(row.text)
    if marker:
        return ListItem(marker[0].strip(), trimmed(parted(runs, marker.end())[1]))
    return _paragraph(runs, row)


def _paragraph(runs: Runs, row: Row) -> Paragraph:
    if row.is_centred:
        return Paragraph(runs, align="center", is_indented=False)
    if row.align == "right":
        return Paragraph(runs, align="right", is_indented=False)
    # What is typed without an indent is meant as a paragraph like any other, but for those spoken to: 各位代表：
    spoken_to = (
        row.indent < 1
        and bool(re.search(r"[：:]$", row.text))
        and words.is_addressed(row.close.rstrip("：:"))
    )
    return Paragraph(runs, is_indented=not spoken_to)


def _turn(runs: Runs) -> int:
    """Return where a heading's face gives way to that of the text."""
    if len(runs) < 2 or not runs[0].bold or runs[-1].bold:
        return 0
    return len(runs[0].text)


def _names_a_table(row: Row) -> bool:
    return bool(
        not row.is_table and ((CAPTION.match(row.text) and len(row.text) <= 40) or UNIT.fullmatch(row.text))
    )


def _captioned(table: Table, above: list[Given]) -> Table:
    caption = "".join(each.row.text for each in above if not UNIT.fullmatch(each.row.text))
    unit = "".join(each.row.text for each in above if UNIT.fullmatch(each.row.text))
    return replace(table, caption=caption, unit=re.sub(r"^[（(]|[）)]$", "", unit)) if above else table


def _caption_figure(blocks: list[Block], row: Row) -> bool:
    """Give the line 图1… under a figure to it; say whether it was one."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Figure) and not last.caption and FIGURE.match(row.text) and len(row.text) <= 60:
        blocks[-1] = replace(last, caption=row.text)
        return True
    return False


def _unbracketed(text: str) -> str:
    """Return a text without the brackets round the whole of it."""
    return (
        text[1:-1] if re.fullmatch(r"[（(][^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*[）)]", text) else text
    )
