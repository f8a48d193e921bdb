"""主送机关 and 抄送机关: punctuation and order (GB/T 9704 7.3.2, 7.4.2)."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.outline import names_in
from proofread.paper import Paper, Paragraph

ORDER = (
    r"党委|[县市省区]委(?!员)", r"人大", r"政府(?!督)", r"政协", r"纪委|监委", r"法院", r"检察院", r"人武部|军分区|部队",
)  # fmt: skip
COPIES = re.compile(r"抄\s?送\s?[：:]")


def colon(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 主送 that does not end with a colon of full width."""
    line = paper.first("recipients")
    if line is None or re.match(r"主\s?送", line.text):
        return
    if line.text[-1] == ":":
        yield Hit(line.end - 1, line.end, "：")
    elif line.text[-1] != "：":
        last = line.text[-1]
        yield Hit(line.end - 1, line.end, "：" if last in "。，,；;" else f"{last}：")


def commas(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find commas of half width, semicolons or blanks between the organs."""
    for line in [*paper.having("recipients"), *_copied(paper)]:
        for match in re.finditer(
            r"(?<=[\u4e00-\u9fff）)])([,;；]|\s+(?=[\u4e00-\u9fff]))(?=[\u4e00-\u9fff])", line.text
        ):
            right = "，" if match[1].strip() else "、"
            yield Hit(line.start + match.start(1), line.start + match.end(1), right)


def same_kind(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find organs of one kind set apart by commas: 县教育局，县财政局."""
    for line in [*paper.having("recipients"), *_copied(paper)]:
        for match in re.finditer(
            r"([县市省区])([^，、：]{2,12}局)(，)(?=\1[^，、：]{2,12}局(?:[，、：。]|$))", line.text
        ):
            yield Hit(line.start + match.start(3), line.start + match.end(3), "、")


def copies_end(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 抄送 that does not end with 。"""
    for line in _copied(paper):
        if line.text[-1] != "。" and not _goes_on(paper, line):
            yield Hit(line.end - 1, line.end, line.text[-1].rstrip("，、；;.,") + "。")


def copies_colon(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 抄送 with a colon of half width or none."""
    for line in paper.having("imprint"):
        if match := re.match(r"抄\s?送(\s?:|(?=[^：\s]))", line.text):
            yield Hit(line.start, line.start + match.end(), "抄送：")


def copies_order(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 抄送 whose organs stand out of order: 党委、人大、政府、政协、法院、检察院."""
    for line in _copied(paper):
        seen = 0
        for name in names_in(line.text):
            place = next((at for at, words in enumerate(ORDER) if re.search(words, name)), None)
            if place is None or "局" in name:
                continue
            if place < seen:
                start = line.start + line.text.index(name)
                yield Hit(
                    start,
                    start + len(name),
                    reason="抄送机关一般按党委、人大、政府、政协、监委、法院、检察院的次序",
                )
                break
            seen = place


def copied_twice(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 抄送 to an organ that is addressed anyway, or named twice."""
    for line in _copied(paper):
        seen = set(paper.recipients)
        for name in names_in(line.text):
            if name in seen:
                start = line.start + line.text.rindex(name)
                yield Hit(start, start + len(name), "（删去）", f"“{name}”已在主送或抄送里")
            seen.add(name)


def addressed_twice(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 主送 that names an organ twice."""
    line = paper.first("recipients")
    names = paper.recipients
    if line and (twice := next((name for at, name in enumerate(names) if name in names[:at]), "")):
        start = line.start + line.text.rindex(twice)
        yield Hit(start, start + len(twice), "（删去）", f"“{twice}”重复")


def _copied(paper: Paper) -> list[Paragraph]:
    return [line for line in paper.having("imprint") if COPIES.match(line.text)]


def _goes_on(paper: Paper, line: Paragraph) -> bool:
    at = paper.paragraphs.index(line)
    after = paper.paragraphs[at + 1].text if at + 1 < len(paper.paragraphs) else ""
    return line.text[-1] in "，、" and after.endswith("。")
