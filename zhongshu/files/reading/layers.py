"""The text layer of a file, by eye (OCR) where it has none, the fields read from it, and the gate over it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Any

import recognize
from recognize.pages import TextLayer
from recognize.troubles import Unreadable
from zhongshu.files import gate
from zhongshu.files.reading.shapes import MAX_TEXT

Tell = Callable[[int, int], None]
# What the library does not read itself: pictures without eyes, and old or foreign formats.
UNREAD = frozenset({"image", "legacy", "unknown"})


def answer(file: IO[bytes], code: str, *, eyes: bool, tell: Tell) -> dict[str, Any]:
    """Return layer, fields, reasons of the gate, and which pages nobody could read."""
    file.seek(0)
    data = file.read()
    written = _read(data, eyes=False, tell=tell)
    blind = written.pages_without_text if written else ()
    needs_eyes = written is None or bool(blind)
    layer = (_read(data, eyes=True, tell=tell) if eyes and needs_eyes else None) or written
    if layer is None:
        return {"layer": None, "recognition": None, "reasons": [], "by_eye": False, "text": "", "unread": []}
    by_eye = frozenset(blind) if written else frozenset(page.number for page in layer.pages)
    return {
        "layer": asdict(layer),
        "recognition": fields_of(layer),
        "reasons": [reason.as_json() for reason in _judged(layer, by_eye)],
        "by_eye": layer is not written and bool(by_eye - set(layer.pages_without_text)),
        "text": layer.text[:MAX_TEXT],
        "unread": list(layer.pages_without_text),
    }


def fields_of(layer: TextLayer) -> dict[str, Any]:
    """Return the fields as plain data, and the label that the paper's own mark suggests."""
    found: dict[str, Any] = recognize.recognize_layer(layer).as_json()
    return found | {"suggested_label": gate.suggested_label(line.text for line in layer.lines)}


def _read(data: bytes, *, eyes: bool, tell: Tell) -> TextLayer | None:
    """Read with the library; with eyes where this installation has them, else as if there were none."""
    options = getattr(recognize, "OcrOptions", None)
    try:
        if not eyes:
            return recognize.read(data)
        return recognize.read(data, ocr=options(), progress=tell) if options else None  # type: ignore[call-arg]
    except Unreadable as error:
        if error.code in UNREAD:
            return None
        raise


def _judged(layer: TextLayer, by_eye: frozenset[int]) -> list[gate.Reason]:
    written = ((f"第{p.number}页", _text(p)) for p in layer.pages if p.number not in by_eye)
    seen = ((f"第{p.number}页（识别文字）", _text(p)) for p in layer.pages if p.number in by_eye)
    return [*gate.judge(written), *gate.judge(seen, is_blurred=True)][: gate.ROOM_FOR_REASONS]


def _text(page: Any) -> str:
    return "\n".join(line.text for line in page.lines)
