"""OFD (GB/T 33190) as pages: what a document holds, and each page drawn with templates, annotations and seals."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from PIL import Image

from recognize.reading.ofd import numbers_in, path_in, text_of
from recognize.reading.packages import Package, children, first, opened
from recognize.troubles import Unreadable
from typeset.matrices import SAME, moved
from zhongshu.files.reading import packages, pdf, seals
from zhongshu.files.reading.canvas import Book, Canvas
from zhongshu.files.reading.ofd_objects import Painter
from zhongshu.files.reading.ofd_resources import Resources
from zhongshu.files.reading.shapes import Blocks, Look
from zhongshu.files.reading.troubles import Trouble

A4 = (0.0, 0.0, 210.0, 297.0)
MAX_SIDE = 5_000.0
SEAL_PIXELS = 600


@dataclass(frozen=True)
class Leaf:
    """One page as the document lists it."""

    identity: str
    part: str


@dataclass(frozen=True)
class Seal:
    """Where a seal stands on a page, and the parts that hold its picture."""

    page: str
    box: tuple[float, float, float, float]
    clip: tuple[float, float, float, float] | None
    parts: tuple[str, ...]


@dataclass
class Document:
    """The first document of a package."""

    package: Package
    book: Book
    root: str = field(init=False)

    def __post_init__(self) -> None:
        self._ofd = self.package.xml("OFD.xml")
        self.root = text_of(first(self._ofd, "DocBody", "DocRoot"))
        if not self.root:
            raise Trouble("broken", "no DocRoot")
        self.root = path_in("", self.root)
        self.base = posixpath.dirname(self.root)
        self._document = self.package.xml(self.root)
        self.common = first(self._document, "CommonData")

    @cached_property
    def pages(self) -> list[Leaf]:
        """Return the pages in order."""
        listed = children(first(self._document, "Pages"), "Page")
        return [Leaf(each.get("ID", ""), path_in(self.base, each.get("BaseLoc", ""))) for each in listed]

    @cached_property
    def templates(self) -> dict[str, tuple[str, str]]:
        """Return the template pages: part and usual place (below or above)."""
        listed = children(self.common, "TemplatePage") if self.common is not None else ()
        return {
            each.get("ID", ""): (
                path_in(self.base, each.get("BaseLoc", "")),
                each.get("ZOrder", "Background"),
            )
            for each in listed
        }

    @cached_property
    def resources(self) -> Resources:
        """Return fonts, colours, drawing parameters and media of the whole document."""
        found = Resources(self.package, self.book)
        for each in children(self.common, "PublicRes", "DocumentRes") if self.common is not None else ():
            found.add(path_in(self.base, text_of(each)))
        return found

    @cached_property
    def annotations(self) -> dict[str, list[str]]:
        """Return the parts of the annotations of each page."""
        place = text_of(first(self._document, "Annotations"))
        if not place:
            return {}
        part = path_in(self.base, place)
        found: dict[str, list[str]] = {}
        for page in children(self.package.xml(part), "Page"):
            name = path_in(posixpath.dirname(part), text_of(first(page, "FileLoc")))
            found.setdefault(page.get("PageID", ""), []).append(name)
        return found

    @cached_property
    def seals(self) -> list[Seal]:
        """Return where seals stand; whether they are genuine is not judged here."""
        place = text_of(first(self._ofd, "DocBody", "Signatures"))
        if not place:
            return []
        part = path_in("", place)
        listed = children(self.package.xml(part), "Signature")
        names = [path_in(posixpath.dirname(part), each.get("BaseLoc", "")) for each in listed]
        return [
            seal for name in names if name in self.package.names for seal in _seals_of(self.package, name)
        ]


def look(file: IO[bytes]) -> Look:
    """Return pages and text; the pages as the document lists them."""
    found = packages.look(file, code="ofd")
    try:
        with _document(file) as document:
            found["pages"] = max(1, len(document.pages))
    except Trouble:
        pass
    return found


def blocks(file: IO[bytes]) -> Blocks:
    """Return the words of each page, for an OFD whose pages cannot be drawn."""
    return packages.blocks(file, code="ofd")


def draw(file: IO[bytes], *, numbers: list[int], width: int, folder: Path) -> None:
    """Draw pages (from 1) `width` pixels wide into the folder as `page-N.png`."""
    with _document(file) as document:
        for number in numbers:
            if 1 <= number <= len(document.pages):
                pdf.save(_drawn(document, number, width), folder, number)


def images(file: IO[bytes], *, most: int, width: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield the first pages as images."""
    with _document(file) as document:
        for number in range(1, min(len(document.pages), most) + 1):
            yield number, _drawn(document, number, width)


