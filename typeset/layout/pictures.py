"""Pictures of one paper, laid beside the Typst sources while it is set."""

import hashlib
import io
import re
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from typeset.model import Picture

SIGNS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
LARGEST = 80_000_000
BROKEN = "图片已损坏，请重新导出后再用"


class UnusablePicture(ValueError):  # noqa: N818 - the word of the library
    """A picture that cannot be drawn; the message says why."""


class Pictures:
    """Keeps the pictures of one paper in a folder, by what is in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: set[str] = set()

    def keep(self, picture: Picture) -> str:
        """Lay a picture in the folder; return its file name."""
        kind = next((kind for sign, kind in SIGNS.items() if picture.data.startswith(sign)), "svg")
        name = f"{hashlib.sha256(picture.data).hexdigest()[:32]}.{kind}"
        if name not in self.kept:
            _check(picture.data, kind)
            (self.folder / name).write_bytes(picture.data)
            self.kept.add(name)
        return name

    def proportion(self, picture: Picture) -> float:
        """Return height by width."""
        if not picture.data.startswith(tuple(SIGNS)):
            found = re.search(
                rb"viewBox=[\"'][\d.+-]+[ ,]+[\d.+-]+[ ,]+([\d.]+)[ ,]+([\d.]+)", picture.data[:4000]
            )
            return float(found[2]) / float(found[1]) if found and float(found[1]) else 1.0
        with _opened(picture.data) as image:
            return image.height / image.width

    def clear(self) -> None:
        """Take away what was kept."""
        for name in self.kept:
            (self.folder / name).unlink(missing_ok=True)
        self.kept.clear()


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise UnusablePicture(BROKEN) from None


def _check(data: bytes, kind: str) -> None:
    if kind == "svg":
        # Typst draws no scripts and fetches nothing, but an entity could grow without end.
        if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
            raise UnusablePicture("SVG 图片带有文档类型声明，请另存为普通 SVG 或 PNG")
        return
    with _opened(data) as image:
        if image.width * image.height > LARGEST:
            raise UnusablePicture("图片超过 8000 万像素，请缩小后再用")
        try:
            image.load()
        except (OSError, ValueError, SyntaxError):
            raise UnusablePicture(BROKEN) from None
