"""正文: face, size, indents, levels, pitch, the first page (5.2.2, 7.3.3)."""

import re
from collections.abc import Callable

from typeset.checking.docx.gathering import Measure, over
from typeset.checking.docx.paper import POINT, Item, Paper, solid
from typeset.checking.findings import Finding, figure, told
from typeset.model.blocks import Paragraph
from typeset.model.inline import plain
from typeset.reading import words
from typeset.reading.headings import heading_of
from typeset.reading.wordml import Piece

TEXT = "GB/T 9704 5.2.2"
BODY = "GB/T 9704 7.3.3"
SIZES = (15.4, 16.6)
FORMS = {
    1: (re.compile(r"[一二三四五六七八九十百]+、"), "一、"),
    2: (re.compile(r"（[一二三四五六七八九十百]+）(?![、，.．])"), "（一）"),
    3: (re.compile(r"[0-9]{1,2}[.．](?![0-9](?![0-9]{3}))"), "1."),
    4: (re.compile(r"（[0-9]{1,2}）(?![、，.．])"), "（1）"),
}
KINDS = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}
ORDINAL = {1: "一级", 2: "二级", 3: "三级", 4: "四级"}
MOST_SHARE = 0.1
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def check(paper: Paper) -> list[Finding]:
    """Check the text of the paper and of its attachments."""
    items = [item for item in paper.texts() if item.row.text]
    running = [item for item in items if item.row.role == "body" and not _is_special(item)]
    # Level 3 and 4 stand in the text's own face, so they are held to the same figures.
    made = over(
        "text.size", "正文 3 号", TEXT, running, _sized(paper), f"{_wanted(paper):.4g} 磅（15.4～16.6）"
    )
    made += over("text.face", "正文仿宋体", TEXT, running, _faced(paper, "仿宋"), "仿宋体")
    made += over("text.indent", "自然段左空二字", BODY, _indented(items), _first_line, "首行缩进 2 字")
    made += over("text.hang", "回行顶格", BODY, _indented(items), _left, "左右不缩进")
    made += over("text.color", "无说明者为黑色", "GB/T 9704 5.2.4", items, _colored, "黑色")
    made += over("text.bold", "正文不加粗", TEXT, running, _bold, "不加粗", otherwise="warn")
    for level in FORMS:
        made += _level(paper, [item for item in items if item.row.level == level], level)
    return made + _even(paper, items) + _first_page(paper) + _tables(paper)


def _is_special(item: Item) -> bool:
    return any(piece.is_formula or piece.picture for piece in item.para.pieces)


def _wanted(paper: Paper) -> float:
    return paper.profile.body_pt or paper.profile.zi / POINT


def _sized(paper: Paper) -> Measure:
    low, high = (min(SIZES[0], _wanted(paper) - 0.4), max(SIZES[1], _wanted(paper) + 0.6))

    def measure(item: Item) -> str:
        return _mostly(
            item,
            lambda piece: bool(piece.raised) or low <= piece.size <= high,
            lambda piece: f"{piece.size:g} 磅",
        )

    return measure


def _faced(paper: Paper, kind: str) -> Measure:
    def measure(item: Item) -> str:
        chinese = lambda piece: not re.search(r"[\u4e00-\u9fff]", piece.text)  # noqa: E731 - a small question
        return _mostly(
            item,
            lambda piece: chinese(piece) or paper.is_face(piece.east, kind),
            lambda piece: piece.east or "未指定",
        )

    return measure


def _mostly(item: Item, good: Callable[[Piece], bool], said: Callable[[Piece], str]) -> str:
    """Return what the first piece says that is not good, if more than a tenth of the letters are not."""
    pieces = solid(item.para)
    whole = sum(len(piece.text.strip()) for piece in pieces)
    wrong = [piece for piece in pieces if not good(piece)]
    if sum(len(piece.text.strip()) for piece in wrong) <= whole * MOST_SHARE:
        return ""
    return said(wrong[0])


def _indented(items: list[Item]) -> list[Item]:
    """Paragraphs that begin two characters in: not those spoken to, nor what stands alone in the line."""
    return [
        item
        for item in items
        if not _is_special(item)
        and not (item.row.text.endswith("：") and words.is_addressed(item.row.close[:-1]))
    ]


def _first_line(item: Item) -> str:
    text = item.para.label or item.para.text
    typed = sum(
        0.5 if letter in " \u00a0" else 1.0 for letter in text[: len(text) - len(text.lstrip(words.BLANKS))]
    )
    indent = item.para.left + item.para.first
    if abs(indent - 2) <= 0.2 and not typed:
        return ""
    return f"敲了 {typed:g} 字空格，缩进 {indent:.1f} 字" if typed else f"{indent:.1f} 字"


