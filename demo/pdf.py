"""A small PDF writer: pages that are images with few colours, under them the same words to be found and copied."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

A4 = (595.28, 841.89)
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor"
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


@dataclass(frozen=True)
class Words:
    """A line of text and where its baseline begins, in points from the lower left."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True)
class Page:
    """An image that fills the page, and the words on it."""

    image: Image.Image
    words: Sequence[Words]


def document(pages: Sequence[Page], title: str) -> bytes:
    """Return the bytes of a PDF; the same pages give the same bytes."""
    objects: list[bytes] = [b"", b"", FONT]
    kids = []
    for page in pages:
        image, content, leaf = len(objects) + 1, len(objects) + 2, len(objects) + 3
        objects += [_image(page.image), _content(page.words), _leaf(image, content)]
        kids.append(b"%d 0 R" % leaf)
    objects[0] = b"<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</DisplayDocTitle true>>>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects.append(b"<</Title<%s>>>" % _hex("\ufeff" + title))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe4\xb8\xad\xe6\x9e\xa2\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        len(objects),
        start,
    )
    return bytes(out)


def _image(image: Image.Image) -> bytes:
    """An image of at most sixteen colours, four bits a pixel."""
    few = image.quantize(16, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = bytes(few.getpalette() or [])[:48].ljust(48, b"\x00")
    rows = few.tobytes()
    width, height = few.size
    packed = b"".join(_packed(rows[start : start + width]) for start in range(0, width * height, width))
    data = zlib.compress(packed, 6)
    head = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 4/Filter/FlateDecode"
        b"/ColorSpace[/Indexed/DeviceRGB 15<%s>]/Length %d>>"
        % (width, height, palette.hex().encode(), len(data))
    )
    return head + b"\nstream\n" + data + b"\nendstream"


def _packed(row: bytes) -> bytes:
    even = row if len(row) % 2 == 0 else row + b"\x00"
    return bytes(high << 4 | low for high, low in zip(even[::2], even[1::2], strict=True))


def _content(words: Sequence[Words]) -> bytes:
    """Draw the image; the words are there, but not drawn (mode 3)."""
    lines = [
        b"/F1 %.1f Tf 1 0 0 1 %.1f %.1f Tm <%s> Tj" % (one.size, one.x, one.y, _hex(one.text))
        for one in words
    ]
    body = b"q %.2f 0 0 %.2f 0 0 cm /Im Do Q BT 3 Tr %s ET" % (*A4, b" ".join(lines))
    data = zlib.compress(body, 6)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(data), data)


def _leaf(image: int, content: int) -> bytes:
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</XObject<</Im %d 0 R>>"
        b"/Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (*A4, image, content)
    )


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()
