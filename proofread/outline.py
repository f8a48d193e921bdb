"""What part of an official paper each paragraph is (条例第九条), read from the order and the look of the lines."""

import re

from proofread.paper import Paper, Paragraph, paragraphs_of
from proofread.vocabulary import DATE, GENRES, ORGANS, OTHER_PAPERS, POSTS, date_of

BRACKETS = r"[〔\[［【（(﹝〈<{]\s?(?:(?:19|20)?\d{2})\s?年?\s?[〕\]］】）)﹞〉>}]"
NUMBER = re.compile(
    rf"[\u4e00-\u9fff×xX]{{1,16}}\s?{BRACKETS}\s?第?\s?[\d０-９]{{1,5}}\s?号?(?:\s*签发人?\s?[：:].*)?"
)
SECURITY = re.compile(r"(?:密级[：:].*|(?:绝密|机密|秘密)(?:\s*[★☆*].*)?)")
URGENCY = re.compile(r"(?:特急|加急|特提|平急|急件|火急|紧急)")
SIGNER = re.compile(r"签\s?发\s?人?\s?[：:].*")
SOURCE_LINE = re.compile(r"来源\s?[：:].*|[—-]{1,4}.*|[（(].*[)）]")
SENTENCE = re.compile(r"[。；;！？]")
TITLE_END = re.compile(rf"(?:{'|'.join((*GENRES, *OTHER_PAPERS))})(?:[（(][^（）()]{{1,24}}[）)])?[。.！!]?$")
FALSE_TITLE = re.compile(
    r"^(?:附件|附[：:]|抄送|主送|[一二三四五六七八九十]+、|第[一二三四五六七八九十\d]+[章条])"
)
ADDRESSED = re.compile(rf"(?:{POSTS}|同志|代表|先生|女士|老师|居民|群众)(?:们)?$")
NOT_ADDRESSED = re.compile(
    r"如下|现将|根据|按照|关于|内容|附件|联系|电话|抄送|签发|时间|地点|主题|日期|情况|要求|以下|包括|其中|原则|目标|合计"
)
NO_GENRE = re.compile(r"的(?:请示|申请|报告)(?:报告|请示|函)[。.]?$")
LABELLED = re.compile(r"主\s?送(?:机关)?\s?[：:](?=.)")
ALONE = re.compile(DATE.pattern)
IMPRINT = re.compile(
    r"(?:抄\s?送|抄\s?报|主题词|分\s?送)\s?[：:]?.*|.{2,30}\s\d{4}年\d{1,2}月\d{1,2}日\s?(?:印发|印)?|.*日\s?印发"
)
NOTE = re.compile(r"^[（(].*[）)]$")
ATTACHED = re.compile(
    r"^附\s?件?\s?(?:[一二三四五六七八九十\d]{0,2})\s?[：:]|^附件[一二三四五六七八九十\d]{0,2}[.．、]"
)
ANNEX = re.compile(r"^附\s?件\s?[一二三四五六七八九十\d]{0,2}[：:.．]?$|^附[：:]?$")
ITEM = re.compile(r"^\s?\d{1,2}\s?[.．、,，]")
LAST_HEAD_LINE = 14
MOST_TITLE_LINES = 6


def paper_of(text: str) -> Paper:
    """Read a plain text as a paper."""
    paper = Paper(text, paragraphs_of(text))
    at = _head(paper)
    at = _addressed(paper, at)
    _tail(paper, at)
    read_parts(paper)
    return paper


def _head(paper: Paper) -> int:
    """Name the lines up to the end of the title; return where the rest begins."""
    lines = paper.paragraphs
    begin, end = _title_of(lines)
    for at, line in enumerate(lines[:LAST_HEAD_LINE]):
        if SECURITY.fullmatch(line.text):
            line.role = "security"
        elif URGENCY.fullmatch(line.text):
            line.role = "urgency"
        elif re.fullmatch(r"\d{6}", line.text):
            line.role = "copy"
        elif SIGNER.fullmatch(line.text):
            line.role = "signer"
        elif NUMBER.fullmatch(line.text):
            line.role = "number"
        elif begin <= at < end:
            line.role = "title"
        elif at < begin or (at == 0 and line.text.endswith("文件")):
            line.role = "mark"
        else:
            return at
    return min(len(lines), LAST_HEAD_LINE)


def _title_of(lines: list[Paragraph]) -> tuple[int, int]:
    for begin in range(min(len(lines), 8)):
        if not _is_title_line(lines[begin].text) or _is_head_line(lines[begin].text):
            continue
        for end in range(begin + 1, min(begin + MOST_TITLE_LINES, len(lines)) + 1):
            if not _is_title_line(lines[end - 1].text) or _is_head_line(lines[end - 1].text):
                break
            whole = "".join(line.text for line in lines[begin:end])
            follows = lines[end].text if end < len(lines) else ""
            if (
                TITLE_END.search(whole)
                and ("关于" in whole or len(whole) < 40)
                and not TITLE_END.match(follows)
            ):
                return _without_mark(lines, begin, end)
            if "关于" in whole and (not follows or _ends_title(follows)):
                return _without_mark(lines, begin, end)
    return 0, 0


def _ends_title(follows: str) -> bool:
    return follows.endswith(("：", ":")) or len(follows) > 60 or bool(NUMBER.fullmatch(follows))


def _without_mark(lines: list[Paragraph], begin: int, end: int) -> tuple[int, int]:
    while begin < end - 1 and _is_mark(lines[begin].text):
        begin += 1
    return begin, end


def _is_title_line(text: str) -> bool:
    if (text[-1] in "。！" and "，" in text) or re.fullmatch(r"《.*》", text):
        return False
    return (
        len(text) <= 70
        and not SENTENCE.search(text[:-1])
        and not FALSE_TITLE.match(text)
        and text[-1] not in "：:，,"
    )


