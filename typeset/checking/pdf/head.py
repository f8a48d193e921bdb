"""The head: copy number, urgency, mark, number, signers, red line (clauses 7.2 and 10)."""

import re
from collections.abc import Iterator

from typeset.checking.findings import Finding, figure, not_applicable, told
from typeset.checking.pdf.gaps import PLACE, empty_lines, faced, font_of, placed, sized
from typeset.checking.pdf.parts import Parts
from typeset.checking.pdf.sheets import is_red

GOOD_NUMBER = re.compile(r"^[^\d〔〕]+〔\d{4}〕[1-9]\d*号$")
CLAUSES = {"letter": "10.1", "order": "10.2", "minutes": "10.3"}


def check(parts: Parts) -> Iterator[Finding]:
    """Yield the findings on the head."""
    if parts.kind == "plain" or not parts.mark:
        yield not_applicable("head.mark", "发文机关标志", "GB/T 9704 7.2.4", "没有版头")
        return
    yield from _mark(parts)
    yield from _margin(parts)
    if parts.kind == "letter":
        yield from _letter(parts)
    elif parts.kind == "order":
        yield from _order(parts)
    else:
        yield from _number(parts)
        yield from _signers(parts)
        yield from _rule(parts)


def _mark(parts: Parts) -> Iterator[Finding]:
    f, clause = parts.figures, f"GB/T 9704 {CLAUSES.get(parts.kind, '7.2.4')}"
    top = min(line.ink.top for line in parts.mark)
    wanted = f.mark_top(parts.kind)
    yield figure("head.mark.top", "发文机关标志上边缘（距页顶）", clause, top, wanted, 1.0, page=1)
    left = min(line.ink.left for line in parts.mark)
    right = max(line.ink.right for line in parts.mark)
    middle = f.middle
    yield placed("head.mark.centred", "发文机关标志居中", clause, (left + right) / 2, middle, 2.0, "居中")
    fonts = [font_of(line) for line in parts.mark]
    wrong = next((font for font in fonts if font != fonts[0]), fonts[0])
    yield faced("head.mark.face", "发文机关标志字体", clause, wrong, f.title_face)
    wide = right - left
    yield told(
        "head.mark.width",
        "发文机关标志不宽于版心",
        clause,
        wide <= f.area_width + 1,
        f"{wide:.1f} mm",
        f"≤{f.area_width:g} mm",
    )
    words = "".join(line.text for line in parts.mark)
    if parts.kind == "letter":
        yield told(
            "head.mark.words", "信函标志不加“文件”", clause, not words.endswith("文件"), words, "机关名称"
        )


def _margin(parts: Parts) -> Iterator[Finding]:
    f = parts.figures
    for line in parts.marginal:
        is_copy = re.fullmatch(r"\d+", line.text) is not None
        if not is_copy and not any(word in line.text for word in ("急", "密", "提")):
            continue
        code, what, clause = (
            ("head.copy_no", "份号", "7.2.1") if is_copy else ("head.urgency", "紧急程度", "7.2.3")
        )
        clause = f"GB/T 9704 {clause}"
        yield placed(f"{code}.left", f"{what}顶格", clause, line.left, f.left, PLACE, "版心左边")
        yield sized(f"{code}.size", f"{what}字号", clause, line.size, f.body_size, "三号")
        if is_copy:
            yield told(
                f"{code}.form",
                "份号 6 位",
                clause,
                len(line.text) == 6,
                line.text,
                "6 位数字",
                otherwise="warn",
            )
        else:
            yield faced(f"{code}.face", f"{what}字体", clause, font_of(line), "黑体")
            is_word = line.text.replace("\u3000", "") in ("特急", "加急", "特提", "平急")
            yield told(f"{code}.word", "紧急程度用词", clause, is_word, line.text, "特急、加急")
    first = parts.marginal[0] if parts.marginal else None
    if first and parts.kind in ("file", "minutes"):
        yield placed("head.first_line", "版心第一行", "GB/T 9704 7.2.1", first.top, f.top, 1.0, "版心上边缘")


def _number(parts: Parts) -> Iterator[Finding]:
    f, clause, line = parts.figures, "GB/T 9704 7.2.5", parts.number
    if line is None:
        yield not_applicable("head.number", "发文字号", clause, "版头里没有找到发文字号")
        return
    text = line.text
    is_good = GOOD_NUMBER.match(f"纪要{text}" if parts.kind == "minutes" else text) is not None
    yield told("head.number.form", "发文字号写法", clause, is_good, text, "机关代字〔2026〕1号")
    yield sized("head.number.size", "发文字号字号", clause, line.size, f.body_size, "三号")
    yield faced("head.number.face", "发文字号字体", clause, font_of(line), f.body_face)
    low = max(each.ink.bottom for each in parts.mark)
    first = min([line, *parts.signers], key=lambda each: each.foot)
    yield empty_lines("head.number.gap", "标志与发文字号之间空二行", clause, first.top - low, 2, f)
    if parts.signers:
        yield placed(
            "head.number.left",
            "上行文发文字号左空一字",
            clause,
            line.left,
            f.left + f.square,
            PLACE,
            "左空一字",
        )
        last = parts.signers[-1]
        yield told(
            "head.number.level",
            "发文字号与最后一个签发人同行",
            clause,
            abs(last.foot - line.foot) < 1 or last.foot < line.foot + 1,
            f"{line.foot - last.foot:.1f} mm",
            "同行",
        )
    else:
        middle = f.middle
        yield placed("head.number.centred", "发文字号居中", clause, line.middle, middle, PLACE, "居中")


