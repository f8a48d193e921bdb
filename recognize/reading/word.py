"""DOCX (ECMA-376): paragraphs, tables and running heads as lines; embedded objects are ignored."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from recognize.limits import MAX_CHARACTERS, MAX_LINES
from recognize.pages import Align, Line, Page, Part, TextLayer
from recognize.reading.numbering import Numbering
from recognize.reading.packages import Package, children, first, local, opened

HALF_POINT = 25.4 / 144
CENTRED: dict[str, Align] = {"center": "center", "distribute": "center", "right": "right", "end": "right"}
SKIPPED = {"Fallback", "del", "moveFrom", "object", "rPr", "pPr", "instrText", "delText"}
BREAK = "\f"


def read(data: bytes) -> TextLayer:
    """Return the text in its order; pages break where Word last broke them. Raises `Unreadable`."""
    with opened(data) as package:
        return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._numbers = count()
        self._page = 1
        self._letters = 0
        self._lines: list[Line] = []
        self._styles = _styles_of(self._part("word/styles.xml"))
        self._numbering = Numbering(self._part("word/numbering.xml"))

    def read(self) -> TextLayer:
        """Walk through running heads and the body."""
        body = first(self._package.xml("word/document.xml"), "body")
        for name in sorted(self._package.names):
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                for paragraph in self._package.xml(name).iter("{*}p"):
                    self._add(_text_of(paragraph).replace(BREAK, ""), part="header")
        self._walk(body if body is not None else ())
        pages = [
            Page(number, tuple(line for line in self._lines if line.page == number))
            for number in range(1, self._page + 1)
        ]
        return TextLayer("docx", tuple(pages), cut=self._is_full())

    def _part(self, name: str) -> Any:
        return self._package.xml(name) if name in self._package.names else None

    def _is_full(self) -> bool:
        return self._letters >= MAX_CHARACTERS or len(self._lines) >= MAX_LINES

    def _walk(self, parent: Any) -> None:
        for child in parent:
            if self._is_full():
                return
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "sdt":
                content = first(child, "sdtContent")
                self._walk(content if content is not None else ())

    def _paragraph(self, paragraph: Any, *, part: Part = "body") -> None:
        for box in _boxes_in(paragraph):
            self._walk(box)
        properties = first(paragraph, "pPr")
        style = self._styles.get(_value(first(properties, "pStyle")) if properties is not None else "", {})
        if first(properties, "pageBreakBefore") is not None if properties is not None else False:
            self._turn()
        label = self._numbering.label_of(properties, style.get("numPr"))
        align: Align = CENTRED.get(_value(first(properties, "jc")) if properties is not None else "", "")
        align = align or style.get("align", "")
        size = _size_of(paragraph) or style.get("size", 0.0)
        kind: Part = "heading" if part == "body" and style.get("heading") else part
        for at, sheet in enumerate(_text_of(paragraph).split(BREAK)):
            if at:
                self._turn()
            for row in sheet.split("\n"):
                self._add(label + row, part=kind, align=align, size=size)
                label = ""

    def _turn(self) -> None:
        if any(line.page == self._page and line.part != "header" for line in self._lines[-1:]):
            self._page += 1

    def _table(self, table: Any) -> None:
        for row in children(table, "tr"):
            cells = [list(cell.iter("{*}p")) for cell in children(row, "tc")]
            if self._is_full():
                return
            if len(cells) == 1:
                for paragraph in cells[0]:
                    self._paragraph(paragraph, part="table")
                continue
            texts = [" ".join(filter(None, map(_flat, paragraphs))) for paragraphs in cells]
            self._add("\t".join(texts).strip("\t"), part="table")

    def _add(self, text: str, *, part: Part, align: Align = "", size: float = 0.0) -> None:
        if text.strip():
            self._letters += len(text)
            self._lines.append(Line(text, self._page, next(self._numbers), size=size, align=align, part=part))


def _flat(paragraph: Any) -> str:
    return _text_of(paragraph).replace("\n", " ").replace(BREAK, "").strip()


def _boxes_in(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter("{*}txbxContent"):
        if not any(local(above) in ("Fallback", "txbxContent") for above in box.iterancestors()):
            yield box


def _text_of(paragraph: Any) -> str:
    """Return a paragraph's text: line feeds for line breaks, form feeds for page breaks; boxes left out."""
    pieces: list[str] = []
    for child in paragraph:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "tab":
            pieces.append("\t")
        elif name in ("br", "cr"):
            is_page = any(
                key.rpartition("}")[2] == "type" and value == "page" for key, value in child.attrib.items()
            )
            pieces.append(BREAK if is_page else "\n")
        elif name == "lastRenderedPageBreak":
            pieces.append(BREAK)
        elif name not in SKIPPED and name != "txbxContent" and len(child):
            pieces.append(_text_of(child))
    return "".join(pieces)


def _value(element: Any) -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _size_of(paragraph: Any) -> float:
    """Return the height in millimetres of the largest letters that a run asks for."""
    found = [
        _value(size)
        for run in paragraph.iter("{*}r")
        if (size := first(run, "rPr", "sz")) is not None and first(run, "t") is not None
    ]
    return round(max((int(each) for each in found if each.isdigit()), default=0) * HALF_POINT, 2)


def _styles_of(root: Any) -> dict[str, dict[str, Any]]:
    styles = {}
    for style in children(root, "style") if root is not None else ():
        name = _value(first(style, "name")).lower()
        size = _value(first(style, "rPr", "sz"))
        styles[next((v for k, v in style.attrib.items() if k.endswith("styleId")), "")] = {
            "heading": name.startswith(("heading ", "标题 ")) or name in ("title", "标题"),
            "align": CENTRED.get(_value(first(style, "pPr", "jc")), ""),
            "size": round(int(size) * HALF_POINT, 2) if size.isdigit() else 0.0,
            "numPr": first(style, "pPr", "numPr"),
        }
    return styles