def _is_head_line(text: str) -> bool:
    return any(
        form.fullmatch(text) for form in (NUMBER, SECURITY, URGENCY, SIGNER, re.compile(r"\d{6}"))
    ) or _is_mark(text)


def _is_mark(text: str) -> bool:
    return text.endswith("文件") and len(text) < 40 and not re.search(r"关于|规范性|《", text)


def _addressed(paper: Paper, at: int) -> int:
    lines = paper.paragraphs
    while at < len(lines) and at < LAST_HEAD_LINE and SOURCE_LINE.fullmatch(lines[at].text):
        at += 1
    titled = any(line.role == "title" for line in lines)
    for here in range(at, min(len(lines), at + (4 if titled else 1))):
        if is_addressed(lines[here].text, titled=titled):
            lines[here].role = "recipients"
            return here + 1
    return at


def is_addressed(text: str, *, titled: bool = True) -> bool:
    """Say whether a line reads as 主送机关, with its colon or, below a title, without it."""
    if LABELLED.match(text):
        return True
    if text.startswith("各位"):
        return False
    bare = text.rstrip("：:。，,；;").strip()
    if (
        not 2 <= len(bare) <= 600
        or SENTENCE.search(bare.replace("；", "").replace(";", ""))
        or NOT_ADDRESSED.search(bare)
    ):
        return False
    parts = [part for part in re.split(r"[、，；,;\s]|及(?!其)", bare) if part]
    known = sum(bool(ORGANS.search(part) or ADDRESSED.search(part)) for part in parts)
    if text.endswith(("：", ":")):
        return known >= 0.5 * len(parts) or bare.startswith("各")
    return (
        titled
        and len(bare) < 60
        and known == len(parts)
        and text.startswith(("各", "县", "市", "省", "区", "州"))
    )


def _tail(paper: Paper, at: int) -> None:
    lines = paper.paragraphs
    signed = _signed(lines, at)
    listed = False
    for here in range(at, len(lines)):
        line = lines[here]
        if signed is not None and here >= signed:
            break
        if ANNEX.match(line.text) and here > at:
            signed = here - 1
            break
        listed = bool(ATTACHED.match(line.text)) or (listed and bool(ITEM.match(line.text)))
        line.role = "attachment" if listed else line.role
        if IMPRINT.fullmatch(line.text) and here > at:
            line.role = "imprint"
        elif NOTE.match(line.text) and here >= len(lines) - 4 and len(line.text) < 80:
            line.role = "note"
    if signed is not None:
        _signature(lines, at, signed)
        _below(lines, signed + 1)


def _signed(lines: list[Paragraph], at: int) -> int | None:
    for here in range(at, len(lines)):
        if ALONE.fullmatch(lines[here].text.replace(" ", "")):
            return here
    return None


def _signature(lines: list[Paragraph], at: int, signed: int) -> None:
    if not ALONE.fullmatch(lines[signed].text.replace(" ", "")):
        return
    lines[signed].role = "date"
    for here in range(signed - 1, max(at, signed - 6) - 1, -1):
        text = lines[here].text
        if (
            lines[here].role != "body"
            or len(text) > 40
            or re.search(r"[。；：:，,《]", text)
            or not ORGANS.search(text)
        ):
            break
        lines[here].role = "signature"


def _below(lines: list[Paragraph], at: int) -> None:
    for here in range(at, len(lines)):
        text = lines[here].text
        if NOTE.match(text) and here <= at + 2:
            lines[here].role = "note"
        elif IMPRINT.fullmatch(text) or (
            here
            and lines[here - 1].role == "imprint"
            and len(text) < 80
            and here >= len(lines) - 2
            and "印发" in text
        ):
            lines[here].role = "imprint"
        else:
            lines[here].role = "annex"


def read_parts(paper: Paper) -> None:
    """Read what the named parts say: title, 文种, issuer, date, addressed organs, attachments."""
    paper.title = re.sub(
        r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff])",
        "",
        "".join(line.text for line in paper.having("title")),
    )
    match = re.search(rf"({'|'.join(GENRES)})(?:[（(][^（）()]*[）)])?[。.]?$", paper.title)
    paper.genre = match[1] if match and not NO_GENRE.search(paper.title) else ""
    paper.issuer = _issuer(paper)
    if (line := paper.first("date")) and (match := DATE.search(line.text)):
        paper.day = date_of(match)
    if line := paper.first("recipients"):
        paper.recipients = names_in(line.text)
    paper.attachments = [_name_of(line.text) for line in paper.having("attachment") if _name_of(line.text)]


def _issuer(paper: Paper) -> str:
    if line := paper.first("signature"):
        return line.text
    before = paper.title.split("关于")[0] if "关于" in paper.title else ""
    if before:
        return before
    mark = paper.first("mark")
    return mark.text.removesuffix("文件") if mark and ORGANS.search(mark.text.removesuffix("文件")) else ""


def names_in(text: str) -> list[str]:
    """Return the organs of a line such as 主送 or 抄送."""
    bare = re.sub(r"^(?:主\s?送(?:机关)?|抄\s?送|抄\s?报)\s?[：:]?", "", text).rstrip("：:。，,；;").strip()
    flat = re.sub(r"[（(][^（）()]*[）)]", "", bare)
    return [part.strip() for part in re.split(r"[、，；,;]", flat) if part.strip()]


def _name_of(text: str) -> str:
    bare = re.sub(r"^附\s?件?\s?(?:[一二三四五六七八九十\d]{0,2})\s?[：:.．、]\s?", "", text)
    return re.sub(r"^\s?\d{1,2}\s?[.．、,，]\s?", "", bare).rstrip("。；;，,、.")
