"""Images and scans by Pillow: a first look, and pages as images, turned the right way up."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from zhongshu.files.reading.pdf import as_png, save
from zhongshu.files.reading.shapes import Look, look_of
from zhongshu.files.reading.troubles import Trouble

MAX_PIXELS = 100_000_000
MAX_FRAMES = 1_000
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
LENS = frozenset(
    {
        ExifTags.Base.ExposureTime,
        ExifTags.Base.FNumber,
        ExifTags.Base.ISOSpeedRatings,
        ExifTags.Base.FocalLength,
        ExifTags.Base.LensModel,
    }
)
PHONES = (
    "apple", "huawei", "honor", "xiaomi", "redmi", "oppo", "vivo", "samsung", "oneplus", "realme", "meizu", "zte",
    "google", "motorola", "nubia", "gopro", "dji",
)  # fmt: skip
TEXTS = ("Title", "Description", "Comment", "Subject", "Keywords")

Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow raises at twice this


def look(file: IO[bytes]) -> Look:
    """Load the first frame whole and count the others."""
    image = _open(file)
    frames = min(getattr(image, "n_frames", 1), MAX_FRAMES + 1)
    if frames > MAX_FRAMES:
        raise Trouble("too_many_pages", str(frames))
    _load(image)
    meta = " ".join(str(image.info[key]) for key in TEXTS if key in image.info)
    found = look_of("", pages=1 if image.format == "GIF" else frames, first=" ", meta=meta)
    return found | Look(camera=_is_photo(image))


def _is_photo(image: Image.Image) -> bool:
    """Say whether a camera took the picture: it tells of its lens or place, or bears a telephone maker's name."""
    exif = image.getexif()
    lens, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    maker = str(exif.get(ExifTags.Base.Make, "")).strip("\x00 ").lower()
    return bool(place) or not LENS.isdisjoint(lens) or maker.startswith(PHONES)


def draw(file: IO[bytes], *, numbers: list[int], width: int, folder: Path) -> None:
    """Draw frames (from 1) at most `width` pixels wide into the folder."""
    image = _open(file)
    for number in numbers:
        if 1 <= number <= getattr(image, "n_frames", 1):
            image.seek(number - 1)
            save(_fitted(image, width), folder, number)


def glance(file: IO[bytes], *, number: int, width: int) -> str:
    """Return one frame as PNG in base64: it goes to no folder."""
    image = _open(file)
    if not 1 <= number <= getattr(image, "n_frames", 1):
        raise Trouble("broken", f"frame {number}")
    image.seek(number - 1)
    return as_png(_fitted(image, width))


def images(file: IO[bytes], *, most: int, width: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield the first frames as images."""
    image = _open(file)
    for number in range(1, min(getattr(image, "n_frames", 1), most) + 1):
        image.seek(number - 1)
        yield number, _fitted(image, width)


def _open(file: IO[bytes]) -> Image.Image:
    file.seek(0)
    try:
        image = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise Trouble("bomb", str(error)[:200]) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Trouble("broken", str(error)[:200]) from error
    if image.width * image.height > MAX_PIXELS:
        raise Trouble("bomb", f"{image.width}×{image.height}")
    return image


def _load(image: Image.Image) -> None:
    try:
        image.load()
    except Image.DecompressionBombError as error:
        raise Trouble("bomb", str(error)[:200]) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Trouble("broken", str(error)[:200]) from error


def _fitted(image: Image.Image, width: int) -> Image.Image:
    if image.format == "JPEG":
        image.draft("RGB", (width, width * 4))
    _load(image)
    upright = ImageOps.exif_transpose(image)
    height = max(1, round(upright.height * min(1.0, width / upright.width)))
    small = upright.resize((min(width, upright.width), min(height, width * 8)), Image.Resampling.LANCZOS)
    return _on_white(small)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return image.convert("RGB")
