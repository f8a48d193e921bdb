"""Paper, margins, grid and page numbers (clauses 4, 5, 7.5)."""

import re

from typeset.checking.docx.paper import BASE, POINT, Paper, solid
from typeset.checking.findings import Finding, figure, not_applicable, told
from typeset.reading.wordml import Para, Section

GRID = "GB/T 9704 5.2.3"
FOLIO = "GB/T 9704 7.5"
# The pitches found in use: 28.95 (Word's grid), 28.99, 29.62 (the one that fills the area); 28–30 are common.
PITCHES = (28.95, 28.99, 29.62)
NEAR = 0.15
LENIENT = (27.9, 30.1)


def check(paper: Paper) -> list[Finding]:
    """Measure every section's page, the grid, and the running feet."""
    found: list[Finding] = []
    seen: set[tuple[float, ...]] = set()
    for section in paper.file.sections:
        key = tuple(
            round(each, 1)
            for each in (
                section.width,
                section.height,
                section.top,
                section.left,
                section.right,
                section.bottom,
            )
        )
        if key not in seen:
            seen.add(key)
            found += _page(paper, section)
    return found + _grid(paper) + _folios(paper)


def _page(paper: Paper, section: Section) -> list[Finding]:
    profile = paper.profile
    lying = section.width > section.height
    width, height = sorted((section.width, section.height))
    size = abs(width - profile.page_width) <= 2 and abs(height - profile.page_height) <= 2
    where = "横排的节" if lying else ""
    made = [
        told(
            "page.size", "幅面 A4", "GB/T 9704 4", size, f"{section.width:.1f}×{section.height:.1f} mm",
            f"{profile.page_width:g}×{profile.page_height:g} mm ±2 mm", where=where,
        )
    ]  # fmt: skip
    if lying:
        return made
    left = section.left + section.gutter
    right, bottom = (
        profile.page_width - profile.left - profile.width,
        profile.page_height - profile.top - profile.height,
    )
    # A pitch wider than the grid's lays half of it over the first line: the margin gives that room back.
    lead = max(0.0, (paper.profile_pitch - 16) / 2 * POINT)
    strict = abs(section.top - profile.top) > 1 >= abs(section.top + lead - profile.top)
    top, foot = (section.top + lead, section.bottom + lead) if strict else (section.top, section.bottom)
    return [
        *made,
        figure("page.margin.top", "天头（上白边）", "GB/T 9704 5.2.1", top, profile.top, 1),
        figure("page.margin.left", "订口（左白边）", "GB/T 9704 5.2.1", left, profile.left, 1),
        figure("page.area.width", "版心宽", "GB/T 9704 5.2.1", section.text_width, profile.width, 1),
        figure("page.margin.right", "切口（右白边）", "GB/T 9704 5.2.1", section.right, right, 1),
        figure("page.margin.bottom", "地脚（下白边）", "GB/T 9704 5.2.1", foot, bottom, 1),
        told(
            "page.columns", "通栏", "GB/T 9704 5.2.1", section.columns == 1, f"{section.columns} 栏", "1 栏"
        ),
    ]


def _grid(paper: Paper) -> list[Finding]:
    section = next(
        (each for each in paper.file.sections if each.width <= each.height), paper.file.sections[0]
    )
    pitch = paper.profile_pitch
    own = paper.profile.pitch / POINT
    near = min((*PITCHES, own), key=lambda each: abs(each - pitch))
    lines = int(paper.profile.height / POINT / pitch + 0.05) if pitch else 0
    made = [
        figure("grid.pitch", "行距", GRID, pitch, near, NEAR, unit="磅", lenient=LENIENT),
        figure("grid.lines", "每面行数", GRID, lines, paper.profile.lines, 0, unit="行", lenient=(21, 23)),
    ]
    chars = _chars(paper, section)
    return [
        *made,
        figure("grid.chars", "每行字数", GRID, chars, paper.profile.chars, 0, unit="字", lenient=(27, 29)),
    ]


