"""Paper, margins, text area, lines and characters, size, face and colour of running text (clauses 4–6)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from typeset.checking.findings import Finding, figure, not_applicable, told
from typeset.checking.pdf.gaps import faced, sized, step_of
from typeset.checking.pdf.parts import CLOSING, OPENING, Parts
from typeset.checking.pdf.sheets import Line, Sheet, is_black, is_red, middle_of, usual

CLUSTER = 0.6
FULL = 0.85
OUTSIDE = 1.6
SHORT = 1.2
HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
RIM = 2.0


def check(parts: Parts) -> Iterator[Finding]:
    """Yield the findings on the paper and the text area."""
    yield from _paper(parts)
    if not parts.running:
        yield not_applicable("body.text", "正文", "7.3.3", "没有找到三号字的正文")
        return
    yield from _area(parts)
    yield from _grid(parts)
    yield from _text(parts)
    yield from _inside(parts)


def _paper(parts: Parts) -> Iterator[Finding]:
    f = parts.figures
    wrong = [
        sheet
        for sheet in parts.sheets
        if abs(min(sheet.width, sheet.height) - f.width) > 2
        or abs(max(sheet.width, sheet.height) - f.height) > 2
    ]
    shown = (wrong or list(parts.sheets))[0]
    yield told(
        "page.size", "幅面", "GB/T 9704 4.1", not wrong, f"{shown.width:.1f}×{shown.height:.1f} mm",
        f"A4 {f.width:g}×{f.height:g} mm ±2 mm", page=shown.number,
    )  # fmt: skip


def _area(parts: Parts) -> Iterator[Finding]:
    f = parts.figures
    left, right = left_edge(parts), right_edge(parts)
    yield figure("page.margin.left", "订口（左白边）", "GB/T 9704 5.1", left, f.left, 1.0)
    if right:
        yield figure("page.margin.right", "右白边", "GB/T 9704 5.1", f.width - right, f.right, 1.2)
        yield figure("page.area.width", "版心宽", "GB/T 9704 5.1", right - left, f.area_width, 1.2)
    else:
        yield not_applicable("page.area.width", "版心宽", "GB/T 9704 5.1", "没有排满的行")
    ending = {id(line) for line in (*parts.signature, parts.date)}
    firsts = [lines[0] for sheet in parts.main_pages[1:] if (lines := _body_of(parts, sheet))]
    tops = [line.top for line in firsts if id(line) not in ending]
    if tops:
        top = min(tops)
        yield figure("page.margin.top", "天头（上白边）", "GB/T 9704 5.1", top, f.top, 1.0, page=2)
    else:
        yield not_applicable(
            "page.margin.top", "天头（上白边）", "GB/T 9704 5.1", "只有一页，天头由版头的位置检查"
        )
    yield _bottom(parts)


def _bottom(parts: Parts) -> Finding:
    """Judge where full pages end; the first page, whose head may stand off the grid, only by what is too low."""
    f = parts.figures
    code, what, clause = "page.area.bottom", "版心下边缘（末行下缘）", "GB/T 9704 5.1"
    lows = {
        sheet.number: lines[-1].bottom for sheet in parts.main_pages[:-1] if (lines := _body_of(parts, sheet))
    }
    inner = {number: low for number, low in lows.items() if number > 1} or lows
    page = max(inner, key=lambda number: inner[number], default=0)
    alike = [low for low in inner.values() if page and abs(low - inner[page]) < CLUSTER]
    if not page or (inner[page] < f.area_bottom - 1.2 and (page == 1 or len(alike) < 2)):
        return not_applicable(code, what, clause, "没有排满的页")
    lenient = (f.area_bottom - 3.0, f.area_bottom + 1.2)
    return figure(code, what, clause, inner[page], f.area_bottom, 1.2, lenient=lenient, page=page)


def _body_of(parts: Parts, sheet: Sheet) -> list[Line]:
    if sheet.is_landscape or sheet.tables:
        return []
    return [line for line in parts.text_lines(sheet) if parts.is_body(line)]


def left_edge(parts: Parts) -> float:
    """Return where lines begin that are not indented."""
    starts = sorted(line.left for line in parts.body if line.text[0] not in OPENING)
    for start in starts:
        if sum(abs(other - start) < CLUSTER for other in starts) >= 2 or len(starts) < 4:
            return start
    return starts[0] if starts else parts.body[0].left


def right_edge(parts: Parts) -> float:
    """Return where full lines end; 0 where no line is full."""
    f = parts.figures
    full = [line for line in parts.running if line.right > f.left + FULL * f.area_width]
    inner = [line.right for line in full if line.text[-1] not in CLOSING]
    ends = inner if len(inner) > 1 else [line.right for line in full]
    if not ends:
        return 0.0
    best = max(ends, key=lambda end: (sum(abs(other - end) < CLUSTER for other in ends), end))
    return middle_of([end for end in ends if abs(end - best) < CLUSTER])


def _grid(parts: Parts) -> Iterator[Finding]:
    f = parts.figures
    pitch, step = parts.pitch, _step(parts)
    lenient = (28.0 * 25.4 / 72 - 0.02, 29.7 * 25.4 / 72)
    yield figure("page.pitch", "行距", "GB/T 9704 3.2", pitch, f.pitch, 0.12, lenient=lenient)
    fitting = _lines(parts, pitch)
    yield told(
        "page.lines", "每页行数", "GB/T 9704 5.3", fitting == f.lines, f"{fitting} 行", f"{f.lines} 行"
    )
    right = right_edge(parts)
    if step and right:
        chars = round((right - left_edge(parts)) / step)
        is_good = chars == f.chars and abs(step - f.square) <= 0.1
        yield told(
            "page.chars",
            "每行字数",
            "GB/T 9704 5.3",
            is_good,
            f"{chars} 字，字距 {step:.2f} mm",
            f"{f.chars} 字，字距 {f.square:.2f} mm",
        )
    else:
        yield not_applicable("page.chars", "每行字数", "GB/T 9704 5.3", "没有排满的行")


def _step(parts: Parts) -> float:
    """Return the way from character to character, of lines not drawn out to the edge where there are enough."""
    loose = [
        line for line in parts.running if line.right < parts.figures.area_right - SHORT * parts.figures.square
    ]
    return step_of(loose if sum(len(line.steps) for line in loose) >= 10 else parts.running)


def _lines(parts: Parts, pitch: float) -> int:
    """Return how many lines a full page holds; where none is full, how many would fit."""
    f = parts.figures
    full = [lines for sheet in parts.main_pages[1:-1] if (lines := _body_of(parts, sheet))]
    counts = [
        round((lines[-1].foot - lines[0].foot) / pitch) + 1
        for lines in full
        if abs(lines[-1].bottom - f.area_bottom) < 1.2 and abs(lines[0].top - f.top) < 1.0
    ]
    return max(counts) if counts else int((f.area_height - f.square) / pitch + 1.04)


def _text(parts: Parts) -> Iterator[Finding]:
    f = parts.figures
    size = usual(
        (round(glyph.size, 2) for line in parts.running for glyph in line.glyphs if glyph.text > "\u2e7f"),
        digits=2,
    )
    yield sized("body.size", "正文字号", "GB/T 9704 5.2", size, f.body_size, "三号")
    yield faced("body.face", "正文字体", "GB/T 9704 5.2", _body_font(parts), f.body_face)
    other = [line for line in parts.running if not is_black(line.glyphs[0].colour)]
    yield told(
        "body.colour", "正文颜色", "GB/T 9704 5.4", not other, "有彩色文字" if other else "黑色", "黑色"
    )
    yield from _indents(parts)


def _body_font(parts: Parts) -> str:
    """Return the font of most characters; paragraphs that begin as a heading may be set in its face as a whole."""
    edge = left_edge(parts) + 0.8 * parts.figures.square
    counts: dict[bool, dict[str, int]] = {True: {}, False: {}}
    of_heading = False
    for line in parts.running:
        of_heading = HEADING.match(line.text) is not None if line.left > edge else of_heading
        for glyph in line.glyphs:
            if glyph.text > "\u2e7f":
                counts[of_heading][glyph.font] = counts[of_heading].get(glyph.font, 0) + 1
    fonts = counts[False] or counts[True]
    return max(fonts, key=lambda name: fonts[name], default="")


def _indents(parts: Parts) -> Iterator[Finding]:
    """Judge the first lines of paragraphs: those that follow a line which is not full, or begin with a number."""
    f = parts.figures
    left, right = left_edge(parts), right_edge(parts) or f.area_right
    ending = parts.paragraphs_end
    lines = parts.running[: parts.running.index(ending) + 1] if ending in parts.running else parts.running
    notes = {id(line) for line in parts.annex_note}
    starts = [
        two for one, two in pairwise(lines)
        if one.right < right - SHORT * f.square and (one.text[-1] in "。：；" or HEADING.match(one.text))
        and id(two) not in notes
        and two.left < left + 8 * f.square
    ]  # fmt: skip
    wrong = [line for line in starts if not 1.4 < (line.left - left) / f.square < 2.6]
    if not starts:
        yield not_applicable("body.indent", "自然段左空二字", "GB/T 9704 7.3.3", "没有可量的段首")
        return
    shown = wrong[0] if wrong else starts[0]
    is_good = len(wrong) <= len(starts) * 0.1
    yield told(
        "body.indent", "自然段左空二字", "GB/T 9704 7.3.3", is_good, f"{(shown.left - left) / f.square:.1f} 字", "2 字",
        page=shown.page, where=shown.text[:12],
    )  # fmt: skip


def _inside(parts: Parts) -> Iterator[Finding]:
    """Judge whether anything stands outside of the text area on its left or right."""
    f = parts.figures
    for sheet in parts.sheets:
        if sheet.is_landscape:
            continue
        low, high = f.left - OUTSIDE, f.area_right + OUTSIDE
        out = [g for g in sheet.glyphs if g.ink.right > high + RIM or g.ink.left < low - RIM]
        wide = [
            shape for shape in sheet.shapes
            if not is_red(shape.colour) and (shape.box.left < low or shape.box.right > high) and shape.box.width > 1
            and shape.box.width < sheet.width - 1
        ]  # fmt: skip
        if out or wide:
            words = "".join(glyph.text for glyph in out[:8]) or "表格或线条"
            yield told(
                "page.inside", "内容不超出版心", "GB/T 9704 5.1", False, words, "版心以内", page=sheet.number
            )
            return
    yield told("page.inside", "内容不超出版心", "GB/T 9704 5.1", True, "都在版心以内", "版心以内")
