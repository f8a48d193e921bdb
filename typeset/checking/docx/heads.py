"""版头: 份号 … 签发人, the mark, the number, the red rule (7.2; clause 10 for the special formats)."""

import re

from typeset.checking.docx.gathering import Measure, over
from typeset.checking.docx.paper import POINT, Item, Paper, solid
from typeset.checking.findings import Finding, figure, not_applicable, told
from typeset.reading import words
from typeset.reading.wordml import Para

MARK = "GB/T 9704 7.2.4"
NUMBER = "GB/T 9704 7.2.5"
SIGNER = "GB/T 9704 7.2.6"
RULE = "GB/T 9704 7.2.7"
TOPS = {"order": ("10.2", 20.0), "minutes": ("10.3", 35.0), "file": ("7.2.4", 35.0)}
TWO_LINES = (19.9, 26.8)
LETTER_RULES = ("thickThinSmallGap", "thickThinMediumGap", "thickThinLargeGap", "double", "thinThickSmallGap")


def check(paper: Paper) -> list[Finding]:
    """Check the head; a paper without one is told so."""
    made = _notes(paper)
    marks = paper.of("mark")
    if not marks:
        return [
            *made,
            not_applicable("mark.present", "发文机关标志", MARK, "没有红头"),
            *_number(paper, None),
            *_signers(paper),
        ]
    mark = marks[-1]
    made += _mark(paper, mark) + _number(paper, mark) + _signers(paper)
    return made + (_letter(paper) if paper.kind == "letter" else _rule(paper))


def _notes(paper: Paper) -> list[Finding]:
    made = over(
        "head.urgency.face", "紧急程度黑体", "GB/T 9704 7.2.3", paper.of("urgency"), _not_hei(paper), "黑体"
    )
    for item in paper.of("urgency"):
        good = bool(re.fullmatch(r"特急|加急|特提|平急", words.close(item.row.text)))
        made.append(
            told(
                "head.urgency.word",
                "紧急程度的写法",
                "条例第九条",
                good,
                item.row.text,
                "特急或加急",
                where=item.quoted,
            )
        )
    for item in paper.of("secrecy"):
        text = words.close(item.row.text)
        form = bool(re.fullmatch(r"(?:绝密|机密|秘密)★(?:\d{1,2}(?:年|个月|日)|长期)", text))
        made.append(
            told("head.secrecy.form", "密级和保密期限的写法", "GB/T 9704 7.2.2", form, text, "机密★1年")
        )
        made.append(
            told(
                "head.secrecy.copy",
                "涉密公文标注份号",
                "条例第九条",
                bool(paper.of("copy_no")),
                "无份号",
                "有份号",
            )
        )
    left = [*paper.of("copy_no"), *paper.of("urgency"), *paper.of("secrecy")]
    return made + over(
        "head.notes.flush", "份号、密级、紧急程度顶格", "GB/T 9704 7.2.1", left, _not_flush, "顶格"
    )


def _not_hei(paper: Paper) -> Measure:
    def measure(item: Item) -> str:
        face = next((piece.east for piece in solid(item.para)), "")
        return "" if paper.is_face(face, "黑体") else face or "未指定"

    return measure


def _not_flush(item: Item) -> str:
    indent = item.para.left + item.para.first
    shifted = item.para.align in ("center", "right") or abs(indent) > 0.3
    return f"缩进 {indent:.1f} 字（{item.para.align}）" if shifted else ""


def _mark(paper: Paper, mark: Item) -> list[Finding]:
    para = paper.first_para(mark)
    pieces = solid(para)
    red = all(piece.is_red for piece in pieces)
    face = next((piece.east for piece in pieces), "")
    color = next((piece.color for piece in pieces if not piece.is_red), pieces[0].color if pieces else "")
    centred = para.align in ("center", "distribute") or mark.table is not None
    song = paper.is_face(face, "小标宋")
    made = [
        told(
            "mark.face",
            "发文机关标志小标宋（推荐）",
            MARK,
            song,
            face or "未指定",
            "小标宋体",
            otherwise="warn",
        ),
        told("mark.color", "发文机关标志红色", MARK, red, color, "红色"),
        told("mark.centre", "发文机关标志居中", MARK, centred, para.align, "居中", where=mark.quoted),
    ]
    if paper.kind == "letter":
        return made + _letter_top(paper, para)
    clause, top = TOPS.get(paper.kind, TOPS["file"])
    first = paper.of("mark")[0]
    down = paper.down_to(first)
    return [
        *made,
        figure(
            "mark.top",
            "发文机关标志上边缘至版心上边缘（估算）",
            f"GB/T 9704 {clause}",
            down,
            top,
            2.5,
            lenient=(top - 5, top + 5),
        ),
    ]


