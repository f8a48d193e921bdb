"""署名, 成文日期, 印章, 附注 (clauses 7.3.5–7.3.6), the imprint (7.4) and page numbers (7.5)."""

import re
from collections.abc import Iterator

from typeset.checking.findings import Finding, figure, not_applicable, told
from typeset.checking.pdf.gaps import PLACE, begin_of, faced, font_of, placed, sized
from typeset.checking.pdf.paper import left_edge
from typeset.checking.pdf.parts import Parts
from typeset.checking.pdf.sheets import Line, Sheet

GOOD_DATE = re.compile(r"^\d{4}年[1-9]\d?月[1-9]\d?日$")
GOOD_FOLIO = re.compile(r"^—\d+—$")
PRINTED = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日印发$")
THICK, THIN = 0.35, 0.25


def check(parts: Parts) -> Iterator[Finding]:
    """Yield the findings on all that follows the body."""
    if parts.date is None:
        yield not_applicable("date", "成文日期", "GB/T 9704 7.3.5", "没有找到成文日期")
    else:
        yield from _date(parts, parts.date)
        yield from _seal(parts, parts.date)
        yield from _remark(parts)
    yield from _imprint(parts)
    yield from _folios(parts)


def _date(parts: Parts, date: Line) -> Iterator[Finding]:
    f, clause, page = parts.figures, "GB/T 9704 7.3.5.1", date.page
    good = GOOD_DATE.match(date.text) is not None
    yield told("date.form", "成文日期写法", "GB/T 9704 7.3.5.4", good, date.text, "2026年1月2日", page=page)
    alone = not any(
        line.page == page and line is not date and line not in parts.signature and line is not parts.note
        for line in parts.body
    )
    yield told(
        "date.alone",
        "署名、日期不单独在一页",
        "GB/T 9704 7.3.5.5",
        not alone,
        "单独一页" if alone else "与正文同页",
        "与正文同页",
        page=page,
    )
    if parts.is_joint:
        yield not_applicable("date.right", "署名和成文日期的位置", clause, "联合行文，请人核对")
        return
    space = (f.area_right - date.right) / f.square
    name = parts.signature[-1] if parts.signature else None
    if parts.seals or not name:
        is_good = abs(space - 4) < 0.35
        yield told(
            "date.right", "成文日期右空四字", clause, is_good, f"右空 {space:.2f} 字", "右空 4 字", page=page
        )
        if name and len(parts.signature) == 1:
            yield placed(
                "signature.centred",
                "署名以日期为准居中",
                clause,
                name.middle,
                date.middle,
                PLACE,
                "与日期同中线",
                page=page,
            )
        return
    lead, name_space = (date.left - name.left) / f.square, (f.area_right - name.right) / f.square
    as_stamped = abs(space - 4) < 0.35 and abs(name.middle - date.middle) <= PLACE
    as_plain = (abs(lead - 2) < 0.35 and abs(name_space - 2) < 0.35) or (
        abs(space - 2) < 0.35 and abs(lead - 2) < 0.35
    )
    measured = f"日期右空 {space:.2f} 字，署名右空 {name_space:.2f} 字"
    yield told(
        "date.right",
        "署名和成文日期的位置",
        "GB/T 9704 7.3.5.2",
        as_stamped or as_plain,
        measured,
        "盖章：日期右空 4 字；不盖章：署名右空 2 字，日期再右移 2 字",
        page=page,
    )


def _seal(parts: Parts, date: Line) -> Iterator[Finding]:
    f, clause, page = parts.figures, "GB/T 9704 7.3.5.1", date.page
    if len(parts.seals) != 1 or parts.kind == "order" or parts.is_joint:
        yield not_applicable("seal", "印章", clause, "没有一枚印章的图（可能加盖实物章、签名章或联合行文）")
        return
    box = parts.seals[0]
    x, y = box.middle
    yield placed("seal.centred", "印章居中下压日期", clause, x, date.middle, 4.0, "与日期同中线", page=page)
    name = parts.signature[-1] if parts.signature else date
    covers = box.top < name.top + 1.0 and box.bottom > date.foot - 1.5
    yield told(
        "seal.over",
        "印章压署名和日期",
        clause,
        covers,
        f"印章 {box.top:.1f}～{box.bottom:.1f} mm，署名日期 {name.top:.1f}～{date.bottom:.1f} mm",
        "压住署名和日期",
        page=page,
    )
    middle = (name.top + date.bottom) / 2
    yield told(
        "seal.below",
        "署名和日期在印章中心偏下",
        clause,
        middle > y - 1.0,
        f"偏 {middle - y:.1f} mm",
        "中心偏下",
        page=page,
        otherwise="warn",
    )
    last = parts.paragraphs_end
    if last is not None and last.page == page:
        gap = box.top - last.bottom
        yield told(
            "seal.gap",
            "印章顶端距正文一行之内",
            clause,
            gap <= f.pitch + 1.0,
            f"{gap:.1f} mm",
            f"≤{f.pitch:.1f} mm",
            page=page,
        )


