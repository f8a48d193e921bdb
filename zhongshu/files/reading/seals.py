"""The picture inside an electronic seal (GB/T 38540, GM/T 0031), found in its DER; no signature is verified here."""

import io
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 16_000_000
MAX_DEPTH = 12
OCTETS, NUMBER, WORDS = 0x04, 0x02, (0x16, 0x0C, 0x13)
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF")
Value = tuple[int, bytes]


def picture_in(der: bytes) -> tuple[str, bytes]:
    """Return the kind (png, jpg, ofd …) and the bytes of a seal's picture; ("", b"") when there is none."""
    for group in _groups(der, 0):
        for at in range(len(group) - 3):
            kind, picture, wide, high = group[at : at + 4]
            if kind[0] in WORDS and picture[0] == OCTETS and wide[0] == high[0] == NUMBER:
                return kind[1].decode("ascii", "ignore").lower().strip("."), picture[1]
    return "", b""


def image_of(data: bytes) -> Image.Image | None:
    """Return a picture with white made clear, so that the words under a seal stay to be read."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            return None
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if "A" in image.getbands() or "transparency" in image.info:
        return image.convert("RGBA")
    clear = image.convert("RGBA")
    lightness = image.convert("L")
    clear.putalpha(lightness.point([255] * 240 + [0] * 16))
    return clear


def _groups(der: bytes, depth: int) -> Iterator[list[Value]]:
    """Yield the members of every sequence, outermost first."""
    members = list(_members(der))
    yield members
    if depth < MAX_DEPTH:
        for tag, content in members:
            if tag & 0x20 or (tag == OCTETS and content[:1] == b"\x30"):
                yield from _groups(content, depth + 1)


def _members(der: bytes) -> Iterator[Value]:
    at = 0
    while at + 2 <= len(der):
        tag, length, at = der[at], der[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 0 < count <= 4:
                return
            length, at = int.from_bytes(der[at : at + count], "big"), at + count
        if at + length > len(der):
            return
        yield tag, der[at : at + length]
        at += length
