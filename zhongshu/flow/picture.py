"""The picture of where a document stands: SVG made on the server, a list for phones, and the same in words."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from zhongshu.base import clock
from zhongshu.flow.standing import AHEAD, DONE, NOW, SKIPPED, Part, Place, Standing

Y, R = 13, 8
WIDE, NARROW, PANE = 96, 66, 726  # beside the paper on a screen of 1440 the words keep their size
INK, RED, LINE, META = "#3d4653", "#9b1c20", "#c3c8d0", "#667080"
LIGHTS = {"g": "#2c8a57", "y": "#c07d0a", "r": "#d92b2b", "done": META, "paused": META, "": LINE}
WORDS = {DONE: "已办", NOW: "正在办", AHEAD: "未到", SKIPPED: "没有经过"}


def svg(standing: Standing, *, label: str = "流程") -> SafeString:
    """Draw the way: filled is done, the red ring is now, hollow is ahead."""
    if not standing.places:
        return mark_safe("")
    grid = Grid.fitting(len(standing.places))
    width = grid.column * len(standing.places)
    body = "".join(_column(index, place, grid) for index, place in enumerate(standing.places))
    return mark_safe(
        f'<svg class="zs-flow-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {grid.height}"'
        f' width="{width}" height="{grid.height}" role="img"'
        f' aria-label="{escape(label)}：{escape(words(standing))}"'
        f' font-size="12" text-anchor="middle">{body}</svg>'
    )


@dataclass(frozen=True)
class Grid:
    """How wide a place is drawn; narrow ones write who and when below one another."""

    column: int

    @classmethod
    def fitting(cls, places: int) -> "Grid":
        return cls(max(NARROW, min(WIDE, PANE // places)))

    @property
    def chars(self) -> int:
        return self.column // 12

    @property
    def is_narrow(self) -> bool:
        return self.column < WIDE

    @property
    def height(self) -> int:
        return 76 if self.is_narrow else 62


def _column(index: int, place: Place, grid: Grid) -> str:
    x = grid.column * index + grid.column // 2
    reached = place.state in (DONE, NOW)
    line = ""
    if index:
        colour = INK if reached else LINE
        line = f'<path d="M{x - grid.column + R + 2} {Y}H{x - R - 2}" stroke="{colour}" stroke-width="2"/>'
    return f"<g>{_title(place)}{line}{_circle(x, place)}{_name(x, place, grid)}{_below(x, place, grid)}</g>"


def _title(place: Place) -> str:
    return f"<title>{escape(in_words(place))}</title>"


def _circle(x: int, place: Place) -> str:
    if place.state == DONE:
        tick = f'<path d="M{x - 3.5} {Y}l2.6 2.6 4.6-5" fill="none" stroke="#fff" stroke-width="1.8"/>'
        return f'<circle cx="{x}" cy="{Y}" r="{R}" fill="{INK}"/>{tick}'
    if place.state == NOW:
        inside = f'<circle cx="{x}" cy="{Y}" r="4" fill="{RED}"/>'
        return f'<circle cx="{x}" cy="{Y}" r="{R - 1}" fill="#fff" stroke="{RED}" stroke-width="2"/>{inside}'
    dash = ' stroke-dasharray="3 2"' if place.state == SKIPPED else ""
    return f'<circle cx="{x}" cy="{Y}" r="{R - 1}" fill="#fff" stroke="{LINE}" stroke-width="2"{dash}/>'


def _name(x: int, place: Place, grid: Grid) -> str:
    fill, weight = (RED, ' font-weight="700"') if place.state == NOW else (INK, ' font-weight="500"')
    name = escape(_cut(place.name, grid.column // 13))
    return f'<text x="{x}" y="39" font-size="13" fill="{fill}"{weight}>{name}</text>'


def _below(x: int, place: Place, grid: Grid) -> str:
    """Under the name: small lights and 1/4 while several work, else who and when."""
    if place.is_many and place.state == NOW:
        return _lights(x, place, most=6 if grid.column > 80 else 3)
    lines = [place.who, _then(place)] if grid.is_narrow else [_under(place)]
    return "".join(
        f'<text x="{x}" y="{y}" fill="{META}">{escape(_cut(text, grid.chars))}</text>'
        for y, text in zip((56, 71), lines, strict=False)
        if text
    )


def _under(place: Place) -> str:
    return f"{place.who} {_then(place)}".strip()


def _then(place: Place) -> str:
    """When it was done, or how long there is left."""
    if place.state == DONE and place.at and " " not in place.who:
        return _when(place)
    return place.light.words if place.state == NOW else ""


def _when(place: Place) -> str:
    if place.at is None:
        return ""
    at = clock.local(place.at)
    return f"{at:%H:%M}" if at.date() == clock.today() else f"{at:%m-%d}"


def _lights(x: int, place: Place, *, most: int) -> str:
    shown = place.parts[:most]
    left = x - (len(shown) * 11 + 20) // 2
    marks = "".join(_mark(left + 11 * n + 5, part) for n, part in enumerate(shown))
    count = f"{place.done_count}/{len(place.parts)}"
    at = left + 11 * len(shown) + 12
    return f'{marks}<text x="{at}" y="56" fill="{META}">{count}</text>'


def _mark(x: int, part: Part) -> str:
    """Shape and colour together: ● ◆ ■ as in the lists, a hollow ring for done."""
    y, colour = 52, LIGHTS[part.light.colour]
    if part.is_done or part.light.colour in ("done", "paused", ""):
        return f'<circle cx="{x}" cy="{y}" r="3.5" fill="#fff" stroke="{colour}" stroke-width="1.5"/>'
    if part.light.colour == "g":
        return f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>'
    if part.light.colour == "y":
        return f'<path d="M{x} {y - 5}l5 5-5 5-5-5z" fill="{colour}"/>'
    return f'<path d="M{x - 4} {y - 4}h8v8h-8z" fill="{colour}"/>'


def _cut(text: str, most: int) -> str:
    """Shorten to so many Chinese characters; two Latin ones count as one."""
    size, kept = 0.0, ""
    for char in text:
        size += 0.55 if ord(char) < 0x2E80 else 1
        if size > most:
            return f"{kept}…"
        kept += char
    return text


# In words


def words(standing: Standing) -> str:
    """Say the whole way in one sentence, for who hears it."""
    said = "；".join(in_words(place) for place in standing.places)
    if standing.is_stopped:
        return f"{said}；已终止"
    return said


def in_words(place: Place) -> str:
    """Say one place in words: 承办，正在办，4家中1家办完：……"""
    head = f"{place.name}，{WORDS[place.state]}"
    if place.is_many and place.state in (NOW, DONE):
        parts = "、".join(f"{part.name}{part.light.words}" for part in place.parts)
        return f"{head}，{len(place.parts)}家中{place.done_count}家办完：{parts}"
    rest = [place.who, _when(place) if place.state == DONE else place.light.words]
    return "，".join([head, *[each for each in rest if each]])


# For phones


def listing(standing: Standing) -> SafeString:
    """Write the way as a vertical list, the parts of a parallel step one below the other."""
    items = "".join(_item(place) for place in standing.places)
    return mark_safe(f'<ol class="zs-flow-list">{items}</ol>')


def _item(place: Place) -> str:
    here = ' aria-current="step"' if place.state == NOW else ""
    inner = ""
    if place.is_many and place.state == NOW:
        inner = "<ul>" + "".join(_part_item(part) for part in place.parts) + "</ul>"
    under = f"<span>{escape(_under(place))}</span>" if not inner and _under(place) else ""
    said = f'<span class="visually-hidden">{WORDS[place.state]}</span>'
    return (
        f'<li class="is-{place.state}"{here}><i aria-hidden="true"></i><b>{escape(place.name)}</b>'
        f"{said}{under}{inner}</li>"
    )


def _part_item(part: Part) -> str:
    mark = f'<span class="zs-light is-{part.light.colour or "paused"}"><i aria-hidden="true"></i>'
    duty = f" {part.duty}" if part.duty else ""
    return f"<li>{escape(part.name)}{escape(duty)} {mark}{escape(part.light.words)}</span></li>"
