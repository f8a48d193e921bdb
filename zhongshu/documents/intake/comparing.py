"""Two papers side by side: their sentences in two columns, with what differs marked in both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhongshu.documents.intake.likeness import plain

MOST_ROWS = 400
SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?|\n")


@dataclass(frozen=True)
class Piece:
    """A run of characters, and whether the other side has it too."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class Pair:
    """A row of the comparison; an empty side has nothing that answers the other."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Say whether the row is the same on both sides."""
        return any(piece.differs for piece in (*self.left, *self.right))


def side_by_side(left: str, right: str) -> list[Pair]:
    """Return the rows of both texts in one order."""
    ours, theirs = _rows(left), _rows(right)
    matcher = SequenceMatcher(
        a=[plain(row) for row in ours], b=[plain(row) for row in theirs], autojunk=False
    )
    found: list[Pair] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            found += [Pair((Piece(x),), (Piece(y),)) for x, y in zip(ours[a:b], theirs[c:d], strict=True)]
        else:
            found += _unequal(ours[a:b], theirs[c:d])
    return found


def _rows(text: str) -> list[str]:
    pieces = (match[0].strip() for match in SENTENCE.finditer(_unwrapped(text)))
    return [piece for piece in pieces if piece][:MOST_ROWS]


def _unwrapped(text: str) -> str:
    """Join lines that a page only broke: one that ends without a stop and is nearly as long as the longest."""
    lines = [line.strip() for line in text.split("\n")]
    width = max((len(line) for line in lines), default=0)
    return "".join(line if 0.8 * width <= len(line) else f"{line}\n" for line in lines)


def _unequal(ours: list[str], theirs: list[str]) -> Iterator[Pair]:
    for at in range(max(len(ours), len(theirs))):
        yield _pair(ours[at] if at < len(ours) else "", theirs[at] if at < len(theirs) else "")


def _pair(left: str, right: str) -> Pair:
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    if not left or not right or matcher.quick_ratio() < 0.4:
        return Pair(_whole(left), _whole(right))
    ours: list[Piece] = []
    theirs: list[Piece] = []
    for what, a, b, c, d in matcher.get_opcodes():
        ours += [Piece(left[a:b], what != "equal")] if b > a else []
        theirs += [Piece(right[c:d], what != "equal")] if d > c else []
    return Pair(tuple(ours), tuple(theirs))


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, differs=True),) if text else ()
