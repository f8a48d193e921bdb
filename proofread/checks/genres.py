"""文种: whether the text, its opening phrase and its closing phrase are of the kind that the title names (条例第八条)."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper, Paragraph
from proofread.vocabulary import GENRES

# Closing phrases and the 文种 they belong to.
CLOSINGS: tuple[tuple["re.Pattern[str]", frozenset[str], str], ...] = (
    (
        re.compile(
            r"(?:妥否|当否|可否|是否可行|以上请示|特此请示)[^。]{0,12}(?:请|恳请|望)?[^。]{0,6}(?:批示|批复|审批|指示|批准|审示)"
        ),
        frozenset({"请示"}),
        "请示",
    ),
    (re.compile(r"特此请示"), frozenset({"请示"}), "请示"),
    (re.compile(r"特此报告|以上报告[^。]{0,6}请审阅|专此报告"), frozenset({"报告"}), "报告"),
    (re.compile(r"特此通知"), frozenset({"通知"}), "通知"),
    (re.compile(r"特此通报"), frozenset({"通报"}), "通报"),
    (
        re.compile(r"特此(?:函达|函告|函复|致函|函商)|(?:请|盼|敬请)(?:予)?(?:函复|复函)|即请函复"),
        frozenset({"函", "通知"}),
        "函",
    ),
    (re.compile(r"^(?:特此批复|此复)[。．.]?$"), frozenset({"批复", "函"}), "批复"),
    (re.compile(r"特此公告"), frozenset({"公告"}), "公告"),
    (re.compile(r"特此通告"), frozenset({"通告"}), "通告"),
    (
        re.compile(r"请(?:各单位|各部门|各地)?(?:认真|严格|抓好)?贯彻(?:执行|落实)[。．.]?$"),
        frozenset(GENRES) - {"请示", "报告", "议案"},
        "通知",
    ),
)
RIGHT = {
    "请示": "妥否，请批示。", "报告": "特此报告。", "函": "请予函复。", "通知": "请认真贯彻执行。", "通报": "特此通报。", "批复": "此复。",
    "公告": "特此公告。", "通告": "特此通告。",
}  # fmt: skip
SAID = ("通知", "通报", "报告", "请示", "批复", "函告", "函复", "公告", "通告", "汇报")
OPENINGS = re.compile(rf"(?:现|特|兹|就|予以|一并)[^。；]{{0,60}}?({'|'.join(SAID)})如下[：:。]")
OPENED = {
    "通知": {"通知"}, "通报": {"通报"}, "报告": {"报告", "汇报"}, "请示": {"请示"}, "批复": {"批复"}, "公告": {"公告"}, "通告": {"通告"},
    "函": {"函告", "函复", "通知", "请示", "报告"}, "意见": set(), "决定": set(),
}  # fmt: skip
UNADDRESSED = ("公告", "通告", "公报", "决议", "令", "命令")


def closing(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a closing phrase of another 文种, such as 妥否，请批示 in a 通知."""
    if not paper.genre or "关于" not in paper.title:
        return
    for line in _last(paper):
        for pattern, genres, _ in CLOSINGS:
            match = pattern.search(line.text)
            if match and paper.genre not in genres and not _is_quoted(line, match.start()):
                yield Hit(
                    line.start + match.start(),
                    line.start + match.end(),
                    RIGHT.get(paper.genre, "").rstrip("。"),
                    f"标题是“{paper.genre}”，结语却是“{_owner(pattern)}”用的",
                )
                break


def opening(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find …通报如下 in a 通知, and the like."""
    wanted = OPENED.get(paper.genre)
    if wanted is None or "关于" not in paper.title or re.search(r"转发|印发|批转", paper.title):
        return
    for line in paper.having("body")[:6]:
        for match in OPENINGS.finditer(line.text):
            if match[1] not in wanted:
                right = f"{next(iter(sorted(wanted)))}如下" if len(wanted) == 1 else ""
                yield Hit(
                    line.start + match.start(1), line.start + match.end(1) + 2, right,
                    f"标题是“{paper.genre}”，正文却说“{match[1]}如下”",
                )  # fmt: skip
                return


def addressed(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 主送 over a 公告, 通告, 公报 or 决议, which address nobody."""
    line = paper.first("recipients")
    if line and paper.genre in UNADDRESSED and "关于" in paper.title:
        yield Hit(line.start, line.end, "（删去）", f"{paper.genre}面向社会发布，不标主送机关")


def unaddressed(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a 请示, 报告, 函 or 批复 that addresses nobody."""
    if paper.genre in ("请示", "批复", "函") and "关于" in paper.title and not paper.recipients and paper.day:
        lines = paper.having("title")
        yield Hit(lines[0].start, lines[-1].end, reason=f"{paper.genre}应当标明主送机关")


def lacking_closing(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a 请示 that does not ask in the end."""
    lines = _last(paper)
    if paper.genre != "请示" or "关于" not in paper.title or not paper.day or not lines:
        return
    if not any(re.search(r"批示|批复|审批|批准|指示|审定|审议|审示", line.text) for line in lines):
        yield Hit(lines[-1].start, lines[-1].end, reason="请示缺结语，一般写“妥否，请批示。”")


def request_between_equals(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a 请示 from one department to another of the same storey, which calls for a 函."""
    if paper.genre != "请示" or len(paper.recipients) != 1 or not paper.issuer:
        return
    bureau = re.compile(r"([县市省区])[^，、]{2,14}(?:局|委员会|委)$")
    own, other = bureau.search(paper.issuer), bureau.search(paper.recipients[0])
    line = paper.first("recipients")
    if line and own and other and own[1] == other[1] and paper.issuer != paper.recipients[0]:
        yield Hit(line.start, line.end, reason="向不相隶属的机关请求批准，应当用函")


def reply_without_quoting(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a 批复 that does not name the 请示 it answers."""
    body = paper.having("body")
    if paper.genre == "批复" and "关于" in paper.title and body and paper.day:
        opening = "".join(line.text for line in body[:2])
        if not re.search(r"《[^》]*》|请示|来函|来文|[〔（]\s?\d{4}\s?[〕）]", opening):
            yield Hit(body[0].start, body[0].end, reason="批复应当引述来文标题和发文字号")


def _last(paper: Paper) -> list[Paragraph]:
    return paper.having("body")[-3:]


def _owner(pattern: "re.Pattern[str]") -> str:
    return next(name for known, _, name in CLOSINGS if known is pattern)


def _is_quoted(line: Paragraph, at: int) -> bool:
    return line.text.count("《", 0, at) > line.text.count("》", 0, at) or line.text.count(
        "“", 0, at
    ) > line.text.count("”", 0, at)
