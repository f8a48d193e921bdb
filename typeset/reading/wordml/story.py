"""Walks through a DOCX: paragraphs, tables, sections, running heads, and what else hangs on it."""

from typing import Any

from typeset.reading.troubles import MAX_BYTES, MAX_CHARACTERS, MAX_PARAGRAPHS, Unreadable
from typeset.reading.wordml.inline import Inline, face_of
from typeset.reading.wordml.numbering import Numbering
from typeset.reading.wordml.package import Package, children, first, local, number, opened, value
from typeset.reading.wordml.sections import section_of
from typeset.reading.wordml.styles import Props, Styles, flattened, is_on, merged
from typeset.reading.wordml.things import Border, Cell, Oddity, Para, Table, WordFile

TWIP_TO_MM = 25.4 / 1440
ALIGNS = {"start": "left", "end": "right", "justify": "both"}
SKIPPED = {
    "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "tblPr", "tblGrid", "trPr", "tcPr", "commentRangeStart",
    "commentRangeEnd", "permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "",
}  # fmt: skip
WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}


def open_word(data: bytes) -> WordFile:
    """Read a DOCX with its styles resolved. Raises `Unreadable`; what plain text cannot carry is in `oddities`."""
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", str(len(data)))
    with opened(data) as package:
        return _Story(package).read()