def _letter_top(paper: Paper, para: Para) -> list[Finding]:
    section = paper.file.sections[0]
    base = section.header if paper.has_header_mark else section.top
    sunk = (para.before + paper.pitch(para) * 0.8 - para.size * 0.86) * POINT
    return [
        figure(
            "mark.top",
            "发文机关标志上边缘至上页边（估算）",
            "GB/T 9704 10.1",
            base + sunk,
            30,
            2.5,
            lenient=(25, 35),
        )
    ]


def _number(paper: Paper, mark: Item | None) -> list[Finding]:
    numbers = paper.of("number")
    if not numbers:
        return (
            [told("number.present", "发文字号", NUMBER, mark is None, "没有", "有发文字号", otherwise="warn")]
            if mark
            else []
        )
    item = numbers[0]
    text = words.close(item.row.text.split("签")[0].split("\t")[0])
    made = [*_number_form(text, item)]
    if mark is None or paper.kind == "letter":
        right = item.para.align == "right" or "\t" in item.para.text
        if paper.kind == "letter":
            made.append(
                told("number.place", "发文字号居右顶格", "GB/T 9704 10.1", right, item.para.align, "居右")
            )
        return made
    made.append(_gap(paper, item))
    left = bool(paper.of("signers")) or "签" in item.row.text
    indent = item.para.left + item.para.first + _tabbed(item)
    place = abs(indent - 1) <= 0.4 if left else item.para.align == "center" and abs(indent) <= 0.3
    said = f"{item.para.align}，左空 {indent:.1f} 字"
    want = "左空一字" if left else "居中"
    return [*made, told("number.place", f"发文字号{want}", NUMBER, place, said, want, where=item.quoted)]


def _tabbed(item: Item) -> float:
    """A tab, or blanks typed, before the number: counted as one character each."""
    return float(len(item.para.text) - len(item.para.text.lstrip("\t\u3000")))


def _number_form(text: str, item: Item) -> list[Finding]:
    match = words.NUMBER.fullmatch(text)
    if not match:
        return []
    faults = []
    if (match["open"], match["close"]) != ("〔", "〕"):
        faults.append(f"括号用了{match['open']}{match['close']}")
    if len(match["year"]) != 4:
        faults.append(f"年份“{match['year']}”不是四位")
    if match["di"]:
        faults.append("序号前加了“第”")
    if match["no"].startswith(("0", "０")):
        faults.append("序号编了虚位")
    if re.search(r"[０-９]", text):
        faults.append("用了全角数字")
    said = "、".join(faults) or text
    return [
        told(
            "number.form", "发文字号的写法", NUMBER, not faults, said, "云政发〔2026〕5号", where=item.quoted
        )
    ]


def _gap(paper: Paper, item: Item) -> Finding:
    lines = paper.blanks_above(paper.of("signers")[0] if paper.of("signers") else item)
    return figure("number.gap", "发文字号在标志下空二行", NUMBER, lines, 2, 0.35, unit="行")


def _signers(paper: Paper) -> list[Finding]:
    rows = [item for item in paper.of("signers", "number") if words.SIGNERS.search(item.row.text)]
    headed = bool(paper.of("mark"))
    if paper.is_upward and headed:
        said = "有" if rows else f"{paper.doc_type}没有“签发人：”"
        made = [told("signers.present", "上行文标注签发人", SIGNER, bool(rows), said, "签发人：×××")]
    elif rows and paper.doc_type and paper.doc_type not in ("opinion", ""):
        made = [
            told("signers.absent", "下行文、平行文不标签发人", SIGNER, False, rows[0].row.text, "无签发人")
        ]
    else:
        made = []
    if not rows:
        return made
    names = [piece for piece in solid(rows[0].para) if "签发人" not in piece.text and "号" not in piece.text]
    kai = bool(names) and all(paper.is_face(piece.east, "楷体") for piece in names)
    face = names[0].east if names else "与“签发人”同体"
    return [
        *made,
        told("signers.face", "签发人姓名楷体", SIGNER, kai, face, "3 号楷体", where=rows[0].quoted),
    ]


