"""Breaks a title at word sense into a trapezoid or a diamond, with no lonely character (7.3.1)."""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rjieba

from typeset.layout.unbroken import NUMBERS

# A word that may not begin a line, and one that may not end one.
NOT_FIRST = re.compile(r"^(?:的|和|与|及|或|等|了|之|[，。、；：！？）》”’】〕…])")
NOT_LAST = re.compile(r"(?:关于|和|与|及|或|在|对|为|向|于|[（《“‘【〔])$")
DOC_TYPES = re.compile(
    r"(?:的)?(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|复函|函|纪要)$"
)
FEWEST = 4
# How bad it is to part two words, by the first letters of their kinds (n noun, v verb, a b adjective, m number, q unit …).
TORN = {"nn": 8.0, "vn": 7.0, "vv": 4.0, "nv": 3.0, "mq": 20.0, "mn": 14.0, "qn": 8.0, "nf": 12.0, "nm": 3.0}
MODIFIERS = "abdpruzch"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a title; `torn` is how bad it is to end a line after it."""

    text: str
    kind: str
    torn: float = 0.0


def width_of(text: str) -> float:
    """Return the width of a text in characters: a half-width sign is half a character."""
    return sum(0.5 if ord(each) < 0x2E80 and each not in "“”‘’—…·" else 1 for each in text)


def title_lines(title: str, room: float) -> list[str]:
    """Return the lines of a title no wider than `room` characters each; a line feed or wide blank is a break of its own."""
    parts = re.split("[\n　]", title.strip())
    if len(parts) > 1:
        return [line for part in parts for line in title_lines(part, room)]
    title = title.strip()
    if width_of(title) <= room:
        return [title] if title else []
    words = _words(title)
    for count in range(2, len(words) + 1):
        ways = list(_ways(words, count, room))
        if ways:
            best = min(ways, key=_cost)
            return ["".join(word.text for word in line).strip() for line in best]
    return [title]


def _words(title: str) -> list[Word]:
    """Cut into words, keeping together what is one thing, and marks with the word they belong to."""
    found: list[tuple[str, str]] = []
    at = 0
    for match in re.finditer(rf"《[^《》]{{1,14}}》|“[^“”]{{1,8}}”|（[^（）]{{1,12}}）|{NUMBERS}", title):
        found += rjieba.tag(title[at : match.start()])
        found.append((match[0], "n" if match[0][0] in "《“（" else "m"))
        at = match.end()
    found += rjieba.tag(title[at:])
    joined: list[tuple[str, str]] = []
    for text, kind in found:
        stays = joined and (
            text.isspace() or NOT_FIRST.match(text) or re.search(r"[（《“‘【〔]$", joined[-1][0])
        )
        if stays:
            joined[-1] = (joined[-1][0] + text, "x" if NOT_FIRST.match(text) or text.isspace() else kind)
        else:
            joined.append((text, kind))
    return _with_costs(_with_doc_type(joined))


def _with_doc_type(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep 的通知 in one piece, so that no line is the 文种 alone with its 的 left behind."""
    for index in range(len(words) - 1, max(0, len(words) - 3), -1):
        tail = "".join(text for text, _kind in words[index:])
        if DOC_TYPES.fullmatch(tail) and words[index - 1][0].endswith("的"):
            return [*words[: index - 1], (words[index - 1][0] + tail, "n")]
    return words


def _with_costs(words: Sequence[tuple[str, str]]) -> list[Word]:
    made: list[Word] = []
    quoted = 0
    for (text, kind), (following, next_kind) in itertools.pairwise([*words, ("", "x")]):
        quoted += text.count("《") - text.count("》")
        torn = _torn(text, kind, following, next_kind) + (10 if quoted > 0 else 0)
        made.append(Word(text, kind, torn))
    return made


def _torn(text: str, kind: str, following: str, next_kind: str) -> float:
    """Return how bad it is to end a line between two words."""
    if text[-1].isspace():
        return -12
    if following.startswith(("关于", "转发", "印发", "批转")) or following == "对":
        return -6 if kind.startswith("n") else 0
    if NOT_LAST.search(text):
        return 14
    if text[-1] in "，、》”）的和与及":
        return 3 if text[-1] in "和与及、" else 0
    if kind[0] in MODIFIERS:
        return 12
    return TORN.get(kind[0] + next_kind[0], 4.0)


def _ways(words: Sequence[Word], count: int, room: float) -> Iterator[tuple[tuple[Word, ...], ...]]:
    """Yield the ways to lay the words on so many lines, near the even width only: others are never the best."""
    widths = [0.0]
    for word in words:
        widths.append(widths[-1] + width_of(word.text))
    total = widths[-1]
    slack = max(total / count * 0.6, 4)

    @functools.cache
    def rest(at: int, left: int) -> tuple[tuple[int, ...], ...]:
        if left == 1:
            return ((len(words),),) if widths[-1] - widths[at] <= room else ()
        found: list[tuple[int, ...]] = []
        for end in range(at + 1, len(words)):
            wide = widths[end] - widths[at]
            if wide > room:
                break
            if abs(wide - total / count) <= slack:
                found += [(end, *more) for more in rest(end, left - 1)]
        return tuple(found[:2000])

    for ends in rest(0, count):
        starts = (0, *ends[:-1])
        yield tuple(tuple(words[start:end]) for start, end in zip(starts, ends, strict=True))


def _cost(lines: tuple[tuple[Word, ...], ...]) -> float:
    """Return how bad a way is: its shape, lonely ends, words torn from their partners, unevenness."""
    widths = [width_of("".join(word.text for word in line).rstrip()) for line in lines]
    steps = list(itertools.pairwise(widths))
    grows, shrinks = all(one < two for one, two in steps), all(one > two for one, two in steps)
    bulges = len(widths) > 2 and max(widths[1:-1]) >= max(widths[0], widths[-1])
    cost = 0.0 if grows or shrinks or bulges else 30.0
    if max(widths) - min(widths) < 1:
        cost += 25
    cost += 40 * sum(wide < FEWEST for wide in widths)
    cost += sum(line[-1].torn for line in lines[:-1])
    return cost + (max(widths) - min(widths)) * 0.7
