"""Title, 主送, the body's levels, 附件说明, annexes (clauses 7.3.1–7.3.4, 7.3.7)."""

import re
from collections.abc import Iterator

from typeset.checking.findings import Finding, not_applicable, told
from typeset.checking.pdf.faces import is_face
from typeset.checking.pdf.gaps import PLACE, empty_lines, faced, font_of, middle_of_line, placed, sized
from typeset.checking.pdf.paper import left_edge
from typeset.checking.pdf.parts import Parts
from typeset.checking.pdf.sheets import Line, Sheet

LEVELS = (
    (re.compile(r"^[一二三四五六七八九十]+、"), "黑体", "一级标题“一、”"),
    (re.compile(r"^（[一二三四五六七八九十]+）"), "楷体", "二级标题“（一）”"),
)
LONELY = 3
STRANGE = ("主题词", "抄报", "此页无正文")


def check(parts: Parts) -> Iterator[Finding]:
    """Yield the findings on title, body and annexes."""
    yield from _title(parts)
    if parts.running:
        yield from _recipients(parts)
        yield from _first_page(parts)
        yield from _levels(parts)
        yield from _note(parts)
    yield from _annexes(parts)
    yield from _left_over(parts)


def _title(parts: Parts) -> Iterator[Finding]:
    f, clause, lines = parts.figures, "GB/T 9704 7.3.1", parts.title
    if not lines:
        why = "命令（令）没有标题" if parts.kind == "order" else "没有找到标题"
        yield not_applicable("title", "标题", clause, why)
        return
    text = "".join(line.text for line in lines)
    yield sized("title.size", "标题字号", clause, lines[0].size, f.title_size, "二号")
    yield faced("title.face", "标题字体", clause, font_of(lines[0]), f.title_face, where=text[:12])
    middle = f.middle
    worst = max(lines, key=lambda line: abs(middle_of_line(line, middle) - middle))
    yield placed(
        "title.centred",
        "标题居中",
        clause,
        middle_of_line(worst, middle),
        middle,
        PLACE,
        "居中",
        where=worst.text[:12],
    )
    rule = parts.rule if parts.kind in ("file", "minutes") else None
    if rule is not None:
        yield empty_lines("title.gap", "红线与标题之间空二行", clause, lines[0].top - rule.box.bottom, 2, f)
    if parts.kind == "letter":
        above = [line for line in (parts.number, *parts.marginal) if line]
        if above:
            low = max(line.bottom for line in above)
            yield empty_lines("title.gap", "标题与上一要素之间空二行", clause, lines[0].top - low, 2, f)
    lonely = [line for line in lines if len(line.text) < LONELY]
    yield told(
        "title.lonely", "标题没有一二字孤行", clause, not lonely, lonely[0].text if lonely else "没有", "没有"
    )
    if len(lines) > 2:
        yield _shape(lines)


def _shape(lines: list[Line]) -> Finding:
    """Judge the shape: trapezoid or diamond; not a rectangle, not an hourglass."""
    widths = [round((line.right - line.left) / 4) for line in lines]
    inner = min(widths[1:-1])
    is_hourglass = inner < widths[0] and inner < widths[-1]
    is_rectangle = len(set(widths)) == 1
    word = "沙漏形" if is_hourglass else "矩形" if is_rectangle else "梯形或菱形"
    is_good = not (is_hourglass or is_rectangle)
    return told("title.shape", "标题排列", "GB/T 9704 7.3.1", is_good, word, "梯形或菱形", otherwise="warn")


def _recipients(parts: Parts) -> Iterator[Finding]:
    f, clause, lines = parts.figures, "GB/T 9704 7.3.2", parts.recipients
    if not lines:
        yield not_applicable("recipients", "主送机关", clause, "没有找到主送机关")
        return
    if parts.title:
        gap = lines[0].top - parts.title[-1].bottom
        yield empty_lines("recipients.gap", "标题与主送机关之间空一行", clause, gap, 1, f)
    worst = max(lines, key=lambda line: abs(line.left - left_edge(parts)))
    yield placed("recipients.left", "主送机关顶格", clause, worst.left, left_edge(parts), PLACE, "顶格")
    last = lines[-1].text
    yield told("recipients.colon", "主送机关后用全角冒号", clause, last.endswith("："), last[-8:], "：")


def _first_page(parts: Parts) -> Iterator[Finding]:
    ending = {id(line) for line in (*parts.signature, *parts.annex_note)}
    shown = [line for line in parts.running if line.page == 1 and id(line) not in ending]
    yield told(
        "body.first_page", "首页显示正文", "GB/T 9704 7.3.3", bool(shown), f"{len(shown)} 行", "至少一行"
    )


def _levels(parts: Parts) -> Iterator[Finding]:
    """Judge the faces of headings; a whole paragraph that only begins with a number is no heading."""
    clause = "GB/T 9704 7.3.3"
    lines = [
        line for sheet in parts.main_pages for line in parts.text_lines(sheet) if not sheet.in_table(line)
    ]
    for number, (form, face, what) in enumerate(LEVELS, 1):
        headings = [line for line in lines if form.match(line.text) and _is_heading(parts, line)]
        if not headings:
            yield not_applicable(f"body.level{number}.face", f"{what}字体", clause, "没有这一级")
            continue
        wrong = [line for line in headings if not is_face(_first_font(line, form), face)]
        line = (wrong or headings)[0]
        code = f"body.level{number}"
        where = line.text[:12]
        yield faced(
            f"{code}.face", f"{what}字体", clause, _first_font(line, form), face, page=line.page, where=where
        )
        worst = max(headings, key=lambda each: abs(each.glyphs[0].size - parts.figures.body_size))
        size = worst.glyphs[0].size
        yield sized(
            f"{code}.size", f"{what}字号", clause, size, parts.figures.body_size, "三号", page=worst.page
        )


