"""The text of a file, by eye (OCR) where it has none, the fields read from it, and the gate over it."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import IO, Any

import recognize
from recognize.reading.printed import read_behind
from recognize.troubles import Unreadable
from zhongshu.files import gate
from zhongshu.files.reading import images, pdf
from zhongshu.files.reading.archives import count_pictures, pictures_in
from zhongshu.files.reading.shapes import MAX_TEXT

Tell = Callable[[int, int], None]
# What the library does not read itself: pictures without eyes, and old or foreign formats.
UNREAD = frozenset({"image", "legacy", "unknown", "animated", "too_many_pixels"})
GLANCE = 800
MARGIN = 0.03
DARK = 170
# Of some 900,000 points; a mark of secrecy in its usual size has about 500 dark ones.
MOST_SPECKS = 40
MOST_GLANCES = 300
PACKAGES = frozenset({"docx", "xlsx", "pptx", "ofd"})


def answer(file: IO[bytes], code: str, *, eyes: bool, most: int | None, tell: Tell) -> dict[str, Any]:
    """Return layer, fields, reasons of the gate, which pages nobody could read, how many pasted pictures were left."""
    file.seek(0)
    data = file.read()
    layer = _read(data, eyes=eyes, most=most, tell=tell)
    pasted, left = _pasted(file, code, most) if eyes else ([], 0)
    if layer is None:
        said = [reason.as_json() for reason in pasted]
        nothing: dict[str, Any] = {"layer": None, "recognition": None, "by_eye": [], "text": "", "unread": []}
        return nothing | {"reasons": said, "left": left}
    by_eye = frozenset(layer.ocr_pages)
    behind, hidden = _behind(data, layer, most) if eyes and code == "pdf" else ([], 0)
    doubted = {*layer.pages_without_text, *layer.skipped, *layer.hardly_read}
    return {
        "layer": asdict(layer),
        "recognition": fields_of(layer),
        "reasons": [reason.as_json() for reason in (*_judged(layer, by_eye), *pasted, *behind)],
        "by_eye": sorted(by_eye - doubted),
        "text": layer.text[:MAX_TEXT],
        "unread": _not_blank(file, code, doubted),
        "left": left + hidden,
    }


def fields_of(layer: recognize.TextLayer) -> dict[str, Any]:
    """Return the fields as plain data, and the label that the paper's own mark suggests."""
    found: dict[str, Any] = recognize.recognize_layer(layer).as_json()
    return found | {"suggested_label": gate.suggested_label(line.text for line in layer.lines)}


def _read(data: bytes, *, eyes: bool, most: int | None, tell: Tell) -> recognize.TextLayer | None:
    """Read with the library, by eye where that is asked for."""
    options = recognize.OcrOptions(most_pages=most) if eyes else None
    try:
        return recognize.read(data, options, tell)
    except Unreadable as error:
        if error.code in UNREAD:
            return None
        raise


def _pasted(file: IO[bytes], code: str, most: int | None) -> tuple[list[gate.Reason], int]:
    """Read the pictures pasted into a document: a photographed page hides well between paragraphs.

    Returns how many were left as well.
    """
    if code not in PACKAGES:
        return [], 0
    found: list[gate.Reason] = []
    for data in islice(pictures_in(file), most):
        try:
            layer = _read(data, eyes=True, most=1, tell=_silent)
        except Unreadable:
            continue
        if layer is not None:
            found += gate.judge((("文档里的图片", _text(page)) for page in layer.pages), is_blurred=True)
    return found, 0 if most is None else max(0, count_pictures(file) - most)


def _behind(data: bytes, layer: recognize.TextLayer, most: int | None) -> tuple[list[gate.Reason], int]:
    """Look at the pictures that lie under words: a line stamped on a scan does not make it a printed page.

    Returns how many were left as well.
    """
    rest = None if most is None else max(0, most - len(layer.ocr_pages))
    pages, left = read_behind(data, layer, recognize.OcrOptions(most_pages=rest))
    seen = ((f"第{page.number}页的图片（识别文字）", _text(page)) for page in pages)
    return gate.judge(seen, is_blurred=True), left


def _silent(done: int, total: int) -> None:
    return None


def _judged(layer: recognize.TextLayer, by_eye: frozenset[int]) -> list[gate.Reason]:
    written = ((f"第{p.number}页", _text(p)) for p in layer.pages if p.number not in by_eye)
    seen = ((f"第{p.number}页（识别文字）", _text(p)) for p in layer.pages if p.number in by_eye)
    return [*gate.judge(written), *gate.judge(seen, is_blurred=True)][: gate.ROOM_FOR_REASONS]


def _text(page: recognize.Page) -> str:
    return "\n".join(line.text for line in page.lines)


def _not_blank(file: IO[bytes], code: str, doubted: set[int]) -> list[int]:
    """Leave out pages on which there is nothing to read, such as the backs of a scan of both sides."""
    if not doubted or code in PACKAGES or code == "txt":
        return []
    blank = {
        number
        for number, image in _glances(file, code, max(doubted))
        if number in doubted and _is_blank(image)
    }
    return sorted(doubted - blank)


def _glances(file: IO[bytes], code: str, last: int) -> Iterator[tuple[int, Any]]:
    source = pdf.images if code == "pdf" else images.images
    return source(file, most=min(last, MOST_GLANCES), width=GLANCE)


def _is_blank(image: Any) -> bool:
    wide, high = image.size
    edge = round(wide * MARGIN), round(high * MARGIN)
    inner = image.convert("L").crop((*edge, wide - edge[0], high - edge[1]))
    return int(sum(inner.histogram()[:DARK])) <= MOST_SPECKS
