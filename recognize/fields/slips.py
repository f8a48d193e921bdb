"""Slips of OCR in what has a fixed form: the number, dates, and the few words that open a field.

Only what was read off a picture is mended; a text layer says what it says.
"""

import re

_D = "0-9OoQDlI|"
FIGURES = str.maketrans("OoQDlI|", "0000111")
DATE = re.compile(
    rf"((?:19|2[0OoQD])[{_D}]{{2}})\s?年\s?([{_D}]{{1,2}})\s?月\s?([{_D}]{{1,2}})\s?[日曰目口白]"
)
CHINESE_DATE = re.compile(
    r"([一二][0OoQD〇○Ｏ零一二三四五六七八九]{3})\s?年\s?([一二三四五六七八九十]{1,2})\s?月\s?([一二三四五六七八九十]{1,3})\s?[日曰目口白]"
)
NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fffA-Za-z·]{1,24}?[\u4e00-\u9fff])\s?(?P<open>[〔\[［【（(﹝〈<{「『CcGt|lI]?)\s?"
    rf"(?P<year>(?:19|2[0OoQD])[{_D}]{{2}})\s?年?\s?(?P<close>[〕\]］】）)﹞〉>}}」』Jj|lI]?)\s?"
    rf"(?P<di>第?)\s?(?P<no>[{_D}]{{1,5}})\s?(?P<end>[号弓亏呈]?)"
)
EDGE = re.compile(
    r"^[^\u4e00-\u9fffA-Za-z0-9（《“〔\[【［]+|[^\u4e00-\u9fffA-Za-z0-9）》”〕：。；！？…、，—]+$"
)
OPENING = (
    (re.compile(r"签\s?发\s?[人入八]\s?[：:；;.．·]"), "签发人："),
    (re.compile(r"^抄\s?[送迭这]\s?[：:；;.．·]"), "抄送："),
    (re.compile(r"^主\s?[送迭这]\s?[：:；;.．·]"), "主送："),
    (re.compile(r"联系[人入八]\s?[：:；;.．·]"), "联系人："),
    (re.compile(r"(?<=日)\s?印[发友反]$"), "印发"),
    (re.compile(r"^附\s?[件仵]\s?[：:；;](?=.)"), "附件："),
    (re.compile(r"文[件仵]$"), "文件"),
)


def mended(text: str) -> str:
    """Return a line with its slips mended."""
    text = DATE.sub(_date, text)
    text = CHINESE_DATE.sub(_chinese_date, text)
    for pattern, right in OPENING:
        text = pattern.sub(right, text)
    return EDGE.sub("", text)


def number(text: str) -> str:
    """Return the number that a line consists of in its proper form, or the line as it was.

    Of its two brackets and the 号 at most one may be lost, else it might be no number at all.
    """
    match = NUMBER.fullmatch(text.replace(" ", ""))
    if not match or [match["open"], match["close"], match["end"]].count("") > 1:
        return text
    year, no = match["year"].translate(FIGURES), match["no"].translate(FIGURES)
    return f"{match['code']}〔{year}〕{match['di']}{no}号"


def _date(match: "re.Match[str]") -> str:
    year, month, day = (part.translate(FIGURES) for part in match.groups())
    return f"{year}年{month}月{day}日"


def _chinese_date(match: "re.Match[str]") -> str:
    year = re.sub(r"[0OoQD○Ｏ零]", "〇", match[1])
    return f"{year}年{match[2]}月{match[3]}日"
