"""数据关: sums and shares that do not come out, from the figures the text itself gives (条例第十九条: 情况确实)."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from proofread.hits import Given, Hit
from proofread.paper import Paper, Paragraph
from proofread.quantities import PERCENT, Quantity, holds, quantities_in, share, written

TRAILING = re.compile(r"(?:合计|总计|共计|总共|合共)[^，。；\d]{0,8}$")
EXHAUSTIVE = re.compile(r"分类|分别(?:为|是)?|具体为|按[^，。]{1,10}分|即[：:]?$|(?:构成|组成)|^其中[：:]")
AMONG = re.compile(r"其中|包括")
# Behind these words another thing is counted.
OTHER = re.compile(
    r"其中|包括|[，,]\s?(?:争取|比|同比|较|带动|实现|完成|累计|新增|全|人均|年|平均|达|共|总|拉动|增长|下降|惠及|涉及|覆盖|吸引)"
)
OPPOSITES = (
    (r"(?<!未)(?:完成|办结|已办|落实|整改到位)", r"正在|未完成|未办结|在办|尚未|未落实|正在整改"),
    (r"按期|按时", r"逾期|超期|延期"),
    (r"(?<!不)满意", r"不满意"),
    (r"男", r"女"),
    (r"交办", r"直办|自办"),
    (r"(?<!不)合格|达标|通过", r"不合格|未达标|未通过"),
    (r"采纳|采用", r"未采纳|未采用"),
    (r"乡镇|各镇|镇（办）|镇\(办\)", r"部门"),
    (r"收入", r"退还"),
)
EQUATION = re.compile(
    r"(?<![\d.+])(\d+(?:\.\d+)?(?:\s?[+＋]\s?\d+(?:\.\d+)?)+)\s?(?:[=＝]|[，,]?\s?(?:合计|总计|共计|共))\s?(\d+(?:\.\d+)?)(?![\d.]|\s?[+＋])"
)
RATE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2})率(?:为|达到?|是|约为)?\s?(?P<percent>\d+(?:\.\d+)?)\s?[%％](?![%％])"
)
SHARE = re.compile(
    r"占(?P<base>[^，,。；;、%\d]{0,14}?)(?:的)?(?:比重|比例)?(?:为|达)?\s?(?P<percent>\d+(?:\.\d+)?)\s?[%％]"
)
SHARE_OF = re.compile(
    r"(?:占|完成|为|相当于)[^，,。；;、\d]{0,12}(?P<base>\d+(?:\.\d+)?)\s?(?P<scale>万亿|万|亿)?(?P<unit>元|人|户|件|项|个|亩|吨|公里|家)的(?P<percent>\d+(?:\.\d+)?)\s?[%％]"
)
BOUNDED = re.compile(
    r"(?:满意|合格|覆盖|办结|回复|达标|入学|普及|出勤|到会|签收|响应|优良|按期)率[^，。；\d]{0,6}(1\d\d(?:\.\d+)?|[2-9]\d\d(?:\.\d+)?)\s?[%％]"
)
MOST_LETTERS = 10_000
NEAR_SUM = Decimal("0.05")
NEAR_POINTS = Decimal(3)


def equations(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 460+38+3=506 that is not so."""
    for match in EQUATION.finditer(paper.text):
        total = sum(Decimal(each) for each in re.split(r"\s?[+＋]\s?", match[1]))
        if total != Decimal(match[2]):
            yield Hit(match.start(2), match.end(2), str(total), f"分项相加是{total}，不是{match[2]}")


