"""版头 and what stands above the body: 字号, 标题, 文种, 紧急程度, 密级标志, 份号, 签发人, 主送 (GB/T 9704 7.2, 7.3.1–2)."""

import re

from recognize.fields import vocabulary as words
from recognize.fields.outline import Outline
from recognize.fields.rows import FORMS, Row, found, joined, row_of
from recognize.found import NOTHING, Found
from recognize.pages import TextLayer

# 保守国家秘密法实施条例第十五条 and GB/T 9704 7.2.2; only reported here, the office's gate judges.
_GRADE = r"(?:绝密|机密|(?<!商业)(?<!工作)秘密)"
MARKS = re.compile(
    rf"{_GRADE}级?\s?[★☆✩⭐※*](?:\s?(?:\d{{1,2}}|[一二三四五六七八九十]+)\s?(?:年|个月|月|日)|长期)?"
    rf"|{_GRADE}级?(?=特急|加急|急件)|(?:密级|密级和保密期限)：?{_GRADE}|^{_GRADE}级?$|^{_GRADE}级?\d{{1,2}}年$"
    rf"|(?:此|本|该)(?:件|文件|材料)(?:系|为|属于|属)(?:国家秘密|{_GRADE})"
)


def layout(outline: Outline) -> str:
    """Tell the layout by the mark and the number."""
    mark = outline.mark
    number = outline.number.value if outline.number else ""
    if re.search(r"电报|明电", mark + number) or (number.startswith("第") and "电" in mark):
        return "telegram"
    if mark.endswith("令"):
        return "order"
    if mark.endswith("纪要"):
        return "minutes"
    if mark.endswith("文件"):
        return "document"
    return "letter" if mark and "函" in number else "unknown"


def fields(outline: Outline, layer: TextLayer) -> dict[str, Found]:
    """Return the fields of the head."""
    title = _title(outline)
    found_here = {
        "doc_number": _number(outline),
        "title": title,
        "doc_type": _doc_type(outline, title),
        "secrecy_marks": _secrecy(layer),
        "copy_no": _copy_no(outline),
        "signer": _signer(outline),
        "main_recipients": _recipients(outline),
    }
    return found_here | _urgency(outline)


def _number(outline: Outline) -> Found:
    if outline.number is None:
        return NOTHING
    value, confidence, rule = outline.number
    row = outline.rows[outline.number_at]
    if value.startswith("第") and value.endswith("号") and outline.mark.endswith("令"):
        return found(outline.mark + value, 0.85, [outline.rows[at] for at in outline.marks] + [row], "令号")
    return found(value, confidence, [row], rule)


def _title(outline: Outline) -> Found:
    rows = outline.of(outline.title)
    if layout(outline) == "order" and (not rows or outline.title == outline.marks):
        return _ordered(outline)
    if not rows:
        return NOTHING
    text = joined(rows).replace(" ", "") if _is_chinese(rows) else joined(rows)
    if outline.title == outline.marks:
        return found(text, 0.6, rows, "标志即标题")
    typed = words.TITLE_END.search(joined(rows).translate(FORMS).replace(" ", ""))
    if typed and re.search(r"关于|对|转发|印发|批转", text):
        return found(text, 0.95, rows, "标题：事由加文种")
    return found(text, 0.75 if typed else 0.5, rows, "标题：以文种结尾" if typed else "标题：按位置")


def _ordered(outline: Outline) -> Found:
    """An order has no title of its own: it is known by what it puts in force, else by its mark."""
    rows = outline.rows[outline.body : outline.body + 6]
    for count in range(1, len(rows) + 1):
        if match := re.search(r"《([^《》]{4,60})》", joined(rows[:count])):
            return found(match[1], 0.6, rows[:count], "令所公布的法规规章")
    return found(outline.mark, 0.5, outline.of(outline.marks), "标志即标题")


def _is_chinese(rows: list[Row]) -> bool:
    return not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", joined(rows))


