"""What single cells of an old register say: 文种, 紧急程度, 份数, its own number."""

import re

from zhongshu.documents.models import DocType
from zhongshu.matters import bigrams
from zhongshu.matters.models import Urgency

TYPES = {
    "命令": DocType.ORDER,
    "令": DocType.ORDER,
    "命令(令)": DocType.ORDER,
    "会议纪要": DocType.MINUTES,
    "明电": DocType.TELEGRAM,
    "密电": DocType.TELEGRAM,
    "信函": DocType.LETTER,
    "复函": DocType.LETTER,
    "便函": DocType.LETTER,
    "实施意见": DocType.OPINION,
    **{str(each.label): each for each in DocType},
}
URGENCIES = {
    **dict.fromkeys(("", "平", "平件", "普通", "一般", "无", "常规", "平急", "否", "/", "-"), Urgency.NORMAL),
    **dict.fromkeys(("急", "急件", "加急", "紧急", "是"), Urgency.URGENT),
    **dict.fromkeys(("特急", "特提", "特别紧急", "特急件", "限时"), Urgency.EXTRA_URGENT),
}
NOTHING = frozenset({"", "无", "/", "-", "—", "——", "\\", "无字号", "无文号"})
_NUMBER = re.compile(
    r"^(?P<prefix>[^\d\[〔(（【]*)[\[〔(（【]?(?P<year>(?:19|20)\d\d)[\]〕)）】]?[年\-第\s]*0*(?P<no>\d{1,6})号?$"
)
_COPIES = re.compile(r"^(\d{1,4})\s*[份件]?$")
_BRACKETS = str.maketrans("[]【】（）()", "〔〕〔〕〔〕〔〕")


def given(text: str) -> str:
    """Return what a cell says; a stroke says nothing."""
    return "" if text.strip() in NOTHING else text.strip()


def type_of(text: str, title: str) -> tuple[str, bool]:
    """Return the 文种, and whether it was a guess from the title's end."""
    plain = bigrams.normal(text).strip()
    if plain in TYPES:
        return str(TYPES[plain]), False
    ending = max((name for name in TYPES if title.rstrip("》”").endswith(name)), key=len, default="")
    return str(TYPES[ending] if ending else DocType.OTHER), bool(plain)


def urgency_of(text: str) -> str | None:
    """Return the urgency; None for a word nobody knows."""
    found = URGENCIES.get(bigrams.normal(text).strip())
    return str(found) if found else None


def copies_of(text: str) -> int | None:
    """Return how many; None for what is no number from 1 to 9999."""
    found = _COPIES.match(bigrams.normal(text).strip() or "1")
    return int(found.group(1)) if found and int(found.group(1)) else None


def number_of(text: str) -> tuple[str, int, int] | None:
    """Return prefix, year and number of 收〔2023〕12号 in any spelling; None for other books' numbers."""
    found = _NUMBER.match(bigrams.normal(text).strip())
    return (
        (found.group("prefix").strip(), int(found.group("year")), int(found.group("no"))) if found else None
    )


def with_brackets(doc_number: str) -> str:
    """Write the year of a 文号 in the brackets of the standard."""
    return re.sub(r"[\[【（(]((?:19|20)\d\d)[\]】）)]", r"〔\1〕", doc_number)