def sums(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find parts that do not add up to the whole they are parts of."""
    for line in _lines(paper):
        found = quantities_in(line.text)
        if len(found) < 3:
            continue
        yield from _shifted(line, (*_trailing(line.text, found), *_groups(line.text, found)))


def opposites(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find two opposite parts (完成、正在办理) that do not make up their whole."""
    for line in _lines(paper):
        found = quantities_in(line.text)
        for at in range(1, len(found) - 1):
            one, two = found[at], found[at + 1]
            if (
                one.unit != two.unit
                or re.search(r"[。；;]", line.text[one.end : two.start])
                or not _are_opposite(one, two)
            ):
                continue
            wholes = [
                each
                for each in found[:at]
                if each.unit == one.unit and each.value >= max(one.value, two.value)
            ]
            yield from _shifted(line, _judged([one, two], wholes, Decimal("0.12")))


def shares(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 占…的…% that the counts beside it, or in the paragraphs above, do not bear out."""
    above: list[Quantity] = []
    for line in _lines(paper):
        found = quantities_in(line.text)
        rows = [(match, _parts(line.text, found, match.start())) for match in SHARE.finditer(line.text)]
        rows = [(match, parts) for match, parts in rows if parts]
        base = _agreed(found, rows)
        for match, parts in rows:
            known = above + [each for each in found if each.start < match.start()]
            yield from _shifted(line, _share_judged(known, match, parts, base))
        above += found


def rates(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 完成率 that is not 完成 of the whole."""
    for line in _lines(paper):
        found = quantities_in(line.text)
        for match in RATE.finditer(line.text):
            begin = max(line.text.rfind(stop, 0, match.start()) for stop in "。；;") + 1
            here = [each for each in found if begin <= each.start < match.start()]
            at = next((at for at in reversed(range(len(here))) if _does(here[at].label, match["stem"])), None)
            if at is None or at == 0:
                continue
            wholes = [
                each for each in here[:at] if each.unit == here[at].unit and each.value >= here[at].value
            ]
            yield from _shifted(line, _rate_judged(here[at], wholes, match))


def shares_of(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 完成投资12亿元，占计划10亿元的110%."""
    for line in _lines(paper):
        found = quantities_in(line.text)
        for match in SHARE_OF.finditer(line.text):
            begin = max(line.text.rfind(stop, 0, match.start()) for stop in "。；;") + 1
            whole = next((each for each in found if match.start() <= each.start < match.end()), None)
            parts = [
                each
                for each in found
                if begin <= each.start < match.start() and whole and each.unit == whole.unit
            ]
            if whole and parts and not re.search(r"[。；;]", line.text[parts[-1].end : match.start()]):
                yield from _shifted(line, _rate_judged(parts[-1], [whole], match))


def too_much(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 满意率 and the like above a hundred."""
    for match in BOUNDED.finditer(paper.text):
        if Decimal(match[1]) > 100:
            yield Hit(match.start(1), match.end(), reason="这一比率不会超过100%")


def shares_together(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find shares of one whole that make more than a hundred together."""
    form = re.compile(r"(?:分别占|占比分别(?:为|是))[^。；]{0,30}?((?:\d+(?:\.\d+)?[%％][、，和]?){2,})")
    for line in _lines(paper):
        for match in form.finditer(line.text):
            total = sum(Decimal(each["figure"]) for each in PERCENT.finditer(match[1]))
            if Decimal("100.5") < total < Decimal(112):
                yield Hit(
                    line.start + match.start(1),
                    line.start + match.end(1),
                    reason=f"各占比相加为{total}%，超过100%",
                )


def _lines(paper: Paper) -> list[Paragraph]:
    """Return the paragraphs with figures in them; one of more than ten thousand letters is no prose."""
    lines = paper.having("body", "annex")
    return [line for line in lines if len(line.text) <= MOST_LETTERS and re.search(r"\d", line.text)]


def _shifted(line: Paragraph, hits: Iterable[Hit]) -> Iterator[Hit]:
    for hit in hits:
        yield hit._replace(start=line.start + hit.start, end=line.start + hit.end)


def _trailing(text: str, found: list[Quantity]) -> Iterator[Hit]:
    for at, whole in enumerate(found):
        if not TRAILING.search(text[: whole.start]):
            continue
        begin = max(text.rfind("。", 0, whole.start), text.rfind("；", 0, whole.start))
        parts = [
            each
            for each in found[:at]
            if each.start > begin and each.unit == whole.unit and not each.is_total
        ]
        total = sum((each.value for each in parts), Decimal(0))
        if len(parts) > 1 and total != whole.value and not _same(parts, whole):
            yield Hit(
                whole.start, whole.end, reason=f"分项相加是{_plain(total)}，合计写的是{_plain(whole.value)}"
            )


def _groups(text: str, found: list[Quantity]) -> Iterator[Hit]:
    for begin, end in _runs(text, found):
        parts = found[begin:end]
        if text[parts[-1].end : parts[-1].end + 1] == "等" or TRAILING.search(text[: parts[-1].start]):
            continue
        opening = text[max(0, found[begin - 1].end if begin else 0) : parts[0].start]
        strict = bool(EXHAUSTIVE.search(opening)) and len(parts) > 2
        if not strict and not (AMONG.search(opening) and len(parts) > 1):
            continue
        wholes = [
            each
            for each in found[:begin]
            if each.unit == parts[0].unit and each.value >= max(one.value for one in parts)
        ]
        yield from _judged(parts, wholes, Decimal("0.3") if strict else NEAR_SUM)


def _runs(text: str, found: list[Quantity]) -> Iterator[tuple[int, int]]:
    """Yield stretches of quantities of one unit that only short labels stand between."""
    begin = 0
    for at in range(1, len(found) + 1):
        joined = (
            at < len(found)
            and found[at].unit == found[begin].unit
            and bool(
                re.fullmatch(
                    r"\s?(?:[（(][^（）()]*[）)])?[、，,；;和及]{1,2}[^，,。；;：:\d]{0,24}",
                    text[found[at - 1].end : found[at].start],
                )
            )
        )
        if joined and OTHER.search(text[found[at - 1].end : found[at].start]):
            joined = False
        if not joined:
            if at - begin > 1:
                yield begin, at
            begin = at


def _judged(parts: list[Quantity], wholes: list[Quantity], near: Decimal) -> Iterator[Hit]:
    total = sum((each.value for each in parts), Decimal(0))
    if not wholes or any(each.value == total or _same(parts, each) for each in wholes):
        return
    closest = min(wholes, key=lambda each: abs(each.value - total))
    if abs(closest.value - total) <= max(near * closest.value, Decimal(1)):
        reason = f"{'、'.join(_plain(each.value) for each in parts)}相加是{_plain(total)}，总数写的是{_plain(closest.value)}"
        yield Hit(parts[0].start, parts[-1].end, reason=reason)


def _same(parts: list[Quantity], whole: Quantity) -> bool:
    slack = whole.slack + sum((each.slack for each in parts), Decimal(0))
    return abs(sum((each.value for each in parts), Decimal(0)) - whole.value) <= slack


def _are_opposite(one: Quantity, two: Quantity) -> bool:
    for first, second in OPPOSITES:
        if re.search(first, one.label) and re.search(second, two.label) and not re.search(second, one.label):
            return True
        if re.search(second, one.label) and re.search(first, two.label) and not re.search(second, two.label):
            return True
    return False


def _parts(text: str, found: list[Quantity], before: int) -> list[Quantity]:
    """Return what a share may be a share of: the quantity just before it, and the run it closes as one."""
    begin = max(text.rfind(stop, 0, before) for stop in "。；;") + 1
    here = [each for each in found if begin <= each.start < before]
    if not here or re.search(r"[%％]", text[here[-1].end : before]):
        return []
    last = here[-1]
    run = [last]
    for each in reversed(here[:-1]):
        if each.unit != last.unit or not re.fullmatch(
            r"[、，,和][^，,。；;：:\d]{0,24}", text[each.end : run[0].start]
        ):
            break
        run.insert(0, each)
    whole = Quantity(
        sum((each.value for each in run), Decimal(0)),
        sum((each.slack for each in run), Decimal(0)),
        last.unit,
        "",
        run[0].start,
        last.end,
    )
    return [last, whole]


def _agreed(found: list[Quantity], rows: list[tuple["re.Match[str]", list[Quantity]]]) -> Quantity | None:
    """Return the whole that most shares of a paragraph agree on, at least two of them."""
    votes: dict[Decimal, list[Quantity]] = {}
    for match, parts in rows:
        for each in {each.value: each for each in found if each.start < match.start()}.values():
            if each.value > parts[0].value and holds(parts[0], each, match["percent"]):
                votes.setdefault(each.value, []).append(each)
    best = max(votes.values(), key=len, default=[])
    return best[0] if len(best) > 1 else None


def _share_judged(
    known: list[Quantity], match: "re.Match[str]", parts: list[Quantity], base: Quantity | None
) -> Iterator[Hit]:
    percent = match["percent"]
    least = parts[-1].value
    bases = [base] if base else [each for each in known if each.unit == parts[0].unit and each.value > least]
    if not bases or any(holds(part, each, percent) for part in parts for each in bases):
        return
    if base is None and not re.search(r"总|全部", match["base"]):
        return
    near = [(abs(share(part, each) - Decimal(percent)), part, each) for part in parts for each in bases]
    off, part, whole = min(near, key=lambda row: row[0])
    if off <= (NEAR_POINTS if base else Decimal(1)) + Decimal(percent) / 10:
        yield _off(match, part, whole, percent)


def _rate_judged(part: Quantity, wholes: list[Quantity], match: "re.Match[str]") -> Iterator[Hit]:
    percent = match["percent"]
    if not wholes or any(holds(part, each, percent) for each in wholes):
        return
    off, whole = min(
        ((abs(share(part, each) - Decimal(percent)), each) for each in wholes), key=lambda row: row[0]
    )
    if off <= 15:
        yield _off(match, part, whole, percent)


def _off(match: "re.Match[str]", part: Quantity, whole: Quantity, percent: str) -> Hit:
    right = written(share(part, whole), percent)
    return Hit(
        match.start("percent"),
        match.end(),
        f"{right}%",
        f"{_plain(part.value)}÷{_plain(whole.value)}＝{right}%，不是{percent}%",
    )


def _does(label: str, stem: str) -> bool:
    return stem in label and not re.search(rf"(?:未|不|尚未|正在){stem}", label)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
