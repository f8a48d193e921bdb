"""Where every letter stands on its page, for the search: from the text layer, or from the sheets as they were laid."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from recognize import Unreadable
from recognize import read as read_layer
from recognize.pages import Line
from zhongshu.files.reading.laid import Sheet
from zhongshu.files.reading.letters import FINE, shared_out

MOST_PAGES = 400
MOST_LETTERS = 400_000


def write(file: IO[bytes], path: Path, sheets: list[Sheet] | None) -> None:
    """Write the pages as JSON: lines of letters, their left and right edges, top and bottom, in 1/10 000."""
    pages = _of_sheets(sheets) if sheets is not None else _of_layer(file)
    kept: list[dict[str, Any]] = []
    letters = 0
    for page in pages:
        letters += sum(len(line["t"]) for line in page["lines"])
        if len(kept) >= MOST_PAGES or letters > MOST_LETTERS:
            break
        kept.append(page)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps({"pages": kept}, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)


def _of_layer(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    file.seek(0)
    try:
        layer = read_layer(file.read())
    except Unreadable:
        return
    for page in layer.pages:
        yield {"n": page.number, "lines": [_line(line) for line in page.lines if line.words]}


def _line(line: Line) -> dict[str, Any]:
    letters = [each for word in line.words for each in shared_out(word.text, word.box.left, word.box.right)]
    text = "".join(letter for letter, _, _ in letters)
    box = line.box or line.words[0].box
    return _written(text, [(left, right) for _, left, right in letters], box.top, box.bottom)


def _of_sheets(sheets: list[Sheet]) -> Iterator[dict[str, Any]]:
    for number, sheet in enumerate(sheets, start=1):
        lines = []
        for line in sheet.lines:
            text, edges, x = "", [], line.x
            for letter in line.letters:
                if not letter.text.isspace():
                    text += letter.text
                    edges.append((x / sheet.width, (x + letter.width) / sheet.width))
                x += letter.width
            foot = line.y + line.size * 0.15
            lines.append(_written(text, edges, (foot - line.size * 1.1) / sheet.height, foot / sheet.height))
        yield {"n": number, "lines": lines}


def _written(text: str, edges: list[tuple[float, float]], top: float, bottom: float) -> dict[str, Any]:
    return {
        "t": text,
        "l": [round(left * FINE) for left, _ in edges],
        "r": [round(right * FINE) for _, right in edges],
        "y": [round(top * FINE), round(bottom * FINE)],
    }
