"""Turns a document of the model into the plain data its Typst sources read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from typeset.fonts import Coverage, Faces
from typeset.fonts.coverage import cover
from typeset.layout import metrics
from typeset.layout.pictures import Pictures
from typeset.layout.titles import title_lines, width_of
from typeset.layout.unbroken import WHOLE
from typeset.model import (
    URGENCIES,
    Attachment,
    Block,
    Document,
    Figure,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Run,
    Runs,
    Seal,
    Signature,
    Table,
    day_words,
    plain,
)
from typeset.model.formula import Fraction, Node, Root, Script, parse
from typeset.profiles import Profile

MM_OF_PT = 25.4 / 72
LONGEST_WHOLE = 14
LONGEST_CELL = 150
ENDLESS = re.compile(r"[!-~\u00a1-\u024f]{40,}")
HEADING_ROLES = {1: "hei", 2: "kai", 3: "fangsong", 4: "fangsong"}


@dataclass
class Words:
    """Makes segments of text, and remembers which role draws which characters.

    With `breaks` a word too long for any line may break anywhere.
    """

    missing: frozenset[str] = frozenset()
    breaks: bool = False
    texts: dict[str, list[str]] = field(default_factory=dict)

    def text(self, text: str, role: str = "fangsong") -> list[Any]:
        """Return the segments of a bare text."""
        return self.runs(plain(text), role)

    def bare(self, text: str, role: str = "fangsong") -> str:
        """Return a text that stands as it is, remembered for its role."""
        self.texts.setdefault(role, []).append(text)
        return text

    def runs(self, runs: Runs, role: str = "fangsong") -> list[Any]:
        """Return the segments of runs: bare strings, and objects for what looks or breaks otherwise."""
        return [segment for run in runs for segment in self._run(run, role)]

    def _run(self, run: Run, role: str) -> Iterable[Any]:
        self.bare(run.text, role)
        look: dict[str, Any] = {
            name: getattr(run, name)
            for name in ("bold", "italic", "underline", "position")
            if getattr(run, name)
        }
        parts = list(self._parts(run.text.replace("\n", " ").replace("\t", " ")))
        for part in parts:
            yield part if isinstance(part, str) and not look else {**look, **_object(part)}
        if run.footnote:
            yield {"text": "", "footnote": self.text(run.footnote)}

    def _parts(self, text: str) -> Iterable[Any]:
        at = 0
        for match in WHOLE.finditer(text):
            yield from self._known(text[at : match.start()])
            if self.missing.intersection(match[0]) or width_of(match[0]) > LONGEST_WHOLE:
                yield from self._known(match[0])
            else:
                yield {"text": match[0], "whole": True}
            at = match.end()
        yield from self._known(text[at:])

    def _known(self, text: str) -> Iterable[Any]:
        """Yield the text, with the code of each character that no font has."""
        if self.breaks:
            text = ENDLESS.sub(lambda word: "\u200b".join(word[0]), text)
        if not self.missing.intersection(text):
            if text:
                yield text
            return
        held = ""
        for character in text:
            if character not in self.missing:
                held += character
                continue
            if held:
                yield held
            held = ""
            yield {"code": f"{ord(character):X}"}
        if held:
            yield held


def _object(part: Any) -> dict[str, Any]:
    return {"text": part} if isinstance(part, str) else part


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a page is set from: data for Typst, and what was found of the characters."""

    data: dict[str, Any]
    coverage: Coverage


def prepare(document: Document, profile: Profile, faces: Faces, pictures: Pictures) -> Prepared:
    """Return the data of a document; characters that no font has are asked for first and shown as their codes."""
    words = Words(breaks=True)
    data = _document(document, profile, faces, pictures, words)
    coverage = cover(faces, words.texts)
    if coverage.missing:
        data = _document(document, profile, faces, pictures, Words(frozenset(coverage.missing), breaks=True))
    return Prepared(data, coverage)


def shared(profile: Profile, faces: Faces) -> dict[str, Any]:
    """Return what every page needs: the figures, and the families of each role."""
    from_profile = {
        name: getattr(profile, name)
        for name in (
            "page_width", "page_height", "top", "left", "width", "height", "lines", "zi", "pitch", "mark_top",
            "letter_mark_top", "letter_rule", "letter_foot", "order_mark_top", "rule_gap", "rule_thick", "number_drop",
            "double_sided", "keep_headings", "red",
        )
    }  # fmt: skip
    return {
        "profile": {**from_profile, "title": profile.title_pt, "title_pitch": profile.title_pitch_mm},
        "faces": {
            role: {
                "families": [face.family for face in chain],
                "weight": 700 if role == "biaosong" else 400,
            }
            for role, chain in faces.chains.items()
        },
    }


