"""Counts of what the text itself lists: 前5位, 等8个, 三项工作, meetings numbered beyond their count, rows of tables."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from proofread.hits import Given, Hit
from proofread.paper import Paper, Paragraph
from proofread.vocabulary import in_chinese, number_of

CN = "一二三四五六七八九十"
NUMERAL = rf"(?:\d{{1,3}}|[{CN}]{{1,3}})"
RANKED = re.compile(
    rf"(?:排名|位居|居|列|排在)?前({NUMERAL})(?:位|名)的?(?:[\u4e00-\u9fff（）]{{0,10}}?)(?:分别)?(?:是|为|[：:])(?P<list>[^。；\n：]{{4,200}})"
)
AMONG = re.compile(
    rf"(?:^|[，。；：“（,;:])(?P<list>[^，。；：“”（）,;:等\n]{{2,120}}、[^，。；：“”（）,;:等\n]{{1,60}}?)等(?P<count>{NUMERAL})(?=个|家|名|位|项|种|类|部门|省|市|县|乡镇|镇)"
)
MEETINGS = re.compile(rf"召开(?P<name>[\u4e00-\u9fff]{{2,14}}?(?:会议|会))(?P<count>{NUMERAL})次")
HELD = re.compile(rf"第(?P<no>{NUMERAL})次(?P<name>[\u4e00-\u9fff]{{2,12}}?(?:会议|会))")
ANNOUNCED = re.compile(
    r"(?:以下|如下|下列|抓好|做好|突出|坚持|聚焦|围绕|从|重点做好|重点抓好|着力抓好)(?P<count>[两二三四五六七八九])(?:个方面|项工作|件事|点|个问题|项措施|个重点|项任务|条措施|点意见|点要求|方面工作)[^。；：:]{0,12}[：:。]"
)
SAID = re.compile(rf"(?:^|[：:。；;，])(?:[{CN}])(?:是|要)")


def ranked(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 前5位的是 with more or fewer than five named."""
    for line in paper.having("body", "annex"):
        for match in RANKED.finditer(line.text):
            named = re.split(r"[，,](?=占|合计|共|其|总)|[，,]分别", match["list"])[0]
            if named.endswith("等") or "、" not in named:
                continue
            flat = re.sub(r"[（(][^（）()]*[）)]", "", named)
            items = len(re.split(r"、", flat))
            most = items + len(re.findall(r"[和及]", flat)) + flat.count("，") + flat.count(",")
            if not items <= number_of(match[1]) <= most:
                yield Hit(
                    line.start + match.start(1),
                    line.start + match.end(1),
                    "",
                    f"说“前{match[1]}”，列了{items}个",
                )


def among(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 甲、乙、丙等2个."""
    for line in paper.having("body", "annex"):
        for match in AMONG.finditer(line.text):
            items = match["list"].count("、") + 1
            if items > number_of(match["count"]) > 1:
                yield Hit(
                    line.start + match.start("count"),
                    line.start + match.end("count"),
                    "",
                    f"前面列了{items}个，却说“等{match['count']}个”",
                )


def meetings(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find the seventeenth meeting where thirteen were held."""
    for line in paper.having("body"):
        for held in MEETINGS.finditer(line.text):
            count = number_of(held["count"])
            beyond = [
                each
                for each in HELD.finditer(line.text, held.end())
                if number_of(each["no"]) > count
                and (
                    each["name"] in held["name"]
                    or held["name"].endswith(each["name"])
                    or held["name"].startswith(each["name"])
                )
            ]
            if beyond and "届" not in line.text[beyond[0].start() - 6 : beyond[0].start()]:
                yield Hit(
                    line.start + beyond[0].start(),
                    line.start + beyond[0].end(),
                    "",
                    f"前面说召开{held['count']}次，这里是第{beyond[0]['no']}次",
                )


def announced(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 以下三项工作： with other than three of 一是、二是 behind it."""
    for line in paper.having("body"):
        for match in ANNOUNCED.finditer(line.text):
            said = SAID.findall(line.text[match.end() - 1 :])
            count = number_of(match["count"])
            if len(said) > 1 and len(said) != count:
                yield Hit(
                    line.start + match.start("count"),
                    line.start + match.end("count"),
                    in_chinese(len(said)),
                    f"说{match['count']}项，列了{len(said)}项",
                )


def tables(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find columns whose 合计 is not the sum of the rows."""
    for table in _tables(paper):
        rows = [_cells(line) for line in table]
        at = next((at for at, row in enumerate(rows) if re.search(r"合\s?计|总\s?计", row[0][0])), None)
        if at is None or (at != len(rows) - 1 and at > 2):
            continue
        others = rows[1:at] if at == len(rows) - 1 else rows[at + 1 :]
        if len(others) > 1 and not any(re.search(r"小\s?计", row[0][0]) for row in others):
            yield from _columns(rows[at], others)


def _columns(total: list[tuple[str, int]], others: list[list[tuple[str, int]]]) -> Iterator[Hit]:
    for column, (text, start) in enumerate(total[1:], 1):
        values = [_value(row[column][0]) for row in others if column < len(row)]
        said = _value(text)
        if said is None or None in values or len(values) != len(others):
            continue
        real = sum((value for value in values if value is not None), Decimal(0))
        if real != said:
            yield Hit(start, start + len(text), str(real), f"这一列各行相加是{real}，合计写的是{text}")


def _tables(paper: Paper) -> Iterator[list[Paragraph]]:
    table: list[Paragraph] = []
    for line in [*paper.paragraphs, None]:
        if line is not None and len(_cells(line)) > 1:
            table.append(line)
            continue
        if len(table) > 2:
            yield table
        table = []


def _cells(line: Paragraph) -> list[tuple[str, int]]:
    """Return the cells of a row of a table, and where each stands in the whole text."""
    sign = "\t" if "\t" in line.text else "|" if "|" in line.text else ""
    if not sign:
        return [(line.text, line.start)]
    cells, at = [], 0
    for cell in line.text.split(sign):
        cells.append((cell.strip(), line.start + at + len(cell) - len(cell.lstrip())))
        at += len(cell) + 1
    return [cell for cell in cells if cell[0]] if sign == "|" else cells


def _value(text: str) -> Decimal | None:
    flat = text.replace(",", "").strip()
    try:
        return Decimal(flat) if re.fullmatch(r"-?\d+(?:\.\d+)?", flat) else None
    except InvalidOperation:
        return None
