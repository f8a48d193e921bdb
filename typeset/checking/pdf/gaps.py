"""Judging what several checks share: empty lines, places in the line, faces."""

from typeset.checking.findings import Finding, Verdict, told
from typeset.checking.pdf.faces import face_of, is_face
from typeset.checking.pdf.figures import Figures
from typeset.checking.pdf.parts import CLOSING, OPENING
from typeset.checking.pdf.sheets import POINT, Line, usual

# An empty line may be read as the bare way or with the leading of the line it stands in.
SLACK = 1.0
PLACE = 1.5


def empty_lines(
    code: str, what: str, clause: str, gap: float, lines: int, figures: Figures, *, page: int = 1, where: str = ""
) -> Finding:  # fmt: skip
    """Judge a gap that shall hold empty lines: both lawful readings pass."""
    low = lines * figures.pitch
    high = low + figures.pitch - figures.square
    is_good = low - SLACK <= gap <= high + SLACK
    return told(
        code, what, clause, is_good, f"{gap:.2f} mm", f"空{'一二'[lines - 1]}行（{low:.1f}～{high:.1f} mm）",
        page=page, where=where,
    )  # fmt: skip


def placed(
    code: str, what: str, clause: str, value: float, wanted: float, tolerance: float, words: str, *, page: int = 1,
    where: str = "",
) -> Finding:  # fmt: skip
    """Judge where something stands, by its distance from where it shall stand."""
    is_good = abs(value - wanted) <= tolerance
    return told(
        code, what, clause, is_good, f"{value:.2f} mm", f"{words}（{wanted:.2f}±{tolerance:g} mm）", page=page,
        where=where,
    )  # fmt: skip


def sized(
    code: str, what: str, clause: str, size: float, wanted: float, words: str, *, page: int = 1
) -> Finding:
    """Judge a size: Word's 16 pt and the standard's own 15.79 pt are the same 三号."""
    tolerance = max(0.45, wanted * 0.028)
    is_good = abs(size - wanted) <= tolerance
    return told(
        code, what, clause, is_good, f"{size:.2f} pt", f"{words}（{wanted:g}±{tolerance:.2g} pt）", page=page
    )


def faced(
    code: str, what: str, clause: str, font: str, wanted: str, *, page: int = 1, where: str = ""
) -> Finding:
    """Judge a face by the font's name; a font that bears none cannot be judged."""
    is_good = is_face(font, wanted)
    measured = f"{face_of(font) or '不明'}（{font or '字体没有名字'}）"
    otherwise: Verdict = "fail" if font else "warn"
    return told(code, what, clause, is_good, measured, wanted, page=page, where=where, otherwise=otherwise)


def font_of(line: Line) -> str:
    """Return the font of most Chinese characters of a line."""
    counts: dict[str, int] = {}
    for glyph in line.glyphs:
        counts[glyph.font] = counts.get(glyph.font, 0) + (1 if glyph.text > "\u2e7f" else 0)
    return max(counts, key=lambda font: counts[font])


def step_of(lines: list[Line]) -> float:
    """Return the usual way from one Chinese character to the next."""
    return usual((step for line in lines for step in line.steps), digits=2)


def begin_of(line: Line, wanted: float) -> float:
    """Return where a line begins; an opening bracket may have its blank half cut off."""
    half = line.glyphs[0].size * POINT / 2 if line.text[0] in OPENING else 0.0
    return min((line.left, line.left + half), key=lambda left: abs(left - wanted))


def middle_of_line(line: Line, wanted: float) -> float:
    """Return the middle of a line; a mark at either end may count with its blank half or without."""
    quarter = line.size * POINT / 4
    shifts = [0.0]
    shifts += [quarter, -quarter] if line.text[0] in OPENING or line.text[-1] in CLOSING else []
    return min((line.middle + shift for shift in shifts), key=lambda middle: abs(middle - wanted))
