"""The pages of an attachment as they can be drawn: its own, those LibreOffice made of it, or sheets laid out here."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhongshu.base.refusals import NotFoundHere, Refused
from zhongshu.files import blobs, derived, office, sandbox
from zhongshu.files.models import Attachment
from zhongshu.files.reading.troubles import Trouble

AT_ONCE = 4
UNDRAWABLE = "undrawable"


class Source(StrEnum):
    """Where pages come from; also the name of the folder they are kept in."""

    OWN = "own"
    CONVERTED = "converted"
    LAID = "laid"
    NONE = ""


def source_of(attachment: Attachment) -> Source:
    """Return where the pages of an attachment come from now."""
    showing = attachment.file_type.showing
    if showing == "pages" and not _is_undrawable(attachment):
        return Source.OWN
    if office.kept(attachment):
        return Source.CONVERTED
    return Source.LAID if showing else Source.NONE


def count(attachment: Attachment) -> int:
    """Return how many pages can be drawn; 0 when none can."""
    match source_of(attachment):
        case Source.OWN:
            return attachment.page_count
        case Source.CONVERTED:
            return office.kept(attachment)
        case Source.LAID:
            return _laid_count(attachment)
    return 0


def drawn(attachment: Attachment, number: int, width: int) -> Path:
    """Return the unmarked page, drawn now with its neighbours if nobody has seen it yet."""
    source = source_of(attachment)
    if not source or not 1 <= number <= count(attachment):
        raise NotFoundHere
    folder = derived.folder(attachment.tenant_id, attachment.sm3_digest, f"{source}-{width}")
    page = folder / f"page-{number}.png"
    if not page.exists():
        with one_at_a_time(f"{folder}:{(number - 1) // AT_ONCE}"):
            if not page.exists():
                _draw(attachment, source, number, width, folder)
    if not page.exists():
        raise NotFoundHere
    return page


@contextmanager
def opened(attachment: Attachment) -> Iterator[Any]:
    """Open the bytes of an attachment; refuse in words if they are gone."""
    try:
        file = blobs.opened(attachment.tenant_id, attachment.sm3_digest)
    except FileNotFoundError as error:
        raise Refused.one("FILE-22", "文件的内容在存储中找不到了，已不能打开。请告知系统管理员") from error
    with file:
        yield file


@contextmanager
def opened_for_drawing(attachment: Attachment, source: Source) -> Iterator[Any]:
    """Open what the pages are drawn from: the file, or the PDF made of it."""
    if source == Source.CONVERTED:
        with office.pdf_of(attachment).open("rb") as file:
            yield file
    else:
        with opened(attachment) as file:
            yield file


def read(task: str, file: Any, **given: Any) -> dict[str, Any]:
    """Do one task in the limited process, and refuse in words what it cannot."""
    try:
        return sandbox.read(task, file, **given)
    except sandbox.Busy as error:
        raise Refused.one("FILE-08", "正在打开的文件太多，请过一分钟再看") from error
    except Trouble as trouble:
        raise Refused.one("FILE-05", "这份文件打不开，可能已损坏，请下载后查看") from trouble


def _draw(attachment: Attachment, source: Source, number: int, width: int, folder: Path) -> None:
    first = (number - 1) // AT_ONCE * AT_ONCE + 1
    numbers = [n for n in range(first, first + AT_ONCE) if n <= count(attachment)]
    given = {"numbers": numbers, "width": width, "folder": str(folder), "laid": source == Source.LAID}
    with opened_for_drawing(attachment, source) as file:
        try:
            read("draw", file, **given)
        except Refused as refused:
            if attachment.type_code == "ofd" and source == Source.OWN and "FILE-05" in refused.codes:
                # From now on its words stand for it.
                derived.write(_flag(attachment), b"")
            raise


def _laid_count(attachment: Attachment) -> int:
    path = derived.folder(attachment.tenant_id, attachment.sm3_digest) / "sheets.json"
    kept = derived.read_json(path)
    if kept is None:
        with one_at_a_time(str(path)), opened(attachment) as file:
            kept = read("sheets", file)
            derived.write_json(path, kept)
    return int(kept["pages"])


def _flag(attachment: Attachment) -> Path:
    return derived.folder(attachment.tenant_id, attachment.sm3_digest) / UNDRAWABLE


def _is_undrawable(attachment: Attachment) -> bool:
    return attachment.type_code == "ofd" and _flag(attachment).exists()


_gates: dict[str, threading.Lock] = {}
_door = threading.Lock()


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let one thread of this process derive a thing while the others wait for it."""
    with _door:
        gate = _gates.setdefault(name, threading.Lock())
    with gate:
        yield
    with _door:
        if not gate.locked():
            _gates.pop(name, None)
