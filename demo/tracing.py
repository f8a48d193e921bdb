"""The middle lines of a character: drawn small with a font of the machine, thinned, and followed like a pen would."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = 44
PAD = 4
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
SIMPLIFIED = 2
Line = list[tuple[float, float]]
Cell = tuple[int, int]
_AROUND = ((0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1))


@cache
def font(size: int = SIZE) -> ImageFont.FreeTypeFont | None:
    """The first Chinese font the machine has, or none."""
    found = next((path for path in FONTS if Path(path).exists()), None)
    return ImageFont.truetype(found, size, index=SIMPLIFIED if "Noto" in found else 0) if found else None


@cache
def lines_of(char: str) -> tuple[Line, ...]:
    """Return the lines of a character in a square of side 1, in the order a hand would write them."""
    if font() is None:
        return ()
    cells = _thinned(_drawn(char))
    found = [_simplified(one) for one in _joined_at_crossings(_followed(cells)) if len(one) > 3]
    scaled = [[((x - PAD) / SIZE, (y - PAD) / SIZE) for x, y in one] for one in found]
    return tuple(sorted((_as_written(one) for one in scaled), key=_turn))


def _drawn(char: str) -> set[Cell]:
    side = SIZE + 2 * PAD
    image = Image.new("L", (side, side), 0)
    face = font()
    ImageDraw.Draw(image).text((PAD, PAD - SIZE // 8), char, fill=255, font=face)
    data = image.tobytes()
    return {(at % side, at // side) for at, value in enumerate(data) if value > 110}


def _thinned(cells: set[Cell]) -> set[Cell]:
    """Zhang and Suen 1984: peel the edge from two sides in turn until only the middle is left."""
    changed = True
    while changed:
        changed = False
        for side in (0, 1):
            peeled = {cell for cell in cells if _may_go(cell, cells, side)}
            cells = cells - peeled
            changed = changed or bool(peeled)
    return cells


def _may_go(cell: Cell, cells: set[Cell], side: int) -> bool:
    x, y = cell
    near = [(x + dx, y + dy) in cells for dx, dy in _AROUND]
    if not 2 <= sum(near) <= 6:
        return False
    if sum(not a and b for a, b in zip(near, [*near[1:], near[0]], strict=True)) != 1:
        return False
    north, east, south, west = near[0], near[2], near[4], near[6]
    if side == 0:
        return not (north and east and south) and not (east and south and west)
    return not (north and east and west) and not (north and south and west)


def _neighbours(cell: Cell, cells: set[Cell]) -> list[Cell]:
    """Straight neighbours first; a diagonal one only where no straight one leads there."""
    x, y = cell
    straight = [(x + dx, y + dy) for dx, dy in _AROUND[::2] if (x + dx, y + dy) in cells]
    slant = [
        (x + dx, y + dy)
        for dx, dy in _AROUND[1::2]
        if (x + dx, y + dy) in cells and (x + dx, y) not in cells and (x, y + dy) not in cells
    ]
    return straight + slant


def _followed(cells: set[Cell]) -> list[list[Cell]]:
    """Follow the lines from ends and crossings; what is left are rings."""
    links = {cell: _neighbours(cell, cells) for cell in cells}
    nodes = {cell for cell, near in links.items() if len(near) != 2}
    walked: set[frozenset[Cell]] = set()
    found = [path for node in sorted(nodes) for path in _paths_from(node, links, nodes, walked)]
    for cell in sorted(cells):
        found += list(_paths_from(cell, links, {cell}, walked)) if cell not in nodes else []
    return found


def _paths_from(
    node: Cell, links: dict[Cell, list[Cell]], nodes: set[Cell], walked: set[frozenset[Cell]]
) -> Iterator[list[Cell]]:
    for first in links[node]:
        if frozenset((node, first)) in walked:
            continue
        path = [node, first]
        walked.add(frozenset((node, first)))
        while path[-1] not in nodes:
            onward = [cell for cell in links[path[-1]] if frozenset((path[-1], cell)) not in walked]
            if not onward:
                break
            walked.add(frozenset((path[-1], onward[0])))
            path.append(onward[0])
        yield path


def _joined_at_crossings(paths: list[list[Cell]]) -> list[list[Cell]]:
    """Go straight on at a crossing: two lines that meet there without a turn are one stroke."""
    joined = True
    while joined:
        joined = False
        best = _straightest(paths)
        if best is not None:
            first, second, whole = best
            paths = [path for at, path in enumerate(paths) if at not in (first, second)] + [whole]
            joined = True
    return paths


def _straightest(paths: list[list[Cell]]) -> tuple[int, int, list[Cell]] | None:
    best: tuple[float, int, int, list[Cell]] | None = None
    for i, first in enumerate(paths):
        for j in range(i + 1, len(paths)):
            for whole, bend in _ways_to_join(first, paths[j]):
                if bend > 0.72 and (best is None or bend > best[0]):
                    best = bend, i, j, whole
    return best[1:] if best else None


def _ways_to_join(a: list[Cell], b: list[Cell]) -> Iterator[tuple[list[Cell], float]]:
    for one in (a, a[::-1]):
        for other in (b, b[::-1]):
            if abs(one[-1][0] - other[0][0]) <= 1 and abs(one[-1][1] - other[0][1]) <= 1:
                yield one + other[1:], _bend(one, other)


def _bend(one: list[Cell], other: list[Cell]) -> float:
    """The cosine of the turn between the end of one line and the beginning of another."""
    back, ahead = one[max(-8, -len(one))], other[min(7, len(other) - 1)]
    here = one[-1]
    ax, ay, bx, by = here[0] - back[0], here[1] - back[1], ahead[0] - here[0], ahead[1] - here[1]
    length = float(((ax * ax + ay * ay) * (bx * bx + by * by)) ** 0.5)
    return (ax * bx + ay * by) / length if length else -1.0


def _simplified(path: list[Cell]) -> list[Cell]:
    """Douglas and Peucker: keep the points that matter."""
    if len(path) < 3:
        return path
    (ax, ay), (bx, by) = path[0], path[-1]
    length = float(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5) or 1.0
    offs = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length for x, y in path]
    far = max(range(len(path)), key=offs.__getitem__)
    if offs[far] < 1.3 and path[0] != path[-1]:
        return [path[0], path[-1]]
    if far in (0, len(path) - 1):
        far = len(path) // 2
    return _simplified(path[: far + 1])[:-1] + _simplified(path[far:])


def _as_written(one: Line) -> Line:
    """From left to right, or from the top down."""
    (ax, ay), (bx, by) = one[0], one[-1]
    return one[::-1] if (bx - ax) + 1.3 * (by - ay) < 0 else one


def _turn(one: Line) -> float:
    """A hand begins at the upper left and ends at the lower right."""
    xs, ys = [x for x, _ in one], [y for _, y in one]
    return min(ys) * 1.0 + min(xs) * 0.75 + (max(ys) - min(ys)) * 0.1