def _chars(paper: Paper, section: Section) -> float:
    """Return how many characters of the text fit on a line."""
    items = paper.texts()
    size = next((item.para.size for item in items if item.para.size), paper.file.base_size)
    spacing = next((piece.spacing for item in items for piece in solid(item.para)), 0.0)
    gridded = section.grid in ("linesAndChars", "snapToChars")
    advance = (
        size
        + spacing
        + (section.char_space * size / paper.file.base_size if gridded and section.char_space else 0.0)
    )
    return float(int(section.text_width / POINT / advance + 0.02)) if advance > 0 else 0.0


def _folios(paper: Paper) -> list[Finding]:
    section = paper.file.sections[0]
    feet = {
        which: [para for para in paras if para.has_page_number]
        for each in paper.file.sections
        for which, paras in each.footers.items()
    }
    numbered = {which: paras[0] for which, paras in feet.items() if paras}
    if not numbered:
        text = "页脚里没有页码"
        return [told("folio.present", "页码", FOLIO, False, text, "页脚有自动页码")]
    para = numbered.get("default") or next(iter(numbered.values()))
    shown = re.sub(r"\d+", "1", para.text.strip())
    faces = solid(para)
    size = faces[0].size if faces else 0.0
    face = (faces[0].latin or faces[0].east) if faces else ""
    song = all(paper.is_face(piece.latin or piece.east, "宋体") for piece in faces)
    made = [
        told("folio.present", "页码", FOLIO, True, "有", "页脚有自动页码"),
        told(
            "folio.form",
            "页码左右各一条一字线",
            FOLIO,
            bool(re.fullmatch(r"[—－]\s?1\s?[—－]", shown)),
            shown,
            "— 1 —",
        ),
        figure("folio.size", "页码 4 号", FOLIO, size, 14, 0.3, unit="磅"),
        told("folio.face", "页码宋体", FOLIO, song, face or "未指定", "宋体"),
    ]
    return made + _sides(paper, numbered) + _height(section, para)


def _sides(paper: Paper, numbered: dict[str, Para]) -> list[Finding]:
    """Odd pages at the right, even pages at the left, one character in."""
    odd, even = numbered.get("default"), numbered.get("even")
    if not paper.file.odd_and_even or odd is None or even is None:
        align = odd.align if odd else "—"
        return [
            told("folio.sides", "单页居右、双页居左", FOLIO, False, f"奇偶页相同（{align}）", "奇偶页不同")
        ]
    good = odd.align == "right" and even.align in ("left", "both")
    indents = abs(odd.right - 1) <= 0.3 and abs(even.left + max(even.first, 0.0) - 1) <= 0.3
    said = f"奇数页 {odd.align}、偶数页 {even.align}"
    floating = odd.floats or even.floats
    return [
        told("folio.sides", "单页居右、双页居左", FOLIO, good or floating, said, "奇数页居右、偶数页居左"),
        told(
            "folio.indent", "页码距版心边一字", FOLIO, indents or floating,
            f"右空 {odd.right:.1f} 字、左空 {even.left + max(even.first, 0.0):.1f} 字", "各空 1 字", otherwise="warn",
        ),
    ]  # fmt: skip


def _height(section: Section, para: Para) -> list[Finding]:
    """Estimate where the dash stands: 7 mm under the text area; only of feet that are not frames."""
    if para.floats:
        return [not_applicable("folio.place", "页码高低", FOLIO, "页码在图文框里，位置由图文框定")]
    line = para.line if para.rule == "exact" else para.size * 1.3
    dash = section.footer + (line * (1 - BASE) + para.size * 0.38) * POINT
    below = section.bottom - dash
    return [figure("folio.place", "一字线距版心下边缘（估算）", FOLIO, below, 7, 1.5, lenient=(3, 12))]