def _left(item: Item) -> str:
    left, right = item.para.left, item.para.right
    if item.para.is_listed and abs(left + item.para.first - 2) <= 0.2:
        return ""
    return f"左 {left:.1f} 字、右 {right:.1f} 字" if abs(left) > 0.2 or abs(right) > 0.2 else ""


def _colored(item: Item) -> str:
    wrong = [piece.color for piece in solid(item.para) if piece.color not in ("auto", "000000")]
    return wrong[0] if wrong else ""


def _bold(item: Item) -> str:
    return _mostly(item, lambda piece: not piece.bold, lambda piece: "加粗")


def _level(paper: Paper, items: list[Item], level: int) -> list[Finding]:
    """Check headings of a level: the face of their first words, the size, how the number is written."""
    name = f"{ORDINAL[level]}层次“{FORMS[level][1]}”"
    code = f"heading{level}"

    def face(item: Item) -> str:
        first = _lead(item)
        if first is None or _is_sentence(item) or paper.is_face(first.east, KINDS[level]):
            return ""
        return first.east or "未指定"

    def form(item: Item) -> str:
        return "" if FORMS[level][0].match(item.row.text) else words.level_of(item.row.text)[1]

    def bold(item: Item) -> str:
        first = _lead(item)
        return "加粗" if first and first.bold else ""

    return [
        *over(f"{code}.face", f"{name}{KINDS[level]}", BODY, items, face, KINDS[level]),
        *over(f"{code}.size", f"{name}3 号", BODY, items, _sized(paper), "3 号"),
        *over(f"{code}.form", f"{name}的写法", BODY, items, form, FORMS[level][1]),
        *over(f"{code}.bold", f"{name}标准不要求加粗", BODY, items, bold, "不加粗", otherwise="warn"),
    ]


def _lead(item: Item) -> Piece | None:
    return next((piece for piece in solid(item.para) if re.search(r"[\u4e00-\u9fff]", piece.text)), None)


def _is_sentence(item: Item) -> bool:
    """A numbered sentence in running text, not a heading: what a reader would not take for one either."""
    return isinstance(heading_of(plain(item.row.text), item.row.level), Paragraph)


def _even(paper: Paper, items: list[Item]) -> list[Finding]:
    """See that paragraphs keep the pitch and add no space of their own: else the 22 lines are lost."""
    usual = paper.profile_pitch

    def pitch(item: Item) -> str:
        own = paper.pitch(item.para)
        return f"{own:.4g} 磅" if abs(own - usual) > 0.3 else ""

    def gap(item: Item) -> str:
        before, after = item.para.before, item.para.after
        return f"段前 {before:g} 磅、段后 {after:g} 磅" if before + after > 1 else ""

    running = [item for item in items if not _is_special(item)]
    return [
        *over("text.pitch", "各段行距一致", "GB/T 9704 5.2.3", running, pitch, f"{usual:.4g} 磅"),
        *over("text.gaps", "段前段后不加空", "GB/T 9704 5.2.3", running, gap, "0 磅"),
    ]


def _first_page(paper: Paper) -> list[Finding]:
    """首页必须显示正文: estimated from the heights of what stands above the text."""
    if paper.kind == "plain" and not paper.of("mark"):
        return []
    above, text = 0.0, ""
    for item in paper.items:
        if item.row.breaks:
            above += paper.profile.height
        if item.row.part == 0 and item.row.role in ("body", "heading"):
            text = item.quoted
            break
        above += paper.height(item) if item.row.at >= 0 else 0.0
    room = paper.profile.height - above
    good = bool(text) and room >= 5
    said = f"正文前约占 {above:.0f} mm" if text else "没有正文"
    return [
        told(
            "text.first_page",
            "首页显示正文（估算）",
            BODY,
            good,
            said,
            f"少于 {paper.profile.height:g} mm",
            where=text,
        )
    ]


def _tables(paper: Paper) -> list[Finding]:
    """Tables keep within the text area; one that runs over a page repeats its head."""
    made = []
    for item in paper.items:
        if item.table is None or item.row.role != "body" or item.table.floats:
            continue
        section = paper.section_of(item)
        width = sum(item.table.widths)
        if width:
            lenient = (0.0, section.text_width + 1.5)
            made.append(
                figure(
                    "table.width",
                    "表格不超出版心",
                    "GB/T 9704 8",
                    width,
                    section.text_width,
                    1.5,
                    lenient=lenient,
                    where=item.quoted,
                )
            )
        repeats = bool(item.table.header_rows)
        if paper.height(item) > section.text_height:
            said = "重复" if repeats else "不重复"
            made.append(
                told(
                    "table.head",
                    "跨页表格重复表头",
                    "GB/T 9704 8",
                    repeats,
                    said,
                    "重复表头",
                    otherwise="warn",
                    where=item.quoted,
                )
            )
    return made
