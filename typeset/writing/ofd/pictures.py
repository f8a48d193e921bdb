"""The pictures a PDF carries, as JPEG or PNG files."""

import io
from dataclasses import dataclass

from PIL import Image

from typeset.writing.ofd.objects import Stream
from typeset.writing.ofd.papers import Paper
from typeset.writing.ofd.troubles import NotConverted

MAX_PIXELS = 80_000_000


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it is packed: `kind` is JPEG or PNG."""

    kind: str
    data: bytes


def picture_of(paper: Paper, stream: Stream) -> PictureFile:
    """Return an image object as a file; a JPEG stays as it is unless it is partly transparent."""
    mask = paper.get(stream.info.get("SMask"))
    packing = paper.filters(stream)
    if packing == ["DCTDecode"] and not isinstance(mask, Stream):
        return PictureFile("JPEG", stream.packed)
    try:
        image = _image(paper, stream)
        if isinstance(mask, Stream):
            image = image.convert("RGB")
            image.putalpha(_image(paper, mask).convert("L").resize(image.size))
        return PictureFile("PNG", _as_png(image))
    except (ValueError, OSError) as error:
        raise NotConverted("picture", str(error)) from error


def _image(paper: Paper, stream: Stream) -> Image.Image:
    info = stream.info
    size = (int(paper.get(info.get("Width", 0))), int(paper.get(info.get("Height", 0))))
    if not 0 < size[0] * size[1] <= MAX_PIXELS:
        raise NotConverted("picture", f"{size[0]}x{size[1]}")
    data = paper.unpacked(stream)
    if paper.filters(stream)[-1:] in (["DCTDecode"], ["JPXDecode"]):
        return Image.open(io.BytesIO(data))
    bits = 1 if info.get("ImageMask") else int(paper.get(info.get("BitsPerComponent", 8)))
    mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(_channels(paper, info.get("ColorSpace")), "")
    if bits == 1 and mode == "L":
        return Image.frombytes("1", size, data)
    if bits == 16:
        data = data[::2]
    elif bits != 8:
        raise NotConverted("picture", f"{bits} bits")
    if not mode:
        raise NotConverted("picture", "colour space")
    return Image.frombytes(mode, size, data)


def _channels(paper: Paper, space: object) -> int:
    """Return how many channels a colour space has; 0 for one that is not known."""
    found = paper.get(space)
    if isinstance(found, list) and found:
        kind = paper.get(found[0])
        if kind == "ICCBased":
            return int(paper.dictionary(found[1]).get("N", 0))
        found = {"CalRGB": "DeviceRGB", "CalGray": "DeviceGray"}.get(str(kind), kind)
    return {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "None": 1}.get(str(found), 0)


def _as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()
