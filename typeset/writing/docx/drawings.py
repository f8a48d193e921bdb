"""Pictures in the line, seals over the text, the ring drawn where a seal has no picture."""

import io

import typst
from PIL import Image, UnidentifiedImageError

from typeset.layout.pictures import LARGEST, UnusablePicture
from typeset.writing.docx.measures import emu
from typeset.writing.docx.pen import Pen
from typeset.writing.docx.xml import PIC, Node, node

POINTS = 72 / 25.4
TALLEST = 200.0
FORMATS = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif"}
SVG = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), width: 160mm)"


def inline_picture(pen: Pen, data: bytes, width: float) -> Node:
    """Return a run with a picture of that width in millimetres, standing in the line. Raises `UnusablePicture`."""
    data, extension, ratio = _fit(data)
    height = width * ratio
    if height > TALLEST:
        width, height = width * TALLEST / height, TALLEST
    graphic = _graphic(pen, pen.package.picture(data, extension), width, height)
    frame = node(
        "wp:inline", _extent(width, height), _named(pen), graphic, distT=0, distB=0, distL=0, distR=0
    )  # fmt: skip
    return node("r", node("drawing", frame))


def floating_picture(pen: Pen, data: bytes, width: float, *, right: float, down: float) -> Node:
    """Return a run with a picture behind the text: millimetres from the left margin and below the paragraph's head."""
    data, extension, ratio = _fit(data)
    height = width * ratio
    graphic = _graphic(pen, pen.package.picture(data, extension), width, height)
    frame = node(
        "wp:anchor",
        node("wp:simplePos", x=0, y=0),
        node("wp:positionH", _offset(right), relativeFrom="margin"),
        node("wp:positionV", _offset(down), relativeFrom="paragraph"),
        _extent(width, height),
        node("wp:effectExtent", l=0, t=0, r=0, b=0),
        node("wp:wrapNone"),
        _named(pen),
        graphic,
        distT=0, distB=0, distL=0, distR=0, simplePos=0, relativeHeight=251658240 + pen.drawings, behindDoc=1, locked=0,
        layoutInCell=1, allowOverlap=1,
    )  # fmt: skip
    return node("r", node("drawing", frame))


def ring(width: float, *, right: float, down: float) -> Node:
    """Return a run that draws the place of a seal as a red ring (VML, which Word, WPS and LibreOffice all draw)."""
    style = (
        f"position:absolute;margin-left:{right * POINTS:.1f}pt;margin-top:{down * POINTS:.1f}pt;"
        f"width:{width * POINTS:.1f}pt;height:{width * POINTS:.1f}pt;z-index:-1;"
        "mso-position-horizontal-relative:margin;mso-position-vertical-relative:text"
    )
    oval = node("v:oval", style=style, filled="f", strokecolor="#ff0000", strokeweight="1.5pt")
    return node("r", node("pict", oval))


def _fit(data: bytes) -> tuple[bytes, str, float]:
    """Return the bytes as Word takes them, their extension, and height over width. Raises `UnusablePicture`."""
    if data.lstrip()[:1] == b"<":
        data = _drawn(data)
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if width * height > LARGEST:
                raise UnusablePicture("图片超过 8000 万像素，请缩小后再用")
            if image.format in FORMATS:
                return data, FORMATS[image.format], height / width
            out = io.BytesIO()
            image.save(out, "PNG")
            return out.getvalue(), "png", height / width
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise UnusablePicture("图片已损坏，请重新导出后再用") from None


def _drawn(data: bytes) -> bytes:
    """Draw an SVG, which Word shows only beside a PNG of it."""
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        raise UnusablePicture("SVG 图片带有文档类型声明，请另存为普通 SVG 或 PNG")
    try:
        made = typst.compile(SVG, format="png", ppi=220, sys_inputs={"svg": data.decode("utf-8")})
    except (RuntimeError, UnicodeDecodeError, ValueError):
        raise UnusablePicture("SVG 图片画不出来，请另存为 PNG") from None
    if not isinstance(made, bytes):
        raise UnusablePicture("SVG 图片画不出来，请另存为 PNG")
    return made


def _offset(millimetres: float) -> Node:
    element = node("wp:posOffset")
    element.text = str(emu(millimetres))
    return element


def _extent(width: float, height: float) -> Node:
    return node("wp:extent", cx=emu(width), cy=emu(height))


def _named(pen: Pen) -> Node:
    pen.drawings += 1
    return node("wp:docPr", id=pen.drawings, name=f"图片 {pen.drawings}")


def _graphic(pen: Pen, relation: str, width: float, height: float) -> Node:
    number = pen.drawings + 1
    picture = node(
        "pic:pic",
        node("pic:nvPicPr", node("pic:cNvPr", id=number, name=f"图片 {number}"), node("pic:cNvPicPr")),
        node("pic:blipFill", node("a:blip", r__embed=relation), node("a:stretch", node("a:fillRect"))),
        node(
            "pic:spPr",
            node("a:xfrm", node("a:off", x=0, y=0), node("a:ext", cx=emu(width), cy=emu(height))),
            node("a:prstGeom", node("a:avLst"), prst="rect"),
        ),
    )
    return node("a:graphic", node("a:graphicData", picture, uri=PIC))
