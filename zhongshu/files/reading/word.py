"""DOCX by python-docx: a first look, and the document as pages of plain blocks."""

from collections.abc import Iterator
from typing import IO, Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from recognize.reading.numbering import Numbering
from recognize.reading.packages import first
from zhongshu.files.reading.archives import check_package
from zhongshu.files.reading.shapes import (
    MAX_BLOCKS,
    MAX_FIRST,
    MAX_TEXT,
    Block,
    Blocks,
    Cell,
    Look,
    Paragraph,
    Run,
    Table,
    look_of,
    paginate,
)
from zhongshu.files.reading.troubles import Trouble

ALIGNMENTS = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.DISTRIBUTE: "center",
}
FACES = (("仿宋", "fang"), ("楷", "kai"), ("黑", "hei"), ("小标宋", "song"), ("宋", "song"))
SIZES = (9, 10, 12, 14, 15, 16, 18, 22, 26, 36, 48)
MAX_COLUMNS = 60
BREAK = "\f"


def look(file: IO[bytes]) -> Look:
    """Return the text with headers and text boxes, and the titles the file carries about itself."""
    document = _open(file)
    body = "\n".join(_text_of(p) for p in document.element.body.iter(qn("w:p")))
    heads = "\n".join(_text_of(p) for part in _headers(document) for p in part.iter(qn("w:p")))
    about = document.core_properties
    meta = " ".join(
        filter(None, (about.title, about.subject, about.keywords, about.category, about.comments))
    )
    pages = body.count(BREAK) + 1
    text = body.replace(BREAK, "")[:MAX_TEXT]
    return look_of(text, pages=pages, first=f"{heads[:MAX_FIRST]}\n{text}"[: MAX_FIRST * 2], meta=meta)


def blocks(file: IO[bytes]) -> Blocks:
    """Return paragraphs and tables; pages break where Word last broke them, else by length."""
    document = _open(file)
    numbering = Numbering(_numbers_of(document))
    pages: list[list[Block]] = [[]]
    marked = count = 0
    for element in _body(document.element.body):
        if count >= MAX_BLOCKS:
            break
        count += 1
        breaks, block = _block(element, document, numbering)
        if breaks and pages[-1]:
            pages.append([])
            marked += 1
        pages[-1].append(block)
    flow = pages if marked else paginate(pages[0])
    return Blocks(pages=list(flow), cut=count >= MAX_BLOCKS)


def _open(file: IO[bytes]) -> Document:
    check_package(file)
    file.seek(0)
    try:
        return docx.Document(file)
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
        AttributeError,
        OSError,
    ) as error:
        raise Trouble("broken", str(error)[:200]) from error


def _numbers_of(document: Document) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return None


def _headers(document: Document) -> Iterator[Any]:
    for section in document.sections:
        for header in (section.header, section.first_page_header):
            if not header.is_linked_to_previous:
                yield header._element