class _Story:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._numbering = Numbering(package)
        self._styles = Styles(package, self._list_props)
        self._inline = Inline(package, self._styles)
        self._file = WordFile()
        self._letters = 0
        self._paras = 0
        self._pitch = 0.0
        self._heads: dict[tuple[str, str], str] = {}
        self._seen: set[str] = set()

    def read(self) -> WordFile:
        """Walk through the body, then the boxes, comments and settings."""
        root = self._package.xml("word/document.xml")
        body = first(root, "body")
        if body is None:
            raise Unreadable("broken", "no body")
        last = first(body, "sectPr")
        self._pitch = number(value(first(last, "docGrid"), "linePitch")) / 20
        self._file.base_size = number(self._styles.run("", "", {}).get("sz", {}).get("val", ""), 20.0) / 2
        self._blocks(body, self._file.blocks)
        if last is not None or not self._file.sections:
            self._add_section(last)
        self._read_boxes()
        self._settle()
        return self._file

    def _read_boxes(self) -> None:
        for box in self._inline.boxes:
            inner: list[Para | Table] = []
            self._blocks(box, inner)
            self._file.boxes.append([block for block in inner if isinstance(block, Para)])

    def _settle(self) -> None:
        file = self._file
        file.oddities += self._inline.oddities
        for comment in children(self._package.optional("word/comments.xml"), "comment"):
            text = "".join(each.text or "" for each in comment.iter("{*}t"))
            file.oddities.append(Oddity("comment", text, "批注不入正文", value(comment, "author")))
        if self._is_full():
            file.oddities.append(
                Oddity("cut", "", f"超过 {MAX_CHARACTERS} 字或 {MAX_PARAGRAPHS} 段，其后的没有读")
            )
        settings = flattened(self._package.optional("word/settings.xml"))
        file.odd_and_even = is_on(settings, "evenAndOddHeaders")
        core = self._package.optional("docProps/core.xml")
        title = first(core, "title")
        file.title = (title.text or "").strip() if title is not None else ""

    def _is_full(self) -> bool:
        return self._letters >= MAX_CHARACTERS or self._paras >= MAX_PARAGRAPHS

    def _blocks(
        self, parent: Any, into: list[Para | Table], table_style: str = "", *, in_table: bool = False
    ) -> None:
        for child in parent:
            if self._is_full():
                return
            name = local(child)
            if name == "p":
                into.append(self._paragraph(child, table_style, in_table=in_table))
                section = first(child, "pPr", "sectPr")
                if section is not None and not in_table:
                    self._add_section(section)
            elif name == "tbl":
                into.append(self._table(child, nested=in_table))
            elif name in WRAPPERS:
                self._blocks(child, into, table_style, in_table=in_table)
            else:
                self._other(child, name, into)

    def _other(self, element: Any, name: str, into: list[Para | Table]) -> None:
        if name in ("oMath", "oMathPara"):
            para = Para(section=len(self._file.sections))
            self._inline.read(para, [element])
            into.append(para)
        elif name == "altChunk":
            self._file.oddities.append(Oddity("object", name, "嵌入的另一份文件，没有读"))
        elif name not in SKIPPED:
            text = "".join(each.text or "" for each in element.iter("{*}t", "{*}delText"))
            if text:
                self._file.oddities.append(Oddity("element", text[:200], f"不认识的内容（{name}），已略去"))

    def _paragraph(self, element: Any, table_style: str = "", *, in_table: bool = False) -> Para:
        properties = first(element, "pPr")
        direct = flattened(properties)
        style = direct.get("pStyle", {}).get("val", "")
        props = self._effective(direct, style, table_style)
        para = Para(style=style, section=len(self._file.sections), in_table=in_table)
        mark = self._styles.run(style, table_style, flattened(first(properties, "rPr")))
        para.mark_size = face_of(self._styles, mark).size
        self._label(para, props)
        self._inline.read(para, element, table_style)
        if para.is_listed and para.label and para.pieces:
            self._file.oddities.append(Oddity("numbering", para.label, "自动编号已变为文字", para.text[:20]))
        _lay(para, props, self._pitch)
        para.style = self._styles.name_of(style)
        para.ends_section = first(properties, "sectPr") is not None
        self._paras += 1
        self._letters += len(para.text)
        return para

    def _label(self, para: Para, props: Props) -> None:
        key = props.get("numPr.numId", {}).get("val", "0")
        if key not in ("", "0"):
            para.label = self._numbering.label(key, props.get("numPr.ilvl", {}).get("val", "0"))
            para.is_listed = True

    def _effective(self, direct: Props, style: str, table_style: str) -> Props:
        props = self._styles.paragraph_defaults
        if table_style:
            props = merged(props, self._styles.chain(table_style, "pPr", "table"))
        props = merged(props, self._styles.chain(style, "pPr"))
        if "numPr.numId" in direct:
            props = merged(props, self._list_props(direct))
        return merged(props, direct)

    def _list_props(self, props: Props) -> Props:
        return self._numbering.props(
            props["numPr.numId"].get("val", ""), props.get("numPr.ilvl", {}).get("val", "0")
        )

    def _table(self, element: Any, *, nested: bool = False) -> Table:
        properties = first(element, "tblPr")
        style = value(first(properties, "tblStyle"))
        table = Table([], floats=first(properties, "tblpPr") is not None, section=len(self._file.sections))
        table.borders = borders_of(first(properties, "tblBorders"))
        table.widths = [
            number(value(each, "w")) * TWIP_TO_MM for each in children(first(element, "tblGrid"), "gridCol")
        ]
        if nested:
            self._file.oddities.append(Oddity("table", "", "表中套表，里层的字并入单元格"))
        heads = True
        for row in _rows(element):
            marked = is_on(flattened(first(row, "trPr")), "tblHeader")
            heads = heads and marked
            table.header_rows += heads
            table.has_splitting_rows |= not is_on(flattened(first(row, "trPr")), "cantSplit")
            table.rows.append([self._cell(cell, style) for cell in _cells(row)])
        return table

    def _cell(self, element: Any, style: str) -> Cell:
        inner: list[Para | Table] = []
        self._blocks(element, inner, style, in_table=True)
        properties = flattened(first(element, "tcPr"))
        merge = properties.get("vMerge")
        span = properties.get("gridSpan", {}).get("val", "1")
        return Cell(
            [para for block in inner for para in _paras_of(block)],
            span=int(span) if span.isdecimal() and len(span) < 4 else 1,
            continues=merge is not None and merge.get("val", "continue") == "continue",
            starts_merge=merge is not None and merge.get("val", "continue") == "restart",
        )

    def _add_section(self, element: Any) -> None:
        section = section_of(element)
        targets = self._package.relations("word/document.xml")
        for reference in children(element, "headerReference", "footerReference"):
            kind = "headers" if local(reference) == "headerReference" else "footers"
            self._heads[kind, value(reference, "type") or "default"] = targets.get(value(reference, "id"), "")
        for (kind, which), part in self._heads.items():
            if part in self._package.names:
                getattr(section, kind)[which] = self._running(part)
        self._file.sections.append(section)

    def _running(self, part: str) -> list[Para]:
        """Read a running head or foot by itself; what hangs on it is told of only once."""
        inline, self._inline = self._inline, Inline(self._package, self._styles, part)
        inner: list[Para | Table] = []
        self._blocks(self._package.xml(part), inner)
        for box in self._inline.boxes:
            self._blocks(box, inner)
        paras = [para for block in inner for para in _paras_of(block)]
        if part not in self._seen:
            numbered = any(para.has_page_number for para in paras)
            self._file.oddities += [
                each for each in self._inline.oddities if not (numbered and each.kind == "textbox")
            ]
        self._seen.add(part)
        self._inline = inline
        return paras


