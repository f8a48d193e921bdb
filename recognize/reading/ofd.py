"""OFD (GB/T 33190): the text objects of its pages with their boxes."""

import posixpath
from collections.abc import Iterator
from typing import Any

from recognize.limits import MAX_CHARACTERS, MAX_PAGES
from recognize.pages import Page, TextLayer
from recognize.reading.glyphs import Glyph, lines_of
from recognize.reading.packages import Package, children, first, local, opened
from recognize.troubles import Unreadable

ASCENT = 0.88
A4 = (0.0, 0.0, 210.0, 297.0)
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MAX_REPEAT = 10_000


def read(data: bytes) -> TextLayer:
    """Return the pages of the first document in an OFD, template pages below; raises `Unreadable`."""
    with opened(data) as package:
        return _read(package, root_of(package))


def root_of(package: Package) -> str:
    """Return the name of the first document's root part."""
    root = text_of(first(package.xml("OFD.xml"), "DocBody", "DocRoot"))
    if not root:
        raise Unreadable("broken", "no DocRoot")
    return path_in("", root)


def _read(package: Package, path: str) -> TextLayer:
    document, base = package.xml(path), posixpath.dirname(path)
    listed = list(children(first(document, "Pages") if first(document, "Pages") is not None else (), "Page"))
    if not listed:
        raise Unreadable("broken", "no pages")
    if len(listed) > MAX_PAGES:
        raise Unreadable("too_many_pages", str(len(listed)))
    common = first(document, "CommonData")
    area = numbers_in(text_of(first(common, "PageArea", "PhysicalBox")) if common is not None else "")
    templates = {
        each.get("ID", ""): path_in(base, each.get("BaseLoc", ""))
        for each in (children(common, "TemplatePage") if common is not None else ())
    }
    pages: list[Page] = []
    lines = letters = 0
    for number, entry in enumerate(listed, 1):
        page, taken = _page(package, path_in(base, entry.get("BaseLoc", "")), templates, area, number, lines)
        pages.append(page)
        lines, letters = lines + len(page.lines), letters + taken
        if letters >= MAX_CHARACTERS:
            break
    return TextLayer("ofd", tuple(pages), cut=letters >= MAX_CHARACTERS)


def _page(
    package: Package, path: str, templates: dict[str, str], area: list[float], number: int, begin: int
) -> tuple[Page, int]:
    content = package.xml(path)
    own = numbers_in(text_of(first(content, "Area", "PhysicalBox")))
    left, top, width, height = area_of(own, area)
    below = [templates[each.get("TemplateID")] for each in children(content, "Template")
             if each.get("TemplateID") in templates]  # fmt: skip
    glyphs = [
        glyph
        for root in (*(package.xml(each) for each in below), content)
        for text in root.iter()
        if local(text) == "TextObject"
        for glyph in _glyphs(text, left, top)
    ]
    lines = lines_of(glyphs[:MAX_CHARACTERS], page=number, first=begin, width=width, height=height)
    return Page(number, tuple(lines), width, height), len(glyphs)


def area_of(own: list[float], common: list[float]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a page: its own, the document's, or A4."""
    for box in (own, common):
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box[0], box[1], box[2], box[3]
    return A4


def _glyphs(text: Any, left: float, top: float) -> Iterator[Glyph]:
    """Yield the letters of a text object: TextCode from its point, DeltaX apart, through CTM, at Boundary."""
    bounds = numbers_in(text.get("Boundary", ""))
    matrix = numbers_in(text.get("CTM", "")) or list(IDENTITY)
    size = (numbers_in(text.get("Size", "")) or [0.0])[0]
    if len(bounds) != 4 or len(matrix) != 6 or size <= 0:
        return
    wide = size * (numbers_in(text.get("HScale", "")) or [1.0])[0]
    a, b, c, d, e, f = matrix
    x = y = 0.0
    for code in children(text, "TextCode"):
        x, y = _start(code, "X", x), _start(code, "Y", y)
        letters = (code.text or "").strip("\r\n\t")
        steps_x, steps_y = steps(code.get("DeltaX", ""), wide), steps(code.get("DeltaY", ""), 0.0)
        for letter in letters:
            if not letter.isspace():
                here_x = a * x + c * y + e + bounds[0] - left
                here_y = b * x + d * y + f + bounds[1] - top
                tall, broad = size * abs(d or b), (wide if ord(letter) > 0x2E7F else wide / 2) * abs(a or c)
                base = here_y + tall * (1 - ASCENT)
                yield Glyph(letter, here_x, base - tall, here_x + broad, base)
            x, y = x + next(steps_x), y + next(steps_y)


def _start(code: Any, axis: str, before: float) -> float:
    return (numbers_in(code.get(axis, "")) or [before])[0]


def steps(written: str, rest: float) -> Iterator[float]:
    """Yield the distances between letters; `g N v` stands for N times v (GB/T 33190, 11.3)."""
    words = iter(written.split())
    for word in words:
        if word == "g":
            count, value = next(words, "0"), next(words, "0")
            times = int(count) if count.isdigit() else 0
            for _ in range(min(times, MAX_REPEAT)):
                yield _number(value)
        else:
            yield _number(word)
    while True:
        yield rest


def numbers_in(written: str) -> list[float]:
    """Return the numbers of an attribute."""
    return [_number(word) for word in written.split()]


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0


def text_of(element: Any) -> str:
    """Return an element's own text, empty without one."""
    return (element.text or "").strip() if element is not None else ""


def path_in(base: str, location: str) -> str:
    """Return a part's name in the package; a leading slash counts from its root."""
    joined = location.lstrip("/") if location.startswith("/") else posixpath.join(base, location)
    return posixpath.normpath(joined)