def _signers(parts: Parts) -> Iterator[Finding]:
    f, clause = parts.figures, "GB/T 9704 7.2.6"
    if not parts.signers:
        yield not_applicable("head.signer", "签发人", clause, "没有签发人（不是上行文）")
        return
    line = parts.signers[0]
    glyphs = line.glyphs
    right = max(each.right for each in parts.signers)
    yield placed(
        "head.signer.right",
        "签发人右空一字",
        clause,
        f.area_right - right,
        f.square,
        PLACE + 0.6,
        "右空一字",
    )
    yield told(
        "head.signer.colon",
        "“签发人”后用全角冒号",
        clause,
        line.text[3:4] == "：",
        line.text[:5],
        "签发人：",
    )
    yield faced("head.signer.face", "“签发人”字体", clause, glyphs[0].font, f.body_face)
    names = [glyph for glyph in glyphs[4:] if glyph.text > "\u2e7f"]
    if names:
        yield faced("head.signer.name", "签发人姓名字体", clause, names[0].font, "楷体")


def _rule(parts: Parts) -> Iterator[Finding]:
    f, clause, rule = parts.figures, "GB/T 9704 7.2.7", parts.rule
    if rule is None:
        yield told("head.rule", "版头分隔线", clause, False, "没有", "红色，与版心等宽")
        return
    yield figure("head.rule.width", "红色分隔线长", clause, rule.box.width, f.area_width, 1.0, page=1)
    yield placed(
        "head.rule.centred",
        "红色分隔线居中",
        clause,
        rule.box.middle[0],
        f.middle,
        1.0,
        "居中",
    )
    yield told("head.rule.colour", "分隔线颜色", clause, is_red(rule.colour), f"RGB {rule.colour}", "红色")
    if parts.number is not None:
        low = max(line.bottom for line in (parts.number, *parts.signers))
        yield figure(
            "head.rule.gap", "发文字号下至分隔线", clause, rule.box.top - low, f.rule_gap, 0.8, page=1
        )


def _letter(parts: Parts) -> Iterator[Finding]:
    f, clause = parts.figures, "GB/T 9704 10.1"
    rules, mark = parts.red_rules, max(line.ink.bottom for line in parts.mark)
    frame = max(line.bottom for line in parts.mark)
    above = [rule for rule in rules if rule.box.top < f.height / 2]
    below = [rule for rule in rules if rule.box.top > f.height / 2]
    for where, pair, is_first_thick in (("上", above, True), ("下", below, False)):
        code = "head" if is_first_thick else "foot"
        yield told(
            f"letter.{code}.double",
            f"{where}双线",
            clause,
            len(pair) == 2,
            f"{len(pair)} 条红线",
            "一粗一细两条",
        )
        if len(pair) != 2:
            continue
        for rule in pair[:1]:
            yield figure(
                f"letter.{code}.width",
                f"{where}双线长",
                clause,
                rule.box.width,
                f.profile.letter_rule,
                1.0,
                page=1,
            )
            yield placed(
                f"letter.{code}.centred",
                f"{where}双线居中",
                clause,
                rule.box.middle[0],
                f.width / 2,
                2.5,
                "居中",
            )
        thick, thin = (pair[0], pair[1]) if is_first_thick else (pair[1], pair[0])
        order = "上粗下细" if is_first_thick else "上细下粗"
        measured = f"{pair[0].box.height:.2f}、{pair[1].box.height:.2f} mm"
        yield told(
            f"letter.{code}.order",
            f"{where}双线粗细",
            clause,
            thick.box.height > thin.box.height,
            measured,
            order,
        )
    if above:
        gap = min((above[0].box.top - low for low in (mark, frame)), key=lambda each: abs(each - 4))
        yield figure("letter.head.gap", "标志下至上双线", clause, gap, 4.0, 1.0, page=1)
    if below:
        yield figure(
            "letter.foot.place",
            "下双线距页底",
            clause,
            f.height - below[-1].box.bottom,
            f.profile.letter_foot,
            1.0,
            page=1,
        )
    if above:
        yield from _letter_number(parts, above[-1].box.bottom)


def _letter_number(parts: Parts, low: float) -> Iterator[Finding]:
    f, clause = parts.figures, "GB/T 9704 10.1"
    number = parts.number
    if number is None:
        yield not_applicable("head.number", "发文字号", clause, "没有找到发文字号")
        return
    found = GOOD_NUMBER.search(number.text[-30:]) or re.search(r"[^\d〔〕]+〔\d{4}〕[1-9]\d*号$", number.text)
    yield told(
        "head.number.form", "发文字号写法", clause, found is not None, number.text, "机关代字〔2026〕1号"
    )
    yield placed(
        "head.number.right", "发文字号顶格居版心右边", clause, number.right, f.area_right, PLACE, "版心右边"
    )
    yield figure(
        "letter.number.gap", "首线下至发文字号", clause, number.top - low, f.square * 7 / 8, 1.2, page=1
    )


def _order(parts: Parts) -> Iterator[Finding]:
    f, clause = parts.figures, "GB/T 9704 10.2"
    number = parts.number
    if number is None:
        yield told("head.number.form", "令号", clause, False, "没有找到", "第×号")
        return
    low = max(line.ink.bottom for line in parts.mark)
    yield empty_lines("order.number.gap", "标志与令号之间空二行", clause, number.top - low, 2, f)
    yield placed("head.number.centred", "令号居中", clause, number.middle, f.middle, PLACE, "居中")
    after = next((line for line in parts.running if line.page == 1 and line.foot > number.foot), None)
    if after:
        yield empty_lines("order.body.gap", "令号与正文之间空二行", clause, after.top - number.bottom, 2, f)
