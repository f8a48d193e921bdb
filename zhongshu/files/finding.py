"""Search within one attachment: where on which page the words stand; the text itself stays here."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhongshu.base.refusals import Refused
from zhongshu.files import derived, leaves
from zhongshu.files.leaves import Source
from zhongshu.files.models import Attachment
from zhongshu.files.reading.letters import FINE, shared_out

LONGEST = 60
MOST = 500
RECOGNITION = "recognition.json"

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Hit:
    """One place where the words stand: a box for each line they run over, in fractions of the page."""

    page: int
    boxes: tuple[Box, ...]


def hits_in(attachment: Attachment, words: str) -> list[Hit] | None:
    """Return the places of the words, first page first; None when the pages have no letters that could be searched."""
    wanted = "".join(_plain(letter) for letter in words[:LONGEST])
    pages = layer_of(attachment)["pages"]
    if not any(page["lines"] for page in pages):
        return None
    found: list[Hit] = []
    for page in pages if wanted else ():
        found += _hits_on(page, wanted)
        if len(found) >= MOST:
            break
    return found[:MOST]


def layer_of(attachment: Attachment) -> dict[str, Any]:
    """Return where the letters of an attachment stand, found once and kept."""
    source = leaves.source_of(attachment)
    if not source:
        return {"pages": []}
    path = _path(attachment.tenant_id, attachment.sm3_digest, source)
    kept: dict[str, Any] | None = derived.read_json(path)
    if kept is None:
        with leaves.one_at_a_time(str(path)):
            if source != Source.OWN or not _kept_already(attachment):
                _write(attachment, source, path)
        kept = derived.read_json(path)
    return kept or {"pages": []}


def _kept_already(attachment: Attachment) -> bool:
    """Take the layer over from the recognition that went before, if there was one: it may hold what OCR read."""
    folder = derived.folder(attachment.tenant_id, attachment.sm3_digest)
    known = (derived.read_json(folder / RECOGNITION) or {}).get("recognition") or {}
    if layer := known.get("layer"):
        keep(attachment.tenant_id, attachment.sm3_digest, layer)
    return bool(layer)


def keep(tenant_id: int, digest: str, layer: dict[str, Any]) -> None:
    """Keep a text layer of `recognize` (as plain data) that was read before, by OCR too, so that it need not be again."""
    pages = [
        {"n": page["number"], "lines": [_line(line) for line in page["lines"] if line["words"]]}
        for page in layer["pages"]
    ]
    derived.write_json(_path(tenant_id, digest, Source.OWN), {"pages": pages})


def _path(tenant_id: int, digest: str, source: Source) -> Path:
    return derived.folder(tenant_id, digest) / f"layer-{source}.json"


def _line(line: dict[str, Any]) -> dict[str, Any]:
    text, lefts, rights = "", [], []
    for word in line["words"]:
        for letter, left, right in shared_out(word["text"], word["box"]["left"], word["box"]["right"]):
            text += letter
            lefts.append(round(left * FINE))
            rights.append(round(right * FINE))
    tops, bottoms = ([word["box"][side] for word in line["words"]] for side in ("top", "bottom"))
    return {"t": text, "l": lefts, "r": rights, "y": [round(min(tops) * FINE), round(max(bottoms) * FINE)]}


def _write(attachment: Attachment, source: Source, path: Path) -> None:
    with leaves.opened_for_drawing(attachment, source) as file:
        try:
            leaves.read("letters", file, path=str(path), laid=source == Source.LAID)
        except Refused as refused:
            if "FILE-08" in refused.codes:
                raise
            derived.write_json(path, {"pages": []})


def _hits_on(page: dict[str, Any], wanted: str) -> list[Hit]:
    """Find the words across the line breaks of a page, whatever the width of their letters."""
    text, places = "", []
    for number, line in enumerate(page["lines"]):
        for at, letter in enumerate(line["t"]):
            plain = _plain(letter)
            text += plain
            places += [(number, at)] * len(plain)
    found: list[Hit] = []
    start = text.find(wanted)
    while start >= 0 and len(found) < MOST:
        found.append(Hit(page["n"], _boxes(page, places[start : start + len(wanted)])))
        start = text.find(wanted, start + len(wanted))
    return found


def _boxes(page: dict[str, Any], places: list[tuple[int, int]]) -> tuple[Box, ...]:
    by_line: dict[int, list[int]] = {}
    for number, at in places:
        by_line.setdefault(number, []).append(at)
    boxes = []
    for number, letters in by_line.items():
        line = page["lines"][number]
        left, right = min(line["l"][at] for at in letters), max(line["r"][at] for at in letters)
        top, bottom = line["y"]
        boxes.append((left / FINE, top / FINE, right / FINE, bottom / FINE))
    return tuple(boxes)


def _plain(letter: str) -> str:
    """Bring full-width letters, capitals and the like to one form; blanks count for nothing."""
    return "".join(unicodedata.normalize("NFKC", letter).casefold().split())
