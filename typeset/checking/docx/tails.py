"""附件说明, 署名, 日期, 附注, attachments, 版记 (7.3.4–7.3.7, 7.4)."""

import re

from typeset.checking.docx.gathering import over
from typeset.checking.docx.imprints import check as check_imprint
from typeset.checking.docx.paper import POINT, Item, Paper, solid
from typeset.checking.findings import Finding, figure, told
from typeset.reading import words
from typeset.reading.tails import names_of_list

NOTES = "GB/T 9704 7.3.4"
SIGNED = "GB/T 9704 7.3.5"
NOTE = "GB/T 9704 7.3.6"
ATTACHED = "GB/T 9704 7.3.7"


def check(paper: Paper) -> list[Finding]:
    """Check everything that follows the text."""
    return _notes(paper) + _signed(paper) + _note(paper) + _attachments(paper) + check_imprint(paper)


def _notes(paper: Paper) -> list[Finding]:
    items = paper.of("attachment_notes")
    if not items:
        return []
    first = items[0]
    names = names_of_list([item.row.text for item in items])

    def ended(item: Item) -> str:
        return item.row.text[-1] if re.search(r"[。；，、.;,]$", item.row.text) else ""

    def numbered(item: Item) -> str:
        found = re.search(r"(?:^|：|\s)(?:附件)?(\d{1,2}\s?[、：:，])", item.row.text)
        return found[1] if found else ""

    def quoted(item: Item) -> str:
        return "书名号" if re.search(r"(?:：|[.．])\s?《.*》$", item.row.text) else ""

    indent = first.para.left + first.para.first
    label = re.match(r"附\s?件?\s?[一二三四1-9]?\s?[：:]?", first.row.text)
    good = bool(label) and label is not None and label[0] == "附件："
    made = [
        figure("notes.gap", "附件说明在正文下空一行", NOTES, paper.blanks_above(first), 1, 0.35, unit="行"),
        figure("notes.indent", "附件说明左空二字", NOTES, indent, 2, 0.3, unit="字", where=first.quoted),
        told(
            "notes.label",
            "附件说明写“附件：”",
            NOTES,
            good,
            label[0] if label else "",
            "附件：",
            where=first.quoted,
        ),
        *over("notes.end", "附件名称后不加标点", NOTES, items, ended, "不加标点"),
        *over("notes.number", "附件序号用“1.”", NOTES, items, numbered, "1."),
        *over("notes.quotes", "附件名称不加书名号", NOTES, items, quoted, "不加书名号"),
    ]
    single = len(names) == 1 and bool(re.search(r"：\s?1\s?[.．、]", first.row.text))
    return [
        *made,
        told(
            "notes.single",
            "只有一个附件不编号",
            NOTES,
            not single,
            "编了号" if single else "没有编号",
            "不编号",
        ),
    ]


def _signed(paper: Paper) -> list[Finding]:
    dates = paper.of("date")
    signatures = paper.of("signature")
    if not dates:
        late = paper.kind not in ("minutes", "plain")
        return (
            [
                told(
                    "date.present",
                    "成文日期",
                    SIGNED,
                    False,
                    "没有认出成文日期",
                    "有成文日期",
                    otherwise="warn",
                )
            ]
            if late
            else []
        )
    date = dates[0]
    text = words.close(date.row.text)
    good = bool(re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", text))
    made = [
        told(
            "date.form",
            "成文日期用阿拉伯数字、不编虚位",
            "GB/T 9704 7.3.5.4",
            good,
            text,
            "2026年6月9日",
            where=date.quoted,
        )
    ]
    person = any(words.POST_AND_NAME.search(item.row.text) for item in signatures)
    if not signatures or person or len(signatures) > 1:
        return made + _date_edge(
            date, stamped=any(each.para.pictures or each.para.rings for each in signatures)
        )
    return made + _placed(paper, signatures[0], date) + _apart(paper, signatures[0])


def _date_edge(date: Item, *, stamped: bool) -> list[Finding]:
    edge = _edge(date)
    if not stamped and 1.6 <= edge <= 8:
        return [told("date.edge", "成文日期的位置", SIGNED, True, f"右空 {edge:.1f} 字", "右空二至四字")]
    return [
        figure(
            "date.edge",
            "成文日期右空四字",
            SIGNED,
            edge,
            4,
            1,
            unit="字",
            lenient=(1.5, 8),
            where=date.quoted,
        )
    ]


def _edge(item: Item) -> float:
    """Return how many characters are left free at the right."""
    text = item.para.text
    typed = sum(0.5 if letter == " " else 1.0 for letter in text[len(text.rstrip(words.BLANKS)) :])
    if item.para.align == "right":
        return item.para.right + typed
    if item.para.align in ("center", "distribute"):
        return 14 - _width(item) / 2 - (item.para.left + item.para.first - item.para.right) / 2
    lead = sum(0.5 if letter == " " else 1.0 for letter in text[: len(text) - len(text.lstrip(words.BLANKS))])
    return 28 - (item.para.left + item.para.first + lead + _width(item))


def _width(item: Item) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in item.row.text.strip(words.BLANKS))