def _lay(para: Para, props: Props, pitch: float) -> None:
    """Set what takes effect on the paragraph as a whole."""
    align = props.get("jc", {}).get("val", "left")
    para.align = ALIGNS.get(align, align)
    unit = para.size or 10.0
    indent = props.get("ind", {})
    para.left, para.right = (_chars(indent, name, unit) for name in ("left", "right"))
    para.first = _chars(indent, "firstLine", unit) - _chars(indent, "hanging", unit)
    spacing = props.get("spacing", {})
    para.before, para.after = (_gap(spacing, name, pitch) for name in ("before", "after"))
    para.line = number(spacing.get("line", "240"), 240) / 20
    rule = spacing.get("lineRule", "auto")
    para.rule = "exact" if rule == "exact" else "atLeast" if rule == "atLeast" else "auto"
    if para.rule == "auto":
        para.line /= 12
    outline = props.get("outlineLvl", {}).get("val", "9")
    para.outline = int(outline) if outline in "012345678" and outline else None
    para.breaks_before = is_on(props, "pageBreakBefore")
    para.snaps = is_on(props, "snapToGrid", otherwise=True)
    para.floats = "framePr" in props and "dropCap" not in props["framePr"]
    para.borders = {
        name.removeprefix("pBdr."): border_of(of) for name, of in props.items() if name.startswith("pBdr.")
    }


def _chars(indent: dict[str, str], name: str, unit: float) -> float:
    if chars := number(indent.get(f"{name}Chars", "")):
        return chars / 100
    return number(indent.get(name, "")) / 20 / unit


def _gap(spacing: dict[str, str], name: str, pitch: float) -> float:
    if lines := number(spacing.get(f"{name}Lines", "")):
        return lines / 100 * (pitch or 12)
    return number(spacing.get(name, "")) / 20


def border_of(attributes: dict[str, str]) -> Border:
    """Read a rule from its attributes."""
    return Border(
        attributes.get("val", ""),
        number(attributes.get("sz", "")) / 8,
        attributes.get("color", "auto").upper().replace("AUTO", "auto"),
        number(attributes.get("space", "")),
    )


def borders_of(element: Any) -> dict[str, Border]:
    """Read the rules of a table."""
    return {name: border_of(of) for name, of in flattened(element).items()}


def _paras_of(block: Para | Table) -> list[Para]:
    if isinstance(block, Para):
        return [block]
    return [para for row in block.rows for cell in row for para in cell.paras]


def _rows(table: Any) -> list[Any]:
    return _gathered(table, "tr")


def _cells(row: Any) -> list[Any]:
    return _gathered(row, "tc")


def _gathered(parent: Any, wanted: str) -> list[Any]:
    found = []
    for child in parent:
        if local(child) == wanted:
            found.append(child)
        elif local(child) in WRAPPERS:
            found += _gathered(child, wanted)
    return found