def _is_heading(parts: Parts, line: Line) -> bool:
    """Say whether a heading ends on this line: with the line itself, or at a full stop on it."""
    is_short = line.right < parts.figures.area_right - 1.5 * parts.figures.square
    return "。" in line.text[:-1] or (is_short and line.text[-1] not in "，、；")


def _first_font(line: Line, form: re.Pattern[str]) -> str:
    found = form.match(line.text)
    after = line.glyphs[found.end() :] if found else ()
    return next((glyph.font for glyph in after if glyph.text > "\u2e7f"), line.glyphs[0].font)


def _note(parts: Parts) -> Iterator[Finding]:
    f, clause, lines = parts.figures, "GB/T 9704 7.3.4", parts.annex_note
    if not lines:
        date = parts.date
        is_of_enclosure = date is not None and parts.main_pages[-1].number > date.page
        if parts.annex_pages and is_of_enclosure:
            yield not_applicable("annex_note", "附件说明", clause, "附件属于印发、转发的文件")
        elif parts.annex_pages:
            yield told("annex_note", "附件说明", clause, False, "有附件页，正文下没有附件说明", "附件：")
        else:
            yield not_applicable("annex_note", "附件说明", clause, "没有附件说明")
        return
    first = lines[0]
    at = parts.running.index(first)
    if at and parts.running[at - 1].page == first.page:
        gap = first.top - parts.running[at - 1].bottom
        yield empty_lines("annex_note.gap", "正文下空一行", clause, gap, 1, f, page=first.page)
    indent = left_edge(parts) + 2 * f.square
    yield placed(
        "annex_note.left", "附件说明左空二字", clause, first.left, indent, PLACE, "左空二字", page=first.page
    )
    yield told(
        "annex_note.colon",
        "“附件”后用全角冒号",
        clause,
        first.text.startswith("附件："),
        first.text[:6],
        "附件：",
        page=first.page,
    )
    ends = [line for line in lines if line.text[-1] in "。；，;,." and not line.text[-2:-1].isdigit()]
    yield told(
        "annex_note.ends",
        "附件名称后不加标点",
        clause,
        not ends,
        ends[0].text[-6:] if ends else "没有",
        "不加标点",
        page=first.page,
    )
    named = max(1, sum(re.match(r"^(?:附件：)?\d+[.．]", line.text) is not None for line in lines))
    if parts.annex_pages:
        found = len(parts.annex_pages)
        yield told(
            "annex.count",
            "附件与附件说明一致",
            "GB/T 9704 7.3.7",
            named == found,
            f"说明 {named} 个，附件页 {found} 个",
            "一致",
            page=first.page,
            otherwise="fail" if found > named else "warn",
        )


def _annexes(parts: Parts) -> Iterator[Finding]:
    clause = "GB/T 9704 7.3.7"
    if not parts.annex_pages:
        loose = _loose_annex(parts)
        if loose:
            yield told(
                "annex.new_page", "附件另面编排", clause, False, loose.text, "另起一页第一行", page=loose.page
            )
        else:
            yield not_applicable("annex", "附件", clause, "没有附件页")
        return
    for sheet in parts.sheets:
        if sheet.number in parts.annex_pages and not sheet.is_landscape:
            yield from _annex(parts, sheet)


def _loose_annex(parts: Parts) -> Line | None:
    lines = [line for sheet in parts.main_pages for line in parts.text_lines(sheet)]
    return next((line for line in lines if re.fullmatch(r"附件\d*", line.text)), None)


def _annex(parts: Parts, sheet: Sheet) -> Iterator[Finding]:
    f, clause, lines = parts.figures, "GB/T 9704 7.3.7", parts.text_lines(sheet)
    label = lines[0]
    page = sheet.number
    yield placed("annex.label.left", "“附件”顶格", clause, label.left, f.left, PLACE, "版心左边", page=page)
    yield placed(
        "annex.label.top", "“附件”在版心第一行", clause, label.top, f.top, 1.2, "版心第一行", page=page
    )
    yield faced("annex.label.face", "“附件”字体", clause, font_of(label), "黑体", page=page)
    good = re.fullmatch(r"附件\d*", label.text) is not None
    yield told("annex.label.form", "“附件”写法", clause, good, label.text, "附件、附件1", page=page)
    if len(lines) > 1 and lines[1].foot - label.foot < 5 * f.pitch:
        title = lines[1]
        rows = (title.foot - label.foot) / f.pitch
        is_good = 1.6 <= rows <= 2.6
        yield told(
            "annex.title.line",
            "附件标题在第三行",
            clause,
            is_good,
            f"第 {rows + 1:.1f} 行",
            "第 3 行",
            page=page,
            where=title.text[:12],
        )
        middle = f.middle
        yield placed(
            "annex.title.centred",
            "附件标题居中",
            clause,
            middle_of_line(title, middle),
            middle,
            PLACE,
            "居中",
            page=page,
            where=title.text[:12],
        )


def _left_over(parts: Parts) -> Iterator[Finding]:
    """Look for what the older standard had and this one has not."""
    words = [
        (line.page, word)
        for sheet in parts.sheets
        for line in sheet.lines
        for word in STRANGE
        if line.text.lstrip("（(").startswith(word)
    ]
    page, word = words[0] if words else (0, "没有")
    yield told(
        "old.words",
        "没有旧标准的要素",
        "GB/T 9704 7.4",
        not words,
        word,
        "不用主题词、抄报、“此页无正文”",
        page=page,
    )