def _placed(paper: Paper, signature: Item, date: Item) -> list[Finding]:
    """Two lawful places: sealed, centred over a date four characters in; not sealed, two in and the date two further."""
    sign_edge, date_edge = _edge(signature), _edge(date)
    offset = (sign_edge + _width(signature) / 2) - (date_edge + _width(date) / 2)
    shift = (sign_edge + _width(signature)) - (date_edge + _width(date))
    sealed = abs(date_edge - 4) <= 0.6 and (abs(offset) <= 0.7 or (sign_edge <= 0.3 and offset <= 0.7))
    bare = (abs(sign_edge - 2) <= 0.4 and abs(shift - 2) <= 0.8) or (
        abs(date_edge - 2) <= 0.4 and abs(shift - 2) <= 0.8
    )
    stamped = any(item.para.pictures or item.para.rings for item in (signature, date))
    said = f"署名右空 {sign_edge:.1f} 字、日期右空 {date_edge:.1f} 字，日期首字比署名首字右移 {shift:.1f} 字"
    want = "盖章：日期右空 4 字、署名居中在其上；不盖章：署名右空 2 字、日期首字右移 2 字"
    return [
        told(
            "date.place",
            "署名和成文日期的位置",
            SIGNED,
            sealed or (bare and not stamped),
            said,
            want,
            where=signature.quoted,
        )
    ]


def _apart(paper: Paper, signature: Item) -> list[Finding]:
    """Not too far under the text: one line, or the room that a seal needs (its head within a line of the text)."""
    lines = paper.blanks_above(signature)
    made = [
        figure(
            "signature.gap",
            "署名与正文的间隔",
            SIGNED,
            lines,
            1,
            0.4,
            unit="行",
            lenient=(0.6, 3.5),
            where=signature.quoted,
        )
    ]
    if made[0].verdict == "warn" and lines > 1:
        made = [
            told(
                "signature.gap",
                "署名与正文的间隔",
                SIGNED,
                True,
                f"{lines:.2g} 行（留出盖章位置）",
                "1～3 行",
            )
        ]
    for picture in signature.para.pictures:
        wide = 38 <= picture.width <= 60 or not picture.floats
        made.append(
            told(
                "seal.size", "印章大小", SIGNED, wide, f"{picture.width:.0f} mm", "约 42 mm", otherwise="warn"
            )
        )
    return made


def _note(paper: Paper) -> list[Finding]:
    items = paper.of("note")

    def brackets(item: Item) -> str:
        text = item.row.text
        return "" if text.startswith("（") and text.endswith("）") else "半角括号"

    def indent(item: Item) -> str:
        given = item.para.left + item.para.first
        typed = len(item.para.text) - len(item.para.text.lstrip("\u3000"))
        return "" if abs(given + typed - 2) <= 0.3 else f"左空 {given + typed:.1f} 字"

    return [
        *over("note.brackets", "附注加圆括号", NOTE, items, brackets, "全角圆括号"),
        *over("note.indent", "附注居左空二字", NOTE, items, indent, "2 字"),
    ]


def _attachments(paper: Paper) -> list[Finding]:
    marks = paper.of("attachment_mark", part=None)
    names = names_of_list([item.row.text for item in paper.of("attachment_notes")])
    made: list[Finding] = []
    if marks and not names and paper.of("mark"):
        made.append(
            told("attachment.listed", "附件在附件说明中列出", ATTACHED, False, "有附件页而无附件说明", "列出")
        )
    if names and marks and len(marks) != len(names):
        said = f"附件说明 {len(names)} 个，附件 {len(marks)} 个"
        made.append(told("attachment.count", "附件与附件说明一致", ATTACHED, False, said, "个数一致"))

    def face(item: Item) -> str:
        first = next((piece.east for piece in solid(item.para)), "")
        return "" if paper.is_face(first, "黑体") else first or "未指定"

    def flush(item: Item) -> str:
        given = item.para.left + item.para.first
        return f"左空 {given:.1f} 字" if abs(given) > 0.3 or item.para.align in ("center", "right") else ""

    def page(item: Item) -> str:
        return "" if item.row.breaks else "没有另起一面"

    def form(item: Item) -> str:
        text = words.close(item.row.text)
        wanted = r"附件\d{1,2}" if len(marks) > 1 else "附件"
        return "" if re.fullmatch(wanted, text) else text

    made += over("attachment.page", "附件另面编排", ATTACHED, marks, page, "另起一面")
    made += over("attachment.face", "“附件”3 号黑体", ATTACHED, marks, face, "黑体")
    made += over("attachment.flush", "“附件”顶格", ATTACHED, marks, flush, "顶格")
    made += over(
        "attachment.form", "“附件”的写法", ATTACHED, marks, form, "附件1" if len(marks) > 1 else "附件"
    )
    return made + _titles(paper, names)


def _titles(paper: Paper, names: tuple[str, ...]) -> list[Finding]:
    """The title of an attachment stands centred on the third line, and is the one announced."""
    titles = [
        item
        for item in paper.of("attachment_title", part=None)
        if item.row.part not in paper.outline.enclosures
    ]
    firsts = [item for at, item in enumerate(titles) if at == 0 or titles[at - 1].row.part != item.row.part]

    def centred(item: Item) -> str:
        return "" if item.para.align == "center" else item.para.align

    def third(item: Item) -> str:
        lines = paper.blanks_above(item)
        return "" if abs(lines - 1) <= 0.4 else f"上空 {lines:.1f} 行"

    def named(item: Item) -> str:
        whole = words.close("".join(each.row.text for each in titles if each.row.part == item.row.part))
        return "" if whole in {words.close(name) for name in names} else whole[:20]

    made = over("attachment.title.centre", "附件标题居中", ATTACHED, firsts, centred, "居中")
    made += over("attachment.title.line", "附件标题在第三行", ATTACHED, firsts, third, "上空 1 行")
    return made + (
        over("attachment.title.same", "附件标题与附件说明一致", ATTACHED, firsts, named, "一致")
        if names
        else []
    )


__all__ = ["POINT", "check"]