def _document(
    document: Document, profile: Profile, faces: Faces, pictures: Pictures, words: Words
) -> dict[str, Any]:
    room = profile.width / (profile.title_pt * MM_OF_PT) - 1
    lines = title_lines(document.title, room)
    mark = _mark(document, profile, len(lines), words)
    return {
        **shared(profile, faces),
        "kind": document.kind,
        "document": {
            "title": document.title.replace("\n", ""),
            "author": list(document.head.issuers),
            "day": document.doc_date
            and [document.doc_date.year, document.doc_date.month, document.doc_date.day],
            "keywords": [each for each in (document.head.doc_number, profile.name) if each],
        },
        "metrics": {
            **metrics.ink_of(faces, "biaosong", mark["text"] or "文"),
            "dash_top": metrics.dash_top(faces),
        },
        "mark": mark,
        "number": [words.bare(document.head.doc_number)] if document.head.doc_number else [],
        "copy_no": words.bare(document.head.copy_no),
        "urgency": words.bare(URGENCIES[document.head.urgency], "hei"),
        "signers": [words.bare(each.name, "kai") for each in document.head.signers],
        "title": [words.text(line, "biaosong") for line in lines],
        "title_plain": document.title.replace("\n", ""),
        "title_note": words.text(_bracketed(document.title_note), "kai"),
        "recipients": []
        if _moves_recipients(document)
        else words.text(document.main_recipients.rstrip("：:")),
        "blocks": [_block(each, pictures, words) for each in document.body],
        "notes": [words.text(name) for name in document.named_attachments],
        "rolls": [
            {"label": words.bare(each.label, "hei"), "names": words.text(each.names)}
            for each in document.roll_calls
        ],
        "signatures": [_signature(each, pictures, words) for each in document.signatures],
        "date": day_words(document.doc_date) if document.doc_date else "",
        "remark": words.text(document.note.strip("（）()")),
        "attachments": _attachments(document, room, pictures, words),
        "imprint": _imprint(document, words),
    }


def _bracketed(text: str) -> str:
    return f"（{text.strip('（）()')}）" if text else ""


def _moves_recipients(document: Document) -> bool:
    return bool(document.imprint and document.imprint.has_main_recipients)


def _mark(document: Document, profile: Profile, title_count: int, words: Words) -> dict[str, Any]:
    """Return the mark's words and size: as large as the profile likes, the width bears, and, for several organs, the height."""
    organs = list(document.head.issuers) if len(document.head.issuers) > 1 and not document.head.mark else []
    has_suffix = document.head.has_suffix and document.kind == "file"
    suffix = "文件" if organs and has_suffix else ""
    text = words.bare(document.mark, "biaosong")
    wanted = profile.letter_mark_pt if document.kind == "letter" else profile.mark_pt
    longest = max(map(width_of, organs), default=0) + (2.5 if suffix else 0) if organs else width_of(text)
    size = min(wanted, _fitting(profile.width, longest, narrowed=0.72))
    if organs:
        size = min(
            size,
            46,
            max(20, _left_for_mark(document, profile, title_count) / MM_OF_PT / (1.28 * len(organs))),
        )
    return {"text": text, "size": size, "organs": organs, "suffix": suffix}


