"""The named styles of an official document (样式窗格 shows them in Chinese), headings with real outline levels."""

from dataclasses import dataclass

from typeset.writing.docx.measures import Measures
from typeset.writing.docx.xml import Node, node, val


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes in points, indents in hundredths of a character, gaps and pitch in twips."""

    key: str
    name: str
    face: str = ""
    size: float = 0.0
    is_red: bool = False
    align: str = ""
    first: int | None = None
    outline: int | None = None
    based_on: str = "Normal"
    following: str = "GwText"
    keep_next: bool = False
    page_break: bool = False
    pitch: int = 0
    snaps: bool = True


HEADINGS = {1: "GwHeading1", 2: "GwHeading2", 3: "GwHeading3", 4: "GwHeading4"}
STYLES = (
    Style("GwText", "公文正文", first=200),
    Style("GwFlush", "公文顶格正文"),
    Style("GwHeading1", "公文一级标题", "heading1", first=200, outline=0, based_on="Heading1"),
    Style("GwHeading2", "公文二级标题", "heading2", first=200, outline=1, based_on="Heading2"),
    Style("GwHeading3", "公文三级标题", "text", first=200, outline=2, based_on="Heading3"),
    Style("GwHeading4", "公文四级标题", "text", first=200, outline=3, based_on="Heading4"),
    Style("GwBlank", "公文空行"),
    Style("GwCopyNo", "公文份号", align="left"),
    Style("GwUrgency", "公文紧急程度", "label", align="left"),
    Style(
        "GwMark",
        "公文发文机关标志",
        "title",
        44,
        is_red=True,
        align="center",
        snaps=False,
        following="GwNumber",
    ),
    Style("GwNumber", "公文发文字号", align="center"),
    Style("GwTitle", "公文标题", "title", align="center", snaps=False, following="GwRecipients"),
    Style("GwTitleNote", "公文题注", "heading2", align="center"),
    Style("GwRecipients", "公文主送机关"),
    Style("GwNotes", "公文附件说明", keep_next=True),
    Style("GwSignature", "公文署名", align="right", keep_next=True, following="GwDate"),
    Style("GwDate", "公文成文日期", align="right"),
    Style("GwNote", "公文附注", first=200),
    Style("GwAttachmentMark", "公文附件标识", "label", align="left", page_break=True, following="GwTitle"),
    Style("GwTableTitle", "公文表题", "label", align="center", keep_next=True),
    Style("GwTable", "公文表格文字", size=14, align="center", pitch=480, snaps=False),
    Style("GwTableNote", "公文表注", size=14, align="left", pitch=480, snaps=False),
    Style("GwFigureTitle", "公文图题", align="center"),
    Style("GwImprint", "公文版记", size=14, align="both", snaps=False, pitch=560),
    Style("GwFolio", "公文页码", "folio", 14, snaps=False, pitch=320),
)


def styles_part(measures: Measures) -> Node:
    """Return word/styles.xml."""
    return node(
        "styles", _defaults(measures), *_built_in(measures), *(_style(each, measures) for each in STYLES)
    )


def fonts(face: str) -> Node:
    """Return the faces of a run: figures and letters in the face of the Chinese text, half as wide."""
    return node("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face)


def size(points: float) -> tuple[Node, Node]:
    """Return the two elements of a size."""
    half_points = round(points * 2)
    return val("sz", half_points), val("szCs", half_points)


def _defaults(measures: Measures) -> Node:
    run = node(
        "rPr", fonts(measures.faces["text"]), val("kern", 0), *size(16),
        node("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )  # fmt: skip
    return node("docDefaults", node("rPrDefault", run), node("pPrDefault", node("pPr")))


def _built_in(measures: Measures) -> list[Node]:
    normal = node(
        "style", val("name", "Normal"), node("qFormat"),
        node(
            "pPr", val("widowControl", 0), val("overflowPunct", 0), val("autoSpaceDE", 0), val("autoSpaceDN", 0), val("jc", "both"),
            node("spacing", line=measures.pitch, lineRule="exact"),
        ),
        type="paragraph", default=1, styleId="Normal",
    )  # fmt: skip
    headings = [
        node(
            "style", val("name", f"heading {level}"), val("basedOn", "Normal"), val("next", "GwText"),
            val("uiPriority", 9), node("qFormat"), node("pPr", val("outlineLvl", level - 1)),
            type="paragraph", styleId=f"Heading{level}",
        )
        for level in HEADINGS
    ]  # fmt: skip
    table = node(
        "style", val("name", "Normal Table"), val("uiPriority", 99), node("semiHidden"),
        node("tblPr", node("tblInd", w=0, type="dxa"), node("tblCellMar", _cell_margin("left"), _cell_margin("right"))),
        type="table", default=1, styleId="TableNormal",
    )  # fmt: skip
    footnote = node(
        "style", val("name", "footnote text"), val("basedOn", "Normal"), node("pPr", val("snapToGrid", 0),
        val("jc", "left"), node("spacing", line=240, lineRule="auto")), node("rPr", *size(9)),
        type="paragraph", styleId="FootnoteText",
    )  # fmt: skip
    mark = node(
        "style", val("name", "footnote reference"), node("rPr", val("vertAlign", "superscript")),
        type="character", styleId="FootnoteReference",
    )  # fmt: skip
    return [normal, *headings, table, footnote, mark]


def _cell_margin(side: str) -> Node:
    return node(side, w=57, type="dxa")


def _style(style: Style, measures: Measures) -> Node:
    face = measures.faces.get(style.face, "")
    points = measures.title_size if style.key == "GwTitle" else style.size
    pitch = measures.title_pitch if style.key == "GwTitle" else style.pitch
    run = node(
        "rPr",
        fonts(face) if face else None,
        val("color", measures.red) if style.is_red else None,
        *(size(points) if points else ()),
    )
    paragraph = node(
        "pPr",
        node("keepNext")
        if style.keep_next or (style.key in HEADINGS.values() and measures.keep_headings)
        else None,
        node("pageBreakBefore") if style.page_break else None,
        None if style.snaps else val("snapToGrid", 0),
        node("spacing", line=pitch, lineRule="exact") if pitch else None,
        node("ind", firstLineChars=style.first, firstLine=round(style.first * 3.2)) if style.first else None,
        val("jc", style.align) if style.align else None,
        val("outlineLvl", style.outline) if style.outline is not None else None,
    )
    return node(
        "style", val("name", style.name), val("basedOn", style.based_on), val("next", style.following), node("qFormat"),
        paragraph if len(paragraph) else None, run if len(run) else None,
        type="paragraph", customStyle=1, styleId=style.key,
    )  # fmt: skip