def _doc_type(outline: Outline, title: Found) -> Found:
    """Return the glossary's code of the 文种, "other" for kinds that the 条例 does not know."""
    rows = outline.of(outline.title)
    if (outline.mark.endswith("令") and rows == outline.of(outline.marks)) or layout(outline) == "order":
        return found("order", 0.9, outline.of(outline.marks), "令的版头")
    match = words.TITLE_END.search(str(title.value or ""))
    if not match:
        return found("minutes", 0.8, rows, "纪要的版头") if layout(outline) == "minutes" else NOTHING
    word = match[1]
    if word in words.DOC_TYPES:
        return found(words.DOC_TYPES[word], 0.95, rows[-1:], f"标题末：{word}")
    if word in words.RELATED_TYPES:
        return found(words.RELATED_TYPES[word], 0.6, rows[-1:], f"标题末：{word}")
    return found("other", 0.5, rows[-1:], f"标题末：{word}，不是法定文种")


def _urgency(outline: Outline) -> dict[str, Found]:
    """Return urgency, and the grade of a telegram; a head without a word on it is 平件."""
    at = outline.notes.get("urgency", outline.notes.get("secrecy", -1))
    row = outline.rows[at] if at >= 0 else None
    word = next((each for each in (*words.URGENCIES, "特提", "平急") if row and each in row.close), "")
    if row and word:
        value = words.URGENCIES.get(word, "extra_urgent" if word == "特提" else "normal")
        urgency = found(value, 0.95, [row], f"版头：{word}")
        is_telegram = layout(outline) == "telegram" and word in words.GRADES
        grade = found(words.GRADES[word], 0.9, [row], f"电报等级：{word}") if is_telegram else NOTHING
        return {"urgency": urgency, "telegram_grade": grade}
    confidence = 0.8 if outline.marks else 0.4
    return {"urgency": Found("normal", confidence, (), "版头没有紧急程度"), "telegram_grade": NOTHING}


def _secrecy(layer: TextLayer) -> Found:
    """Return all marks of secrecy in the text, running heads too."""
    hits = []
    for line in layer.lines:
        row = row_of(line)
        if match := MARKS.search(row.close):
            hits.append((match[0], row))
    if not hits:
        return NOTHING
    return found([mark for mark, _ in hits[:20]], 0.95, [row for _, row in hits[:20]], "密级标志")


def _copy_no(outline: Outline) -> Found:
    at = outline.notes.get("copy_no", -1)
    if at < 0:
        return NOTHING
    row = outline.rows[at]
    digits = re.sub(r"\D", "", row.close)
    return found(digits, 0.9 if len(digits) == 6 else 0.6, [row], "版头左上角的份号")


def _signer(outline: Outline) -> Found:
    at = outline.notes.get("signer", -1)
    rows = [outline.rows[at]] if at >= 0 else []
    if not rows and outline.number_at >= 0 and "签发" in outline.rows[outline.number_at].text:
        rows = [outline.rows[outline.number_at]]
    if not rows:
        return NOTHING
    more = outline.notes.get("signer_more", -1)
    text = re.split(r"签\s?发\s?人?\s?：", rows[0].text)[-1]
    if more >= 0:
        rows.append(outline.rows[more])
        text += " " + outline.rows[more].text
    names = _names(text)
    return found(names, 0.95, rows, "签发人") if names else found(None, 0.2, rows, "有“签发人”而没有姓名")


def _names(text: str) -> list[str]:
    """Part names; 张 三 written apart is one name, 张三 李四 are two."""
    joined_singles = re.sub(
        r"(?<![\u4e00-\u9fff·])([\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?![\u4e00-\u9fff]))", r"\1", text
    )
    return [
        name
        for name in re.split(r"[ 、，\t]+", joined_singles)
        if re.fullmatch(r"[\u4e00-\u9fff·]{2,12}", name)
    ]


def _recipients(outline: Outline) -> Found:
    rows = outline.of(outline.recipients)
    if rows:
        text = joined(rows).rstrip("：:").strip()
        sure = sum(row.is_indented for row in rows) == 0
        return found(text, 0.95 if sure and outline.title else 0.8, rows, "标题下以冒号结尾的机关")
    for row in outline.rows[outline.imprint :][:12]:
        if match := re.match(r"主\s?送\s?：(.+)", row.text):
            return found(match[1].rstrip("。"), 0.8, [row], "版记中的主送")
    return NOTHING
