"""The title (GB/T 9704 7.3.1, 条例第九条): 发文机关、事由和文种."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper
from proofread.vocabulary import GENRES, OTHER_PAPERS

MADE_UP = {
    "请示报告": "请示", "报告请示": "请示", "申请报告": "请示", "请示函": "请示", "申请": "请示", "请求": "请示", "汇报": "报告",
    "情况汇报": "情况报告", "工作汇报": "工作报告", "函请": "函", "请批函": "函", "意见函": "函", "公函": "函", "通知函": "通知",
    "通知通报": "通知", "告示": "通告", "布告": "公告", "会议记录": "纪要", "决定通知": "决定",
}  # fmt: skip
# Words that stand before a 文种 as part of its name: 指导意见, 工作报告.
PART_OF_NAME = (
    r"(?:指导|实施|若干|处理|修改|补充|审核|答复|审查|反馈|工作|调查|情况|会议|紧急|总结|评估|专项|联合|分析|考察|任免|处分|奖励|检查|"
    r"审计|述职|研究|督查|调研|批评)$"
)
WORKS = r"条例|规定|办法|细则|规则|法|制度|章程|方案|预案|规划|计划|意见|通知|纲要|报告|要点|标准|目录|清单|准则|决定|指南|导则|规范|表"


def made_up(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 文种 that there are none of, such as 请示报告."""
    flat = paper.title.rstrip("。.")
    for wrong in sorted(MADE_UP, key=len, reverse=True):
        if flat.endswith(f"的{wrong}") and "关于" in flat:
            yield from _at(paper, wrong, MADE_UP[wrong])
            return


def without_genre(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a title with 关于 that ends in no 文种."""
    end = "|".join((*GENRES, *OTHER_PAPERS, *MADE_UP))
    flat = re.sub(r"[（(][^（）()]*[）)]$", "", paper.title.rstrip("。.！!"))
    if re.match(r".{0,24}关于", flat) and not re.search(rf"(?:{end}|讲话|提案|建议|函|公开信|信)$", flat):
        yield _whole(paper)


def without_about(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find …的通知 without 关于 before its matter."""
    if re.search(r"关于|对|转发|批转|印发|发布|公布", paper.title):
        return
    if paper.genre not in ("", "令", "命令") and re.search(rf"的{paper.genre}$", paper.title):
        yield _whole(paper)


def without_de(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 关于…通知 without 的 before the 文种."""
    flat = re.sub(r"[（(][^（）()]*[）)]$", "", paper.title)
    match = re.search(rf"关于.*[^的]({'|'.join(each for each in GENRES if len(each) > 1)})$", flat)
    if match is None:
        return
    before = re.sub(PART_OF_NAME, "", flat[: match.start(1)])
    if not before.endswith("的") and "的" not in before[-5:]:
        yield from _at(paper, match[1], f"的{match[1]}")


def ended(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find punctuation at the end of the title."""
    lines = paper.having("title")
    if lines and "关于" in paper.title and lines[-1].text[-1] in "。.！!；;，,":
        yield Hit(lines[-1].end - 1, lines[-1].end, "（删去）")


def doubled(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 关于…的通知的通知 and 关于关于."""
    for match in re.finditer(
        r"关于(?:转发|印发|贯彻落实)?关于|的(通知|通报|意见|请示|报告|函)的\1$", paper.title
    ):
        yield from _at(paper, match[0], "")


def book_marks(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 《》 in a title about what is no law, rule or named paper."""
    if not paper.first("title") or "关于" not in paper.title:
        return
    for match in re.finditer(r"《([^《》]*)》", paper.title):
        if not re.search(rf"(?:{WORKS})(?:〉|（[^（）]*）)?$", match[1]):
            yield from _at(paper, match[0], match[1])


def other_month(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a title of one month over a text about another."""
    named = re.findall(r"(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?!\s?\d{1,2}\s?日)", paper.title)
    if len(set(named)) != 1 or "年" in re.sub(r"\d{4}年", "", paper.title):
        return
    month = _month(named[0])
    opening = [
        line for line in paper.having("body") if not re.match(r"[一二三四五六七八九十]+、|（", line.text)
    ][:2]
    for line in opening:
        for match in re.finditer(r"(?:\d{4}年)(\d{1,2})月份?(?!\d{0,2}日|\d)", line.text):
            if int(match[1]) != month and not re.search(
                r"[截至至到—-]", line.text[max(0, match.start() - 2) : match.start()]
            ):
                yield Hit(
                    line.start + match.start(),
                    line.start + match.end(),
                    reason=f"标题写{named[0]}月，正文写{match[1]}月",
                )
                return


def other_year(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a paper whose title speaks of a year that the text of it never names, while it names its neighbour only."""
    named = set(re.findall(r"(20\d{2})年(?!度?以|前|至|[—-])", paper.title))
    body = paper.own
    said = set(re.findall(r"(20\d{2})年", body))
    if (
        len(named) == 1
        and len(said) == 1
        and not named & said
        and not re.search(r"[—-]20\d{2}", body + paper.title)
    ):
        wanted, got = int(next(iter(named))), int(next(iter(said)))
        line = next(line for line in paper.having("body") if f"{got}年" in line.text)
        start = line.start + line.text.index(f"{got}年")
        if abs(wanted - got) == 1 and not (paper.day and paper.day.year == got):
            yield Hit(start, start + 5, reason=f"标题写{wanted}年，正文写{got}年")


def _month(text: str) -> int:
    return (
        int(text)
        if text.isdigit()
        else "〇一二三四五六七八九十".find(text)
        if len(text) == 1
        else 10 + "〇一二".find(text[1])
    )


def _whole(paper: Paper) -> Hit:
    lines = paper.having("title")
    return Hit(lines[0].start, lines[-1].end)


def _at(paper: Paper, wrong: str, right: str) -> Iterator[Hit]:
    """Yield the last place of a text in the title, or the whole title where it runs over two lines."""
    for line in reversed(paper.having("title")):
        if (at := line.text.rfind(wrong)) >= 0:
            yield Hit(line.start + at, line.start + at + len(wrong), right)
            return
    if paper.having("title"):
        yield _whole(paper)
