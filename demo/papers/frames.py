"""Title frames that any topic can wear: {事} is one of the topic's matters; the shape decides how the body is built."""

from demo.papers.topics import Pattern
from demo.texts import COUNTY, lines

_EVERY_MONTH = frozenset(range(1, 13))


def _read(line: str) -> tuple[str, Pattern]:
    kind, level, shape, said = line.split(" ", 3)
    title, *rest = said.split("｜")
    reason, ask = (*rest, "", "")[:2]
    return level, Pattern(kind, "normal", _EVERY_MONTH, "", title, reason, ask, shape)


FRAMES: tuple[tuple[str, Pattern], ...] = tuple(_read(line) for line in lines(COUNTY / "frames.txt"))
