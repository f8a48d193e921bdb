"""标题 and 主送机关 (7.3.1, 7.3.2)."""

import re

from typeset.checking.docx.gathering import over
from typeset.checking.docx.paper import Item, Paper, solid
from typeset.checking.findings import Finding, Verdict, figure, told
from typeset.reading import words

TITLE = "GB/T 9704 7.3.1"
TO = "GB/T 9704 7.3.2"


def check(paper: Paper) -> list[Finding]:
    """Check the title and those addressed."""
    items = paper.of("title")
    if not items and paper.kind == "order":
        return _recipients(paper)
    if not items:
        return [told("title.present", "标题", TITLE, False, "没有认出标题", "有标题"), *_recipients(paper)]
    return _look(paper, items) + _lines(items) + _gaps(paper, items) + _recipients(paper)


def _look(paper: Paper, items: list[Item]) -> list[Finding]:
    want = paper.profile.title_pt

    def size(item: Item) -> str:
        wrong = [piece.size for piece in solid(item.para) if abs(piece.size - want) > 0.6]
        return f"{wrong[0]:g} 磅" if wrong else ""

    def face(item: Item) -> str:
        wrong = [piece.east for piece in solid(item.para) if not paper.is_face(piece.east, "小标宋")]
        return (wrong[0] or "未指定") if wrong else ""

    def place(item: Item) -> str:
        shifted = abs(item.para.left + item.para.first - item.para.right) > 0.6
        return "" if item.para.align == "center" and not shifted else _aligned(item)

    def bold(item: Item) -> str:
        return "加粗" if any(piece.bold for piece in solid(item.para)) else ""

    return [
        *over("title.size", "标题 2 号", TITLE, items, size, f"{want:g} 磅"),
        *over("title.face", "标题小标宋体", TITLE, items, face, "小标宋体"),
        *over("title.centre", "标题居中", TITLE, items, place, "居中"),
        *over("title.bold", "标题不另加粗", TITLE, items, bold, "不加粗", otherwise="warn"),
    ]


def _aligned(item: Item) -> str:
    names = {
        "left": "左对齐",
        "both": "两端对齐",
        "right": "右对齐",
        "distribute": "分散对齐",
        "center": "居中但有缩进",
    }
    return names.get(item.para.align, item.para.align)


def _lines(items: list[Item]) -> list[Finding]:
    """Look at the lines that the author broke: none of one or two letters, no oblong, no hourglass."""
    lines = [words.close(line) for item in items for line in item.row.text.split("\n") if words.close(line)]
    text = "".join(lines)
    ended = bool(re.search(r"[。，、；：！？,.;:]$", text))
    made = [told("title.end", "标题末尾不用标点", TITLE, not ended, text[-6:], "不用标点")]
    if len(lines) < 2:
        return made
    lonely = [line for line in lines if len(line) <= 2]
    made.append(
        told(
            "title.lonely",
            "标题回行不留一二字",
            TITLE,
            not lonely,
            lonely[0] if lonely else "没有",
            "每行三字以上",
        )
    )
    lengths = [len(line) for line in lines]
    oblong = len(lines) > 2 and max(lengths) == min(lengths)
    waist = len(lines) > 2 and min(lengths[1:-1]) < min(lengths[0], lengths[-1]) - 1
    said = "×".join(map(str, lengths))
    return [
        *made,
        told(
            "title.shape",
            "标题排成梯形或菱形",
            TITLE,
            not (oblong or waist),
            said,
            "梯形或菱形",
            otherwise="warn",
        ),
    ]


def _gaps(paper: Paper, items: list[Item]) -> list[Finding]:
    made = []
    if paper.of("mark") and paper.kind in ("file", "letter", "minutes"):
        lines = paper.blanks_above(items[0])
        made.append(figure("title.gap.above", "标题在红线下空二行", TITLE, lines, 2, 0.6, unit="行"))
    below = next((item for item in paper.of("title_note", "recipients", "body", "heading")), None)
    if below is not None and below.row.role != "title_note":
        lines = paper.blanks_above(below)
        wanted: Verdict = "fail" if below.row.role == "recipients" else "warn"
        finding = figure("title.gap.below", "标题下空一行", TO, lines, 1, 0.45, unit="行")
        made.append(finding if finding.verdict == "pass" or wanted == "fail" else _softened(finding))
    return made


def _softened(finding: Finding) -> Finding:
    return Finding(
        finding.code,
        finding.clause,
        finding.what,
        "warn",
        finding.measured,
        finding.expected,
        finding.tolerance,
    )


def _recipients(paper: Paper) -> list[Finding]:
    items = paper.of("recipients")

    def flush(item: Item) -> str:
        indent = item.para.left + item.para.first + _typed(item)
        return f"左空 {indent:.1f} 字" if abs(indent) > 0.3 or item.para.align in ("center", "right") else ""

    def colon(item: Item) -> str:
        text = item.row.text
        return "" if text.endswith("：") else "半角冒号" if text.endswith(":") else "没有冒号"

    return [
        *over("recipients.flush", "主送机关顶格", TO, items, flush, "顶格"),
        *over("recipients.colon", "主送机关后用全角冒号", TO, items, colon, "全角冒号"),
    ]


def _typed(item: Item) -> float:
    text = item.para.text
    return sum(
        0.5 if letter in " \u00a0" else 1.0 for letter in text[: len(text) - len(text.lstrip(words.BLANKS))]
    )
