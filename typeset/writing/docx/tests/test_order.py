"""Word's schema: children of property elements stand in the order of ECMA-376, or Word calls the file damaged."""

import io
import zipfile

import pytest
from lxml import etree

from typeset.writing.docx import write_docx
from typeset.writing.docx.tests.papers import EVERY

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Written down apart from the writer's own table, after ECMA-376 Part 1, annex A (wml.xsd).
SCHEMA = {
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
        "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
        "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
        "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
        "rPr", "sectPr", "pPrChange",
    ),
    "rPr": (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
        "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
        "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    ),
    "tblPr": (
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
        "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
    ),
    "tcPr": (
        "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
        "tcFitText", "vAlign", "hideMark",
    ),
    "sectPr": (
        "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
        "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi",
        "rtlGutter", "docGrid",
    ),
    "pBdr": ("top", "left", "bottom", "right", "between", "bar"),
    "tblBorders": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "style": (
        "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden",
        "unhideWhenUsed", "qFormat", "locked", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr",
    ),
    "settings": (
        "zoom", "defaultTabStop", "evenAndOddHeaders", "drawingGridVerticalSpacing", "characterSpacingControl",
        "footnotePr", "compat", "themeFontLang",
    ),
    "tbl": ("tblPr", "tblGrid", "tr"),
    "tr": ("trPr", "tc"),
    "tc": ("tcPr", "p"),
    "font": ("altName", "panose1", "charset", "family", "notTrueType", "pitch"),
}  # fmt: skip


def parts(data: bytes):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }


def misplaced(root) -> list[str]:
    """Return the elements whose children are unknown to the table or out of its order."""
    wrong = []
    for element in root.iter():
        order = SCHEMA.get(element.tag.removeprefix(W))
        if order is None:
            continue
        names = [child.tag.removeprefix(W) for child in element]
        places = [order.index(name) if name in order else -1 for name in names]
        if -1 in places or places != sorted(places):
            wrong.append(f"{element.tag.removeprefix(W)}: {names}")
    return wrong


@pytest.mark.parametrize("name", EVERY)
def test_children_stand_in_the_order_of_the_schema(name):
    found = {
        part: wrong for part, root in parts(write_docx(EVERY[name]())).items() if (wrong := misplaced(root))
    }
    assert found == {}


def test_the_table_notices_a_child_out_of_place():
    wrong = etree.fromstring(f'<w:pPr xmlns:w="{W[1:-1]}"><w:jc w:val="left"/><w:ind/></w:pPr>')
    assert misplaced(wrong) == ["pPr: ['jc', 'ind']"]


@pytest.mark.parametrize("name", EVERY)
def test_every_reference_leads_somewhere(name):
    data = write_docx(EVERY[name]())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        types = package.read("[Content_Types].xml").decode()
    targets = {each.get("Id"): f"word/{each.get('Target')}" for each in relations}
    assert set(targets.values()) <= names
    root = parts(data)["word/document.xml"]
    used = {
        value
        for element in root.iter()
        for key, value in element.attrib.items()
        if key.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
    }
    assert used <= set(targets)
    assert all(
        f'PartName="/{each}"' in types for each in names if each.startswith("word/") and each.endswith(".xml")
    )
    styles = {each.get(f"{W}styleId") for each in parts(data)["word/styles.xml"].iter(f"{W}style")}
    for part in parts(data).values():
        assert {
            each.get(f"{W}val") for each in part.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
        } <= styles