def _remark(parts: Parts) -> Iterator[Finding]:
    f, clause, note = parts.figures, "GB/T 9704 7.3.6", parts.note
    if note is None:
        yield not_applicable("note", "附注", clause, "没有附注")
        return
    indent = left_edge(parts) + 2 * f.square
    yield placed(
        "note.left", "附注左空二字", clause, begin_of(note, indent), indent, PLACE, "左空二字", page=note.page
    )
    yield told(
        "note.brackets",
        "附注加圆括号",
        clause,
        note.text[0] == "（",
        note.text[:10],
        "（……）",
        page=note.page,
    )


def _imprint(parts: Parts) -> Iterator[Finding]:
    clause, line = "GB/T 9704 7.4", parts.imprint_line
    if line is None:
        yield not_applicable("imprint", "版记", clause, "没有找到版记")
        return
    page = line.page
    yield told(
        "imprint.last",
        "版记在最后一页",
        clause,
        page == parts.count,
        f"第 {page} 页",
        f"第 {parts.count} 页",
        page=page,
    )
    if parts.figures.profile.double_sided:
        what, measured = "版记在偶数页（双面印刷）", f"第 {page} 页"
        yield told(
            "imprint.even", what, clause, page % 2 == 0, measured, "偶数页", page=page, otherwise="warn"
        )
    if parts.kind == "letter":
        is_bare = "印发" not in line.text and not parts.imprint_rules
        what = "信函版记不加印发机关、日期和分隔线"
        yield told("letter.imprint", what, "GB/T 9704 10.1", is_bare, line.text[-12:], "只有抄送", page=page)
    else:
        yield from _imprint_rules(parts, line)
    yield from _imprint_text(parts, line)


def _imprint_rules(parts: Parts, line: Line) -> Iterator[Finding]:
    f, clause, rules, page = parts.figures, "GB/T 9704 7.4.1", parts.imprint_rules, line.page
    wanted = 3 if len(parts.imprint_lines) > 1 else 2
    yield told(
        "imprint.rules", "版记分隔线", clause, len(rules) >= 2, f"{len(rules)} 条", f"{wanted} 条", page=page
    )
    if len(rules) < 2:
        return
    widths = [rule.box.width for rule in rules]
    worst = max(widths, key=lambda wide: abs(wide - f.area_width))
    yield figure("imprint.rules.width", "版记分隔线长", clause, worst, f.area_width, 1.2, page=page)
    bottom = rules[-1].box.bottom
    yield figure(
        "imprint.bottom", "末条分隔线与版心下边缘重合", clause, bottom, f.area_bottom, 1.2, page=page
    )
    heights = [rule.box.height for rule in rules]
    is_good = abs(heights[0] - THICK) < 0.08 and abs(heights[-1] - THICK) < 0.08
    is_good = is_good and all(abs(each - THIN) < 0.08 for each in heights[1:-1])
    measured = "、".join(f"{each:.2f}" for each in heights) + " mm"
    yield told(
        "imprint.rules.weight",
        "版记分隔线粗细",
        clause,
        is_good,
        measured,
        "首末 0.35，中间 0.25 mm",
        page=page,
        otherwise="warn",
    )


