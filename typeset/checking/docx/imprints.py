"""版记: 抄送, 印发机关 and date, the three rules (7.4)."""

import re

from typeset.checking.docx.paper import POINT, Item, Paper, solid
from typeset.checking.findings import Finding, figure, told
from typeset.reading import words
from typeset.reading.wordml import Border, Para

RULES = "GB/T 9704 7.4.1"
CC = "GB/T 9704 7.4.2"
PRINTED = "GB/T 9704 7.4.3"
THICK, THIN = 0.35, 0.25


def check(paper: Paper) -> list[Finding]:
    """Check 版记 wherever it stands: in paragraphs, a table, or a text box."""
    made = _obsolete(paper)
    items = paper.of("imprint", part=None)
    paras = [para for item in items for para in _paras(item) if para.text.strip()]
    paras += [para for box in paper.file.boxes for para in box if words.CC.match(para.text.strip())]
    if not paras:
        return made
    copied = [para for para in paras if words.CC.match(para.text.strip())]
    printed = [
        para for para in paras if re.search(r"印\s?发?\s*$", para.text) and words.DATE.search(para.text)
    ]
    made += [finding for para in copied for finding in _copied(para)]
    made += [finding for para in printed for finding in _printed(para)]
    made += _faces(paper, paras)
    if copied and printed and paras.index(copied[0]) > paras.index(printed[0]):
        made.append(told("imprint.order", "抄送在印发机关上一行", CC, False, "抄送在下", "抄送在上"))
    if not printed and paper.kind != "letter":
        made.append(
            told(
                "imprint.printed", "印发机关和印发日期", PRINTED, False, "没有", "××办公室　2026年6月10日印发"
            )
        )
    return made + (_rules(paper, items) if paper.kind != "letter" else [])


def _obsolete(paper: Paper) -> list[Finding]:
    """主题词 and 抄报 went with the standard of 1999."""
    texts = [item for item in paper.items if re.match(r"主\s?题\s?词\s?[：:]|抄\s?报\s?[：:]", item.row.text)]
    return [
        told(
            "imprint.obsolete",
            "已废止的主题词、抄报",
            CC,
            False,
            item.row.text[:12],
            "不用",
            where=item.quoted,
        )
        for item in texts
    ]


def _paras(item: Item) -> list[Para]:
    if item.table is None:
        return [item.para]
    return [para for row in item.table.rows for cell in row for para in cell.paras]


def _copied(para: Para) -> list[Finding]:
    text = para.text.strip(words.BLANKS)
    match = words.CC.match(text)
    colon = bool(match) and match is not None and match[0].rstrip().endswith("：")
    left = para.left + para.first + len(para.text) - len(para.text.lstrip("\u3000"))
    return [
        told("imprint.cc.colon", "抄送后用全角冒号", CC, colon, text[:3], "抄送："),
        told("imprint.cc.end", "抄送末尾用句号", CC, text.endswith("。"), text[-4:], "。"),
        figure("imprint.cc.indent", "抄送左空一字", CC, left, 1, 0.3, unit="字"),
    ]


def _printed(para: Para) -> list[Finding]:
    text = words.close(para.text)
    day = re.search(r"\d{4}年\d{1,2}月\d{1,2}日|[一二][〇○零一二三四五六七八九]{3}年.*日", text)
    form = bool(day) and day is not None and bool(re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", day[0]))
    left = para.left + para.first + len(para.text) - len(para.text.lstrip("\u3000"))
    return [
        told(
            "imprint.date.form",
            "印发日期用阿拉伯数字、不编虚位",
            PRINTED,
            form,
            day[0] if day else text[-12:],
            "2026年6月10日",
        ),
        told("imprint.date.word", "印发日期后加“印发”", PRINTED, text.endswith("印发"), text[-3:], "印发"),
        figure("imprint.issuer.indent", "印发机关左空一字", PRINTED, left, 1, 0.3, unit="字"),
    ]


def _faces(paper: Paper, paras: list[Para]) -> list[Finding]:
    pieces = [piece for para in paras for piece in solid(para)]
    size = next((piece.size for piece in pieces if abs(piece.size - 14) > 0.3), 14.0)
    face = next((piece.east for piece in pieces if not paper.is_face(piece.east, "仿宋")), "")
    return [
        figure("imprint.size", "版记 4 号", CC, size, 14, 0.3, unit="磅"),
        told("imprint.face", "版记仿宋体", CC, not face, face or "仿宋体", "仿宋体"),
    ]


def _rules(paper: Paper, items: list[Item]) -> list[Finding]:
    """First and last rule thick, those between thin; the last on the lower edge of the text area."""
    tables = [item for item in items if item.table is not None and item.table.borders]
    if tables:
        borders = tables[-1].table.borders if tables[-1].table else {}
        outer = [borders.get("top"), borders.get("bottom")]
        inner = borders.get("insideH")
        floats = bool(tables[-1].table and tables[-1].table.floats)
    else:
        paras = [para for item in items for para in _paras(item)]
        drawn = [border for para in paras for border in para.borders.values() if border.is_drawn]
        outer = [drawn[0] if drawn else None, drawn[-1] if len(drawn) > 1 else None]
        inner = drawn[1] if len(drawn) > 2 else None
        floats = any(para.floats for para in paras) or bool(paper.file.boxes)
    if not any(border and border.is_drawn for border in outer):
        return [told("imprint.rules", "版记分隔线", RULES, False, "没有分隔线", "首末粗线、中间细线")]
    made = [
        told(
            "imprint.rules",
            "版记分隔线",
            RULES,
            all(_drawn(each) for each in outer),
            _said(outer),
            "首、末条都有",
        )
    ]
    for name, border, wanted in (("首条", outer[0], THICK), ("末条", outer[1], THICK), ("中间", inner, THIN)):
        if border and border.is_drawn:
            width = border.width * POINT
            made.append(
                figure(
                    "imprint.rule.width",
                    f"版记{name}分隔线粗细（推荐）",
                    RULES,
                    width,
                    wanted,
                    0.08,
                    lenient=(0.1, 0.8),
                )
            )
    said = "随文字流排，位置取决于正文" if not floats else "固定在版心底"
    return [
        *made,
        told(
            "imprint.bottom",
            "末条分隔线与版心下边缘重合",
            RULES,
            floats,
            said,
            "在最后一面版心底",
            otherwise="warn",
        ),
    ]


def _drawn(border: Border | None) -> bool:
    return bool(border and border.is_drawn)


def _said(outer: list[Border | None]) -> str:
    return f"{sum(_drawn(each) for each in outer)} 条"
