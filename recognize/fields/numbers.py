"""发文字号: 机关代字〔年份〕序号 (GB/T 9704 7.2.5), and the numbers of orders and of series."""

import re
from typing import NamedTuple

from recognize.fields import slips

_CODE = r"(?!根据|按照|依据|依照|关于|见)[\u4e00-\u9fffA-Za-z·（）]{1,24}?"
_OPEN, _CLOSE = r"[〔\[［【（(﹝〈<{]", r"[〕\]］】）)﹞〉>}]"
FULL = re.compile(
    rf"(?P<code>{_CODE})\s?{_OPEN}\s?(?P<year>(?:19|20)\d{{2}})\s?年?\s?{_CLOSE}\s?(?P<di>第?)\s?(?P<no>\d{{1,5}})\s?号"
)
YEAR_ISSUE = re.compile(rf"{_OPEN}\s?(?P<year>(?:19|20)\d{{2}})\s?{_CLOSE}\s?第?\s?(?P<no>\d{{1,3}})\s?期")
ISSUE = re.compile(
    r"（?(?P<code>[\u4e00-\u9fff]{0,12}?)第\s?(?P<no>\d{1,4}|[一二三四五六七八九十]{1,3})\s?(?P<unit>期|号)）?"
)
COURT = re.compile(
    r"（(?P<year>(?:19|20)\d{2})）[\u4e00-\u9fff](?:\d{1,4})?[\u4e00-\u9fff]{1,5}\d{1,6}号(?:之[一二三四五六七八九十]+)?"
)
SIGNER_AFTER = re.compile(r"\s?(?:签发人?|签发)\s?：.*$")

MENDED = 0.7


class Number(NamedTuple):
    """A number as written in the office's one form, how sure, and the rule."""

    value: str
    confidence: float
    rule: str


def number_on(text: str) -> Number | None:
    """Return the number that a line of the head consists of, 签发人 on the same line left aside; else None."""
    line = SIGNER_AFTER.sub("", text).strip()
    if match := FULL.fullmatch(line.replace(" ", "")):
        tidy = not match["di"] and match["no"] == match["no"].lstrip("0") and "〔" in line
        return Number(_full(match), 0.98 if tidy else 0.9, "字号行" if tidy else "字号行，写法已规范")
    close = line.replace(" ", "")
    if COURT.fullmatch(close):
        return Number(close, 0.85, "案号行")
    if match := YEAR_ISSUE.fullmatch(close):
        return Number(f"〔{match['year']}〕第{match['no']}期", 0.7, "期号行")
    if match := ISSUE.fullmatch(close):
        return Number(f"{match['code']}第{match['no']}{match['unit']}", 0.6, "期号行或令号行")
    return None


def number_read(text: str) -> Number | None:
    """Return the number on a line read off a picture, its slips mended: a bracket read as a letter, a 号 lost."""
    line = SIGNER_AFTER.sub("", text).strip()
    found = number_on(slips.number(line))
    return Number(found.value, MENDED, "字号行，识别有误处已改正") if found else None


def normalised(text: str) -> str:
    """Write a number with 〔〕, without 第, leading zeros and blanks; what is no number comes back as it was."""
    match = FULL.fullmatch(text.replace(" ", ""))
    return _full(match) if match else text


def _full(match: "re.Match[str]") -> str:
    return f"{match['code']}〔{match['year']}〕{int(match['no'])}号"
