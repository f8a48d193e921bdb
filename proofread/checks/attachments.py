"""附件: how they are named (GB/T 9704 7.3.4), and whether what the text refers to is there."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.outline import ANNEX
from proofread.paper import Paper, Paragraph
from proofread.vocabulary import number_of

LABEL = re.compile(r"^附\s?件?\s?(?P<no>[一二三四五六七八九十\d]{0,2})\s?(?P<mark>[：:.．、])\s?")
ITEM = re.compile(r"^\s?(?P<no>\d{1,2})\s?(?P<mark>[.．、,，])\s?")
REFERRED = re.compile(
    r"(?:详?见|如|参见|参照|按|具体见|填[写报]|对照|依照)\s?[“（(]?附(?:件|表)\s?(?P<no>\d{1,2}|[一二三四五六七八九十]{1,2})?(?:\s?[、和及至—-]\s?(?:附件)?(?P<to>\d{1,2}))?"
)
ATTACHED_TO_LAW = re.compile(r"附表|本办法|本规定|本方案")


def end_mark(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find punctuation behind the name of an attachment."""
    for line in paper.having("attachment"):
        if line.text[-1] in "。；;，,、.：" and len(line.text) > 4:
            yield Hit(line.end - 1, line.end, "（删去）")


def item_mark(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 1、 before the name of an attachment instead of 1."""
    for line in paper.having("attachment"):
        begin = match.end() if (match := LABEL.match(line.text)) else 0
        item = ITEM.match(line.text[begin:])
        if item and item["mark"] != ".":
            start = line.start + begin + item.start("no")
            yield Hit(start, line.start + begin + item.end("mark"), f"{item['no']}.")


def label(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 附: or 附件一: or a colon of half width instead of 附件："""
    for line in paper.having("attachment"):
        match = LABEL.match(line.text)
        if not match:
            continue
        head = re.sub(r"\s", "", match[0])
        if head != "附件：":
            number = f"{_number(match['no'])}." if match["no"] else ""
            yield Hit(line.start, line.start + len(match[0].rstrip()), f"附件：{number}")


def book_marks(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find the whole name of an attachment in 《》."""
    for line in paper.having("attachment"):
        begin = _begin_of_name(line.text)
        name = line.text[begin:].rstrip("。；;，,、.")
        if re.fullmatch(r"《[^《》]*(?:《[^》]*》)?[^《》]*》", name):
            yield Hit(line.start + begin, line.start + begin + len(name), name[1:-1])


def lone_number(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a number before the only attachment."""
    lines = paper.having("attachment")
    if len(lines) == 1 and paper.day:
        begin = match.end() if (match := LABEL.match(lines[0].text)) else 0
        if item := ITEM.match(lines[0].text[begin:]):
            yield Hit(lines[0].start + begin, lines[0].start + begin + item.end(), "（删去）")


def order(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find attachments whose numbers skip or repeat."""
    wanted = 1
    for line in paper.having("attachment"):
        match = LABEL.match(line.text)
        begin = match.end() if match else 0
        item = ITEM.match(line.text[begin:])
        found, start = (item, line.start + begin) if item else (match, line.start)
        number = _number(found["no"]) if found else 0
        if found is None or number == 0:
            continue
        if number != wanted:
            yield Hit(
                start + found.start("no"), start + found.end("no"), str(wanted), f"附件序号应为{wanted}"
            )
        wanted = number + 1


def missing(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find references to attachments that there are none of: 见附件3 while there are two."""
    there = _count(paper)
    for line in paper.having("body"):
        for match in REFERRED.finditer(line.text):
            last = max(_number(match["no"]), _number(match["to"]))
            if line.text.count("《", 0, match.start()) > line.text.count("》", 0, match.start()):
                continue
            if there == 0 and (paper.day is None or _is_of_another(line.text, match.start())):
                continue
            if last > there or there == 0:
                what = "全文没有附件说明" if there == 0 else f"附件说明只有{there}项"
                yield Hit(
                    line.start + match.start(),
                    line.start + match.end(),
                    reason=f"正文引用的附件不存在：{what}",
                )


def unlisted_pages(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find attached pages that 附件说明 does not list."""
    pages = _pages(paper)
    named = len(paper.attachments)
    if paper.day is None or not pages:
        return
    for page in pages:
        number = _number("".join(re.findall(r"[一二三四五六七八九十\d]+", page.text)))
        if named == 0 or number > named:
            yield Hit(page.start, page.end, reason="有附件页而附件说明没有列出")


def missing_pages(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find fewer attached pages than 附件说明 lists, where pages are attached at all."""
    pages = _pages(paper)
    lines = paper.having("attachment")
    if pages and 0 < len(pages) < len(paper.attachments) and lines:
        yield Hit(
            lines[0].start,
            lines[-1].end,
            reason=f"附件说明列了{len(paper.attachments)}项，后面只有{len(pages)}个附件",
        )


def page_label(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 附件一 or 附: above attached pages instead of 附件1."""
    for page in _pages(paper):
        plain = re.sub(r"\s", "", page.text)
        number = "".join(re.findall(r"[一二三四五六七八九十\d]+", plain))
        right = f"附件{_number(number) or ''}"
        if plain != right:
            yield Hit(page.start, page.end, right)


def other_title(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find attached pages whose title is not the name given in 附件说明."""
    pages = _pages(paper)
    if len(pages) != len(paper.attachments):
        return
    for page, name in zip(pages, paper.attachments, strict=True):
        at = paper.paragraphs.index(page)
        following = [line.text for line in paper.paragraphs[at + 1 : at + 5]]
        joined = {_flat("".join(following[:size])) for size in range(1, len(following) + 1)}
        if following and not any(_flat(name) in each or each in _flat(name) for each in joined if each):
            title = paper.paragraphs[at + 1]
            yield Hit(title.start, title.end, name, f"附件标题与附件说明“{name}”不一致")


def _flat(text: str) -> str:
    return re.sub(r"[\s《》〈〉“”（）()]", "", text)


def _begin_of_name(text: str) -> int:
    begin = match.end() if (match := LABEL.match(text)) else 0
    return begin + (item.end() if (item := ITEM.match(text[begin:])) else 0)


def _pages(paper: Paper) -> list[Paragraph]:
    return [line for line in paper.having("annex") if ANNEX.match(line.text)]


def _count(paper: Paper) -> int:
    pages = [_number("".join(re.findall(r"[一二三四五六七八九十\d]+", page.text))) for page in _pages(paper)]
    return max(len(paper.attachments), len(pages), max(pages, default=0))


def _number(text: str | None) -> int:
    try:
        return number_of(text) if text else 0
    except ValueError:
        return 0


def _is_of_another(text: str, at: int) -> bool:
    """Say whether the attachment belongs to a paper that is being quoted, or to a rule inside the text."""
    return bool(re.search(r"(?:办法|规定|方案|细则|条例|《[^》]*》|号）?)[^，。；]{0,6}$", text[:at]))
