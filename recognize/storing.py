"""What was read as plain data and back, so that one process can read and another use it."""

from typing import Any

from recognize.pages import Box, Line, Page, TextLayer, Word

VERSION = 1


def layer_as_json(layer: TextLayer) -> dict[str, Any]:
    """Return plain data; boxes to a tenth of a per mille."""
    return {
        "version": VERSION,
        "kind": layer.kind,
        "cut": layer.cut,
        "skipped": list(layer.skipped),
        "pages": [_page_as_json(page) for page in layer.pages],
    }


def layer_from_json(data: dict[str, Any]) -> TextLayer:
    """Return what `layer_as_json` was given; raises `ValueError` for data of another version."""
    if data.get("version") != VERSION:
        raise ValueError(f"layer of version {data.get('version')}")
    return TextLayer(
        data["kind"], tuple(map(_page_from_json, data["pages"])), data["cut"], tuple(data["skipped"])
    )


def _page_as_json(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "size": [round(page.width, 2), round(page.height, 2)],
        "ocr": page.ocr,
        "lines": [_line_as_json(line) for line in page.lines],
    }


def _page_from_json(data: dict[str, Any]) -> Page:
    lines = (_line_from_json(line, data["number"]) for line in data["lines"])
    width, height = data["size"]
    return Page(data["number"], tuple(lines), width, height, ocr=data["ocr"])


def _line_as_json(line: Line) -> dict[str, Any]:
    """Leave out what is as it mostly is: the layer of a long paper has many lines."""
    written: dict[str, Any] = {"text": line.text, "number": line.number}
    if line.box:
        written["box"] = line.box.rounded()
    if line.words:
        written["words"] = [[word.text, *word.box.rounded()] for word in line.words]
    if line.size:
        written["size"] = line.size
    if line.align:
        written["align"] = line.align
    if line.part != "body":
        written["part"] = line.part
    if line.confidence < 1:
        written["confidence"] = line.confidence
    if line.indent:
        written["indent"] = line.indent
    return written


def _line_from_json(data: dict[str, Any], page: int) -> Line:
    return Line(
        data["text"],
        page,
        data["number"],
        Box(*data["box"]) if "box" in data else None,
        tuple(Word(text, Box(*box)) for text, *box in data.get("words", ())),
        data.get("size", 0.0),
        data.get("align", ""),
        data.get("part", "body"),
        data.get("confidence", 1.0),
        data.get("indent", 0.0),
    )
