"""What a PDF says besides its pages: title and maker, bookmarks, attached files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from typeset.writing.ofd.interpreting import MM
from typeset.writing.ofd.objects import Ref, Stream, numbers
from typeset.writing.ofd.papers import Paper

MAX_BOOKMARKS = 5_000
MAX_ATTACHED = 200
MAX_DEPTH = 10
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d))?")


@dataclass(frozen=True, slots=True)
class About:
    """The title and the like; days as YYYY-MM-DD, empty when not given."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = ""
    created: str = ""
    changed: str = ""


@dataclass(slots=True)
class Bookmark:
    """A heading to go to: page from 0, height in millimetres from its top."""

    title: str
    page: int
    top: float
    below: list["Bookmark"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that travels with the document."""

    name: str
    data: bytes
    created: str = ""


def about(paper: Paper) -> About:
    """Return the title and the like."""
    info = {key: paper.get(value) for key, value in paper.dictionary(paper.trailer.get("Info")).items()}
    words = {key: text_of(value) for key, value in info.items()}
    keywords = tuple(filter(None, (word.strip() for word in re.split("[,，;；]", words.get("Keywords", "")))))
    return About(
        words.get("Title", ""), words.get("Author", ""), words.get("Subject", ""), keywords, words.get("Creator", ""),
        _day(words.get("CreationDate", "")), _day(words.get("ModDate", "")),
    )  # fmt: skip


def text_of(value: Any) -> str:
    """Return a text string (ISO 32000-1, 7.9.2.2)."""
    if not isinstance(value, bytes):
        return ""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    return value.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def bookmarks(paper: Paper, pages: list[dict[str, Any]]) -> list[Bookmark]:
    """Return the outline as a tree."""
    order = {page["#"]: place for place, page in enumerate(pages)}
    first = paper.dictionary(paper.catalog.get("Outlines")).get("First")
    return list(_bookmarks(paper, first, pages, order, set(), 0))


def _bookmarks(
    paper: Paper, reference: Any, pages: list[dict[str, Any]], order: dict[int, int], seen: set[int], depth: int
) -> Iterator[Bookmark]:  # fmt: skip
    while isinstance(reference, Ref) and reference.number not in seen and len(seen) < MAX_BOOKMARKS:
        seen.add(reference.number)
        found = paper.dictionary(reference)
        target = found.get("Dest") or paper.dictionary(found.get("A")).get("D")
        place, top = _place(paper, target, pages, order)
        below = (
            _bookmarks(paper, found.get("First"), pages, order, seen, depth + 1) if depth < MAX_DEPTH else ()
        )
        title = text_of(paper.get(found.get("Title"))).strip()
        yield Bookmark(title or "（无题）", place, top, list(below))
        reference = found.get("Next")


def _place(
    paper: Paper, target: Any, pages: list[dict[str, Any]], order: dict[int, int]
) -> tuple[int, float]:
    found = paper.get(target)
    if isinstance(found, (bytes, str)):
        found = _named(paper, found)
    found = paper.get(found.get("D")) if isinstance(found, dict) else found
    if not isinstance(found, list) or not found or not isinstance(found[0], Ref):
        return 0, 0.0
    place = order.get(found[0].number, 0)
    box = numbers(paper.array(pages[place].get("MediaBox"))) or [0.0, 0.0, 0.0, 0.0]
    above = numbers(found[3:4])
    return place, max(0.0, (box[3] - above[0]) * MM) if above else 0.0


def _named(paper: Paper, name: bytes | str) -> Any:
    names = paper.dictionary(paper.catalog.get("Names"))
    listed = dict(_leaves(paper, names.get("Dests"), 0))
    key = name if isinstance(name, bytes) else name.encode()
    return paper.get(
        listed.get(key) or paper.dictionary(paper.catalog.get("Dests")).get(key.decode("latin-1"))
    )


def attached(paper: Paper) -> list[Attached]:
    """Return the files that travel with the PDF."""
    names = paper.dictionary(paper.catalog.get("Names"))
    found: list[Attached] = []
    for key, value in _leaves(paper, names.get("EmbeddedFiles"), 0):
        described = paper.dictionary(value)
        files = paper.dictionary(described.get("EF"))
        stream = paper.get(files.get("UF") or files.get("F"))
        if isinstance(stream, Stream) and len(found) < MAX_ATTACHED:
            name = (
                text_of(paper.get(described.get("UF")))
                or text_of(paper.get(described.get("F")))
                or text_of(key)
            )
            day = _day(text_of(paper.get(paper.dictionary(stream.info.get("Params")).get("ModDate"))))
            found.append(Attached(name, paper.unpacked(stream), day))
    return found


def _leaves(paper: Paper, node: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of a name tree (ISO 32000-1, 7.9.6)."""
    found = paper.dictionary(node)
    listed = paper.get(found.get("Names")) or []
    yield from zip(listed[::2], listed[1::2], strict=False)
    for kid in paper.get(found.get("Kids")) or () if depth < MAX_DEPTH else ():
        yield from _leaves(paper, kid, depth + 1)


def _day(written: str) -> str:
    found = _DATE.match(written)
    if not found:
        return ""
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}"