def _body(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, those inside content controls too."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _body(content)


def _block(element: Any, document: Document, numbering: Numbering) -> tuple[bool, Block]:
    if element.tag == qn("w:tbl"):
        return False, _table(element, document, numbering)
    paragraph = _paragraph(element, document, numbering)
    return _breaks_before(element), paragraph


def _breaks_before(element: Any) -> bool:
    """Say whether Word put this paragraph, or more than a little of it, on a new page."""
    if element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
        return True
    if any(br.get(qn("w:type")) == "page" for br in element.iter(qn("w:br"))):
        return True
    return element.find(f".//{qn('w:lastRenderedPageBreak')}") is not None


def _paragraph(element: Any, document: Document, numbering: Numbering) -> Paragraph:
    paragraph = WordParagraph(element, document._body)
    runs = [run for r in element.iter(qn("w:r")) if (run := _run(r, element))]
    if (label := _label_of(paragraph, numbering)) and runs:
        runs.insert(0, Run({**runs[0], "text": label}))
    return Paragraph(
        kind="p",
        align=ALIGNMENTS.get(_alignment(paragraph), ""),
        indent=_is_indented(paragraph),
        level=_level(paragraph),
        runs=runs,
    )


def _label_of(paragraph: WordParagraph, numbering: Numbering) -> str:
    of_style = paragraph.style.element.pPr if paragraph.style is not None else None
    return numbering.label_of(paragraph._p.pPr, first(of_style, "numPr"))


def _alignment(paragraph: WordParagraph) -> Any:
    own = paragraph.alignment
    style = paragraph.style
    return own if own is not None or style is None else style.paragraph_format.alignment


def _is_indented(paragraph: WordParagraph) -> bool:
    for owner in (paragraph._p.pPr, paragraph.style.element.pPr if paragraph.style is not None else None):
        indent = owner.find(qn("w:ind")) if owner is not None else None
        if indent is not None:
            written = indent.get(qn("w:firstLineChars")) or indent.get(qn("w:firstLine"))
            if written is not None:
                return written.lstrip("-").isdigit() and int(written) > 0
    return False


def _level(paragraph: WordParagraph) -> int:
    style = paragraph.style
    name = (style.name or "").lower() if style is not None else ""
    if name in ("title", "标题"):
        return 1
    for prefix in ("heading ", "标题 "):
        if name.startswith(prefix) and name[len(prefix) :].isdigit():
            return min(6, int(name[len(prefix) :]))
    return 0


def _run(element: Any, paragraph: Any) -> Run | None:
    text = _text_of_run(element)
    if not text or _nearest_paragraph(element) is not paragraph:
        return None
    run = Run(text=text)
    properties = element.rPr
    if properties is None:
        return run
    for key, tag in (("bold", "w:b"), ("italic", "w:i"), ("underline", "w:u")):
        mark = properties.find(qn(tag))
        if mark is not None and mark.get(qn("w:val")) not in ("0", "false", "none"):
            run[key] = True  # type: ignore[literal-required]
    _dress(run, properties)
    return run


def _dress(run: Run, properties: Any) -> None:
    colour = properties.find(qn("w:color"))
    if colour is not None and _is_red(colour.get(qn("w:val")) or ""):
        run["red"] = True
    size = properties.find(qn("w:sz"))
    if size is not None and (size.get(qn("w:val")) or "").isdigit():
        points = int(size.get(qn("w:val"))) / 2
        run["size"] = min(SIZES, key=lambda known: abs(known - points))
    fonts = properties.find(qn("w:rFonts"))
    face = (fonts.get(qn("w:eastAsia")) or "") if fonts is not None else ""
    if known := next((short for word, short in FACES if word in face), ""):
        run["face"] = known


def _is_red(value: str) -> bool:
    try:
        red, green, blue = bytes.fromhex(value)
    except ValueError:
        return False
    return red > 150 and green < 80 and blue < 80


def _nearest_paragraph(run: Any) -> Any:
    return next((parent for parent in run.iterancestors() if parent.tag == qn("w:p")), None)


def _text_of_run(run: Any) -> str:
    if any(parent.tag == qn("w:del") for parent in run.iterancestors(qn("w:del"))):
        return ""
    pieces = []
    for child in run:
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag == qn("w:tab"):
            pieces.append("\t")
        elif child.tag in (qn("w:br"), qn("w:cr")) and child.get(qn("w:type")) != "page":
            pieces.append("\n")
        elif child.tag in (qn("w:drawing"), qn("w:pict")) and not list(child.iter(qn("w:t"))):
            pieces.append("［图］")
    return "".join(pieces)


def _text_of(paragraph: Any) -> str:
    """Return a paragraph's own text, with a form feed where a page began."""
    own = [r for r in paragraph.iter(qn("w:r")) if _nearest_paragraph(r) is paragraph]
    return (BREAK if _breaks_before(paragraph) else "") + "".join(_text_of_run(r) for r in own)


def _table(element: Any, document: Document, numbering: Numbering) -> Table:
    rows: list[list[Cell]] = []
    open_cells: dict[int, Cell] = {}
    for row in element.iterchildren(qn("w:tr")):
        cells: list[Cell] = []
        column = 0
        for tc in list(row.iterchildren(qn("w:tc")))[:MAX_COLUMNS]:
            cols = _span(tc)
            if _continues(tc) and column in open_cells:
                open_cells[column]["rows"] += 1
            else:
                cells.append(_cell(tc, cols, document, numbering))
                open_cells[column] = cells[-1]
            column += cols
        rows.append(cells)
        if len(rows) >= MAX_BLOCKS:
            break
    return Table(kind="table", rows=rows)


def _cell(tc: Any, cols: int, document: Document, numbering: Numbering) -> Cell:
    paragraphs = [_paragraph(p, document, numbering) for p in tc.iter(qn("w:p"))]
    return Cell(cols=cols, rows=1, paragraphs=paragraphs)


def _span(tc: Any) -> int:
    span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val")) if span is not None else "1"
    return min(MAX_COLUMNS, max(1, int(value))) if value and value.isdigit() else 1


def _continues(tc: Any) -> bool:
    merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) in (None, "continue")