def _imprint_text(parts: Parts, line: Line) -> Iterator[Finding]:
    f, clause, page = parts.figures, "GB/T 9704 7.4.2", line.page
    lines = parts.imprint_lines
    yield sized("imprint.size", "版记字号", clause, lines[0].size, f.small_size, "四号", page=page)
    yield faced("imprint.face", "版记字体", clause, font_of(line), f.body_face, page=page)
    starts = [each.left for each in lines if each.text.startswith(("抄送", "主送")) or each is line]
    worst = max(starts, key=lambda left: abs(left - f.left - 5.2))
    yield placed("imprint.left", "版记左空一字", clause, worst, f.left + 5.2, 1.2, "左空一字", page=page)
    copied = [each for each in lines if each is not line]
    text = "".join(each.text for each in copied)
    if "抄送" in text:
        yield told(
            "imprint.cc.colon", "“抄送”后用全角冒号", clause, "抄送：" in text, text[:6], "抄送：", page=page
        )
        yield told(
            "imprint.cc.end", "抄送末尾用句号", clause, text.endswith("。"), text[-6:], "。", page=page
        )
    if parts.kind == "letter":
        return
    good = PRINTED.search(line.text) is not None
    yield told(
        "imprint.printed",
        "印发日期写法",
        "GB/T 9704 7.4.3",
        good,
        line.text[-14:],
        "2026年1月2日印发",
        page=page,
    )
    space = f.area_right - line.right
    yield placed(
        "imprint.right", "印发日期右空一字", "GB/T 9704 7.4.3", space, 5.2, 1.2, "右空一字", page=page
    )


def _folios(parts: Parts) -> Iterator[Finding]:
    f, clause = parts.figures, "GB/T 9704 7.5"
    found = [
        (sheet, line) for sheet in parts.sheets if not sheet.is_landscape and (line := parts.folio(sheet))
    ]
    if parts.kind == "letter":
        has_first = any(sheet.number == 1 for sheet, _ in found)
        yield told(
            "folio.first",
            "信函首页不显示页码",
            "GB/T 9704 10.1",
            not has_first,
            "有页码" if has_first else "没有",
            "没有",
            page=1,
        )
    missing = [
        sheet.number for sheet in parts.sheets
        if not sheet.is_landscape and parts.folio(sheet) is None and sheet.number != parts.imprint_page and parts.text_lines(sheet)
        and not (parts.kind == "letter" and sheet.number == 1)
    ]  # fmt: skip
    yield told(
        "folio.every",
        "每页有页码",
        clause,
        not missing,
        f"第 {missing[0]} 页没有" if missing else "都有",
        "都有",
        page=missing[0] if missing else 0,
    )
    if not found:
        return
    yield from _folio_form(parts, found)
    tops = [(_dash_top(line), sheet) for sheet, line in found]
    wanted = f.area_bottom + f.folio_gap
    worst, sheet = max(tops, key=lambda each: abs(each[0] - wanted))
    yield figure("folio.top", "一字线上距版心下边缘 7 mm", clause, worst, wanted, 1.2, page=sheet.number)
    yield from _folio_sides(parts, found)


def _dash_top(line: Line) -> float:
    """Return the upper edge of the dash, or of the digits where there is none."""
    return line.glyphs[0].ink.top if line.glyphs[0].text in "—－―-–一" else line.ink.top


def _folio_form(parts: Parts, found: list[tuple[Sheet, Line]]) -> Iterator[Finding]:
    clause = "GB/T 9704 7.5"
    wrong = [(sheet, line) for sheet, line in found if not GOOD_FOLIO.match(line.text)]
    sheet, line = (wrong or found)[0]
    yield told("folio.form", "页码写法", clause, not wrong, line.text, "— 1 —", page=sheet.number)
    yield sized(
        "folio.size",
        "页码字号",
        clause,
        found[0][1].size,
        parts.figures.small_size,
        "四号",
        page=found[0][0].number,
    )
    digit = next((glyph for glyph in line.glyphs if glyph.text.isdigit()), line.glyphs[0])
    yield faced("folio.face", "页码字体", clause, digit.font, "宋体", page=sheet.number)
    numbers = [(sheet, int(re.sub(r"\D", "", each.text) or 0)) for sheet, each in found]
    shift = numbers[0][1] - numbers[0][0].number
    wrong_numbers = [(sheet, number) for sheet, number in numbers if number - sheet.number != shift]
    bad = wrong_numbers[0] if wrong_numbers else None
    yield told(
        "folio.sequence",
        "页码连续",
        clause,
        bad is None,
        f"第 {bad[0].number} 页是 {bad[1]}" if bad else "连续",
        "连续",
        page=bad[0].number if bad else 0,
    )


def _folio_sides(parts: Parts, found: list[tuple[Sheet, Line]]) -> Iterator[Finding]:
    f = parts.figures
    offsets = []
    for sheet, line in found:
        number = int(re.sub(r"\D", "", line.text) or 0)
        space = f.area_right - line.right if number % 2 else line.left - f.left
        offsets.append((abs(space - 5.2), space, sheet.number))
    _, space, page = max(offsets)
    yield placed(
        "folio.side", "单页居右空一字、双页居左空一字", "GB/T 9704 7.5", space, 5.2, 1.5, "空一字", page=page
    )