@contextmanager
def _document(file: IO[bytes]) -> Iterator[Document]:
    file.seek(0)
    book = Book()
    try:
        with opened(file.read()) as package:
            yield Document(package, book)
    except Unreadable as unreadable:
        code = unreadable.code if unreadable.code in ("encrypted", "bomb") else "broken"
        raise Trouble(code, unreadable.detail) from unreadable
    finally:
        book.close()


def _drawn(
    document: Document, number: int, width: int, *, clear: bool = False, depth: int = 0
) -> Image.Image:
    leaf = document.pages[number - 1]
    content = document.package.xml(leaf.part)
    left, top, wide, high = _area(document, content)
    canvas = Canvas(document.book, wide, high, (left, top))
    painter = Painter(canvas, _resources_of(document, leaf.part, content))
    below, above = _templates_of(document, content)
    for part in (*below, None, *above):
        page = content if part is None else document.package.xml(part)
        painter.draw(first(page, "Content"), SAME)
    _annotate(document, leaf, painter)
    if depth == 0:
        _seal(document, leaf, canvas)
    return canvas.drawn(width, clear=clear)


def _area(document: Document, content: Any) -> tuple[float, float, float, float]:
    common = first(document.common, "PageArea", "PhysicalBox") if document.common is not None else None
    for element in (first(content, "Area", "PhysicalBox"), common):
        box = numbers_in(text_of(element))
        if len(box) == 4 and 0 < box[2] <= MAX_SIDE and 0 < box[3] <= MAX_SIDE:
            return box[0], box[1], box[2], box[3]
    return A4


def _resources_of(document: Document, part: str, content: Any) -> Resources:
    own = [path_in(posixpath.dirname(part), text_of(each)) for each in children(content, "PageRes")]
    return document.resources.with_more(own) if own else document.resources


def _templates_of(document: Document, content: Any) -> tuple[list[str], list[str]]:
    below: list[str] = []
    above: list[str] = []
    for each in children(content, "Template"):
        if known := document.templates.get(each.get("TemplateID", "")):
            part, usual = known
            (above if each.get("ZOrder", usual) == "Foreground" else below).append(part)
    return below, above


def _annotate(document: Document, leaf: Leaf, painter: Painter) -> None:
    for part in document.annotations.get(leaf.identity, []):
        for annotation in children(document.package.xml(part), "Annot"):
            if annotation.get("Visible", "true").lower() == "false":
                continue
            for appearance in children(annotation, "Appearance"):
                box = numbers_in(appearance.get("Boundary", ""))
                painter.draw(appearance, moved(box[0], box[1]) if len(box) == 4 else SAME)


def _seals_of(package: Package, part: str) -> Iterator[Seal]:
    base = posixpath.dirname(part)
    signature = package.xml(part)
    places = (first(signature, "SignedInfo", "Seal", "BaseLoc"), first(signature, "SignedValue"))
    parts = tuple(path_in(base, text_of(place)) for place in places if text_of(place))
    for stamp in children(first(signature, "SignedInfo"), "StampAnnot"):
        box, clip = numbers_in(stamp.get("Boundary", "")), numbers_in(stamp.get("Clip", ""))
        if len(box) == 4:
            cut = (clip[0], clip[1], clip[2], clip[3]) if len(clip) == 4 else None
            yield Seal(stamp.get("PageRef", ""), (box[0], box[1], box[2], box[3]), cut, parts)


def _seal(document: Document, leaf: Leaf, canvas: Canvas) -> None:
    for seal in document.seals:
        if seal.page != leaf.identity:
            continue
        if picture := _picture_of(document, seal):
            left, top, wide, high = seal.box
            if seal.clip and seal.clip != (0.0, 0.0, wide, high):
                picture = _cut(picture, seal)
                left, top, wide, high = left + seal.clip[0], top + seal.clip[1], seal.clip[2], seal.clip[3]
            canvas.image(picture, (wide, 0.0, 0.0, high, left, top))


def _picture_of(document: Document, seal: Seal) -> Image.Image | None:
    for part in seal.parts:
        if part not in document.package.names:
            continue
        kind, data = seals.picture_in(document.package.bytes_of(part))
        if kind == "ofd":
            with opened(data) as package:
                inner = Document(package, document.book)
                return _drawn(inner, 1, SEAL_PIXELS, clear=True, depth=1) if inner.pages else None
        if data and (picture := seals.image_of(data)):
            return picture
    return None


def _cut(picture: Image.Image, seal: Seal) -> Image.Image:
    """Return the part of a seal that stands on this sheet (骑缝章)."""
    _, _, wide, high = seal.box
    left, top, clip_wide, clip_high = seal.clip or (0.0, 0.0, wide, high)
    across, down = picture.width / wide, picture.height / high
    box = (left * across, top * down, (left + clip_wide) * across, (top + clip_high) * down)
    return picture.crop(tuple(max(0, round(side)) for side in box))  # type: ignore[arg-type]
