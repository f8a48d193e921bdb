"""What the pages of an OFD share: fonts, colour spaces, drawing parameters, images, composite units."""

import io
import posixpath
from copy import copy
from typing import Any

from PIL import Image, UnidentifiedImageError

from recognize.reading.ofd import numbers_in, path_in, text_of
from recognize.reading.packages import Package, first, local
from recognize.troubles import Unreadable
from zhongshu.files.reading import fonts
from zhongshu.files.reading.canvas import Book, Colour, Font

MAX_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF")


class Resources:
    """Looks things up by their ID; what is missing or broken is None, never an error."""

    def __init__(self, package: Package, book: Book) -> None:
        self._package, self._book = package, book
        self._fonts: dict[str, tuple[str, str]] = {}
        self._spaces: dict[str, str] = {}
        self._params: dict[str, Any] = {}
        self._media: dict[str, str] = {}
        self._units: dict[str, Any] = {}
        self._images: dict[str, Image.Image | None] = {}

    def add(self, part: str) -> None:
        """Read one resource part; one that is not there adds nothing."""
        try:
            root = self._package.xml(part)
        except Unreadable as unreadable:
            if unreadable.code == "bomb":
                raise
            return
        base = path_in(posixpath.dirname(part), root.get("BaseLoc", ""))
        for group in root:
            for each in group if isinstance(group.tag, str) else ():
                self._take(each, base)

    def with_more(self, parts: list[str]) -> "Resources":
        """Return these resources and those of one page."""
        more = copy(self)
        for name in ("_fonts", "_spaces", "_params", "_media", "_units"):
            setattr(more, name, dict(getattr(self, name)))
        for part in parts:
            more.add(part)
        return more

    def _take(self, each: Any, base: str) -> None:
        identity = each.get("ID", "") if isinstance(each.tag, str) else ""
        match local(each):
            case "Font":
                name = f"{each.get('FontName', '')} {each.get('FamilyName', '')}"
                file = text_of(first(each, "FontFile"))
                self._fonts[identity] = (name, path_in(base, file) if file else "")
            case "ColorSpace":
                self._spaces[identity] = each.get("Type", "RGB").upper()
            case "DrawParam":
                self._params[identity] = each
            case "MultiMedia":
                self._media[identity] = path_in(base, text_of(first(each, "MediaFile")))
            case "CompositeGraphicUnit":
                self._units[identity] = each

    def font(self, identity: str) -> tuple[Font | None, bool]:
        """Return a font, and whether the file itself carried it."""
        name, part = self._fonts.get(identity, ("", ""))
        face = fonts.face_of(name)
        if part in self._package.names and (
            own := self._book.font(part, lambda: self._package.bytes_of(part))
        ):
            return own, True
        return self._book.font(f"face:{face}", lambda: fonts.data_of(face)), False

    def colour(self, element: Any, alpha: float) -> Colour | None:
        """Return the colour of a FillColor or StrokeColor; of a shading its first colour."""
        if element is None:
            return None
        value = element.get("Value")
        if value is None:
            inner = next((e for e in element.iter() if e is not element and e.get("Value") is not None), None)
            return self.colour(inner, alpha)
        parts = [_channel(word) for word in value.split()]
        kind = self._spaces.get(element.get("ColorSpace", ""), "")
        strength = min(255.0, max(0.0, (numbers_in(element.get("Alpha", "")) or [255.0])[0])) * alpha / 255
        return (*_rgb(parts, kind), round(strength))

    def param(self, identity: str) -> Any:
        """Return a set of drawing parameters."""
        return self._params.get(identity)

    def unit(self, identity: str) -> Any:
        """Return a composite graphic unit."""
        return self._units.get(identity)

    def image(self, identity: str) -> Image.Image | None:
        """Return an image, read once."""
        if identity not in self._images:
            self._images[identity] = self._read(self._media.get(identity, ""))
        return self._images[identity]

    def _read(self, part: str) -> Image.Image | None:
        if part not in self._package.names:
            return None
        try:
            image = Image.open(io.BytesIO(self._package.bytes_of(part)), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                return None
            image.load()
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        return image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")


def _channel(word: str) -> int:
    try:
        value = int(word[1:], 16) if word.startswith("#") else float(word)
    except ValueError:
        return 0
    return round(min(255, max(0, value)))


def _rgb(parts: list[int], kind: str) -> tuple[int, int, int]:
    if len(parts) >= 4 or kind == "CMYK":
        cyan, magenta, yellow, black = (*parts, 0, 0, 0, 0)[:4]
        keep = 255 - black
        return (255 - cyan) * keep // 255, (255 - magenta) * keep // 255, (255 - yellow) * keep // 255
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    red, green, blue = (*parts, 0, 0, 0)[:3]
    return red, green, blue
