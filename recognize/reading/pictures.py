"""Pictures (JPEG, PNG, TIFF, BMP, WEBP, GIF) by Pillow: each a page, a TIFF as many as it holds."""

import io
from functools import partial

from PIL import Image, ImageOps, UnidentifiedImageError

from recognize.limits import MAX_PAGES, MAX_PIXELS, MAX_SIDE
from recognize.reading.scans import Picture, Sheet
from recognize.troubles import Unreadable

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")
A4_WIDTH = 210.0
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def sheets_of(data: bytes, longest: int) -> list[Sheet]:
    """Return the pages of a picture, not yet decoded; raises `Unreadable`."""
    with _opened(data) as image:
        if image.format != "TIFF":
            # A photograph of a telephone may carry a second, smaller picture (MPO): the first counts.
            if image.format in ("GIF", "WEBP", "PNG") and getattr(image, "is_animated", False):
                raise Unreadable("animated", image.format or "")
            return [_sheet(data, 0, longest)]
        return [_sheet(data, at, longest) for at in range(_frames(image))]


def _sheet(data: bytes, at: int, longest: int) -> Sheet:
    return Sheet(at + 1, partial(drawn, data, at, longest))


def _frames(image: Image.Image) -> int:
    """Count the frames one by one: a made-up chain of a million must not be walked to its end."""
    for count in range(1, MAX_PAGES + 1):
        try:
            image.seek(count)
        except EOFError:
            return count
        except (OSError, SyntaxError, ValueError, TypeError, KeyError) as error:
            raise Unreadable("broken", str(error)[:200]) from error
    raise Unreadable("too_many_pages")


def drawn(data: bytes, at: int, longest: int) -> Picture:
    """Decode one frame, turned as its camera says; return it with its size in millimetres."""
    with _opened(data) as image:
        try:
            if at:
                image.seek(at)
            _check(image)
            if image.format in ("JPEG", "MPO"):
                image.draft("RGB", (longest, longest))
            image.load()
            upright = _shaded(ImageOps.exif_transpose(image))
        except BOMBS as error:
            raise Unreadable("too_many_pixels", str(error)[:200]) from error
        except (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError) as error:
            raise Unreadable("broken", str(error)[:200]) from error
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = upright.convert("RGB")
    # A file's own resolution is often made up; a page is taken to be as wide as A4.
    shorter = min(upright.size)
    return Picture(upright, A4_WIDTH * upright.width / shorter, A4_WIDTH * upright.height / shorter)


def _check(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise Unreadable("too_many_pixels", f"{image.width}×{image.height}")


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except BOMBS as error:
        raise Unreadable("too_many_pixels", str(error)[:200]) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError) as error:
        raise Unreadable("broken", str(error)[:200]) from error
    _check(image)
    return image


def _shaded(image: Image.Image) -> Image.Image:
    """Return shades that can be made smaller smoothly: no palette, no bare black and white, no 16 bits, on white paper."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda shade: shade / 256).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return image if image.mode == "L" else image.convert("RGB")