def _rule(paper: Paper) -> list[Finding]:
    """Find the red rule: a border of the number's paragraph or of the one after it, or a drawn line."""
    if paper.kind == "order":
        return [not_applicable("rule.present", "红色分隔线", RULE, "命令（令）没有分隔线")]
    numbers = paper.of("number")
    last = numbers[-1] if numbers else paper.of("mark")[-1]
    at = paper.items.index(last)
    for item in paper.items[at : at + 3]:
        if item.table is None and (found := _ruled(paper, item, last)):
            return found
    return [told("rule.present", "红色分隔线", RULE, False, "发文字号下没有分隔线", "与版心等宽的红线")]


def _ruled(paper: Paper, item: Item, number: Item) -> list[Finding]:
    para = item.para
    for side in ("bottom", "top"):
        border = para.borders.get(side)
        if border and border.is_drawn and not (side == "top" and item is number):
            size = (para.size or 16.0) * POINT
            width = (
                paper.section_of(item).text_width
                - (para.left + para.right) * size
                - min(para.first, 0) * size
            )
            return [
                told("rule.present", "红色分隔线", RULE, True, "段落边框", "有"),
                told("rule.color", "分隔线红色", RULE, _is_red(border.color), border.color, "红色"),
                figure("rule.width", "分隔线与版心等宽", RULE, width, paper.profile.width, 1.5),
                *(_rule_gap(paper, para, border.space) if item is number and side == "bottom" else []),
            ]
    if para.rules:
        rule = para.rules[0]
        return [
            told("rule.present", "红色分隔线", RULE, True, "画的直线", "有"),
            told("rule.color", "分隔线红色", RULE, _is_red(rule.color), rule.color or "主题色", "红色"),
            figure("rule.width", "分隔线与版心等宽", RULE, rule.length, paper.profile.width, 1.5),
        ]
    return []


def _rule_gap(paper: Paper, para: Para, space: float) -> list[Finding]:
    under = paper.pitch(para) * 0.2 - para.size * 0.1
    gap = (under + space) * POINT
    return [figure("rule.gap", "发文字号与分隔线的距离（估算）", RULE, gap, 4, 1, lenient=(2, 6))]


def _is_red(color: str) -> bool:
    return bool(re.fullmatch(r"[B-F][0-9A-F][0-5][0-9A-F][0-5][0-9A-F]", color.upper()))


def _letter(paper: Paper) -> list[Finding]:
    """The two double rules of a letter, 170 mm wide, and no number on the first page (10.1)."""
    section = paper.file.sections[0]
    heads = [
        *section.headers.get("first", []),
        *(item.para for item in paper.items[:6] if item.table is None),
    ]
    upper = next((p for p in heads if any(b.style in LETTER_RULES for b in p.borders.values())), None)
    feet = section.footers.get("first", [])
    lower = next((p for p in feet if any(b.style in LETTER_RULES for b in p.borders.values())), None)
    numbered = any(para.has_page_number for para in feet) or not section.has_title_page
    made = [
        told(
            "letter.rule1",
            "标志下红双线（上粗下细）",
            "GB/T 9704 10.1",
            upper is not None,
            "有" if upper else "没有",
            "有",
        ),
        told(
            "letter.rule2",
            "距下页边 20 mm 红双线",
            "GB/T 9704 10.1",
            lower is not None,
            "有" if lower else "没有",
            "有",
        ),
        told(
            "letter.folio",
            "首页不显示页码",
            "GB/T 9704 10.1",
            not numbered,
            "首页有页码" if numbered else "首页无页码",
            "无",
        ),
    ]
    if upper is not None:
        width = section.text_width - (upper.left + upper.right) * upper.size * POINT
        made.append(
            figure("letter.rule1.width", "红双线长", "GB/T 9704 10.1", width, paper.profile.letter_rule, 2)
        )
    return made