def _left_for_mark(document: Document, profile: Profile, title_count: int) -> float:
    """Return the height that a joint mark may take so that the first page still shows text (7.3.3), in mm."""
    rows = 2 + 2 + 1 + max(0, (len(document.head.signers) - 1) // 2) + 1 + 3
    recipients = 0 if _moves_recipients(document) else width_of(document.main_recipients) // profile.chars + 1
    title = (title_count - 1) * profile.title_pitch_mm + profile.title_pt * MM_OF_PT
    return profile.height - profile.mark_top - (rows + recipients) * profile.pitch - title


def _fitting(width: float, characters: float, narrowed: float) -> float:
    """Return the size in pt at which so many characters fill the width, narrowed to the given share at most."""
    return width / MM_OF_PT / max(1, characters) / narrowed


def _block(block: Block, pictures: Pictures, words: Words) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {
            "type": "paragraph",
            "runs": words.runs(block.runs),
            "align": block.align,
            "indented": block.is_indented,
        }
    if isinstance(block, ListItem):
        return {"type": "paragraph", "runs": [*words.text(block.marker), *words.runs(block.runs)]}
    if isinstance(block, Heading):
        role = HEADING_ROLES[block.level]
        return {
            "type": "heading",
            "level": block.level,
            "runs": words.runs(block.runs, role),
            "body": words.runs(block.body),
        }
    if isinstance(block, Table):
        return _table(block, words)
    if isinstance(block, Figure):
        name = pictures.keep(block.picture)
        return {
            "type": "figure",
            "picture": name,
            "width": block.width_mm,
            "caption": words.text(block.caption, "hei"),
        }
    return _formula(block, words)


def _formula(block: Formula, words: Words) -> dict[str, Any]:
    words.bare("".join(each for each in block.source if ord(each) > 0x2E80))
    return {
        "type": "formula",
        "tree": [_node(each) for each in _joined(parse(block.source))],
        "number": words.text(block.number),
    }


def _node(node: Any) -> dict[str, Any]:
    if isinstance(node, Fraction):
        return {"type": "frac", "above": _nodes(node.above), "below": _nodes(node.below)}
    if isinstance(node, Root):
        return {"type": "root", "inside": _nodes(node.inside)}
    if isinstance(node, Script):
        return {
            "type": "script",
            "place": node.place,
            "base": _node(node.base),
            "script": _nodes(node.script),
        }
    return {"type": "text", "text": node.text}


def _nodes(row: Sequence[Node]) -> list[dict[str, Any]]:
    return [_node(each) for each in _joined(row)]


def _joined(row: Sequence[Node]) -> Sequence[Node]:
    """Return the row as it is: signs are set one by one, as a formula wants."""
    return row


def _table(table: Table, words: Words) -> dict[str, Any]:
    columns = sum(cell.columns for cell in table.rows[0])
    return {
        "type": "table",
        "crosswise": table.is_landscape,
        "caption": words.text(table.caption, "hei"),
        "unit": words.text(table.unit),
        "note": words.text(table.note),
        "header": int(table.header_rows),
        "widths": list(table.widths) or _shares(table, columns),
        "size": 14 if columns <= 6 else 12 if columns <= 10 else 10.5,
        "joined": _joined_rows(table),
        "rows": [
            [
                {
                    "columns": cell.columns,
                    "rows": cell.rows,
                    "align": cell.align,
                    # A row goes to the next page whole, unless it could not stand on any.
                    "tall": len("".join(run.text for run in cell.runs)) > LONGEST_CELL,
                    "lines": _lines(cell.runs, "hei" if index < table.header_rows else "fangsong", words),
                }
                for cell in row
            ]
            for index, row in enumerate(table.rows)
        ],
    }


def _lines(runs: Runs, role: str, words: Words) -> list[list[Any]]:
    """Return the lines of a cell, parted at line feeds."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(Run(first, run.bold, run.italic, run.underline, run.position, run.footnote))
        lines += [[Run(text, run.bold, run.italic, run.underline, run.position)] for text in more]
    return [words.runs(tuple(line), role) for line in lines]


def _shares(table: Table, columns: int) -> list[float]:
    """Return the columns' shares of the width by what stands in them: a long text wants more, none wants all."""
    wants = [4.0] * columns
    for row in table.rows:
        if len(row) != columns:
            continue
        for index, cell in enumerate(row):
            text = "".join(run.text for run in cell.runs)
            longest = max(map(width_of, text.split("\n")), default=0)
            wants[index] = max(wants[index], min(longest, 12 + longest / 6, 30) + 2)
    return wants


def _joined_rows(table: Table) -> list[int]:
    """Return the rows at which a table may not be parted, because a cell reaches into them from above."""
    return sorted(
        {index + more for index, row in enumerate(table.rows) for cell in row for more in range(1, cell.rows)}
    )


def _signature(each: Signature, pictures: Pictures, words: Words) -> dict[str, Any]:
    return {
        "issuer": words.bare(each.issuer),
        "post": words.bare(each.post),
        "name": words.bare(each.name, "kai"),
        "seal": _seal(each.seal, pictures) if each.seal else None,
    }


def _seal(seal: Seal, pictures: Pictures) -> dict[str, Any]:
    if seal.picture is None:
        return {"picture": "", "width": seal.width_mm, "height": seal.width_mm}
    height = seal.width_mm * pictures.proportion(seal.picture)
    return {"picture": pictures.keep(seal.picture), "width": seal.width_mm, "height": height}


def _attachments(document: Document, room: float, pictures: Pictures, words: Words) -> list[dict[str, Any]]:
    labelled = [each for each in document.attachments if not each.is_enclosure]
    return [
        {
            "label": words.bare(_label(each, labelled, document), "hei"),
            "title": [words.text(line, "biaosong") for line in title_lines(each.title, room)],
            "bookmark": (_label(each, labelled, document) + " " + each.title.replace("\n", "")).strip(),
            "title_note": words.text(_bracketed(each.title_note), "kai"),
            "blocks": [_block(block, pictures, words) for block in each.body],
            "issuer": words.bare(each.issuer),
            "date": day_words(each.doc_date) if each.doc_date else "",
        }
        for each in document.attachments
    ]


def _label(each: Attachment, labelled: list[Attachment], document: Document) -> str:
    if each.is_enclosure:
        return ""
    number = labelled.index(each) + 1 if len(labelled) > 1 else ""
    return f"{document.head.doc_number if each.is_separate else ''}附件{number}"


def _imprint(document: Document, words: Words) -> dict[str, Any] | None:
    imprint = document.imprint
    if imprint is None:
        return None
    main = document.main_recipients if imprint.has_main_recipients else ""
    is_letter = document.kind == "letter"
    return {
        "main": _receivers(main, words),
        "cc": _receivers(imprint.cc, words),
        "issuer": [] if is_letter else words.text(imprint.issuer),
        "date": f"{day_words(imprint.print_date)}印发" if imprint.print_date and not is_letter else "",
    }


def _receivers(text: str, words: Words) -> list[list[Any]]:
    """Return the lines of 主送 or 抄送, the last with its full stop (7.4.2)."""
    lines = [line for line in text.strip().rstrip("。").split("\n") if line]
    return [words.text(line + ("。" if index == len(lines) - 1 else "")) for index, line in enumerate(lines)]
