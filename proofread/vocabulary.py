"""Words of the trade that more than one check needs: 文种, organs and their storeys, numbers in characters."""

import re
from datetime import date

# 条例第八条
GENRES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "纪要", "函", "令",
)  # fmt: skip
# Titles that end so are papers too, though none of the fifteen.
OTHER_PAPERS = (
    "条例", "规定", "办法", "细则", "规则", "方案", "规划", "计划", "总结", "简报", "要点", "预案", "清单", "讲话", "制度", "章程",
    "答复", "公示", "公约", "守则", "标准", "措施", "倡议书", "承诺书", "一览表", "分解表", "说明", "汇报", "信息", "专报", "任务",
    "解释", "目录", "名单", "指南", "指引", "准则", "纲要", "安排", "协定", "提纲",
)  # fmt: skip
ORGAN = (
    r"(?:人民政府|政府|国务院|国办|常委会|人大|政协|党委|党组|[县市省区州旗工]委|办公厅|办公室|办事处|办|委员会|委|部|局|厅|院|署|中心|"
    r"公司|集团|单位|部门|机构|学校|医院|管委会|街道|乡|镇|县|市|区|省|州|盟|旗|军委|总队|支队|大队|银行|分行|支行|协会|联合会|总工会|"
    r"工商联|妇联|团县委|残联|纪委|监委|法院|检察院|人武部|领导小组|指挥部|专班|站|所|队|科|企业|园区|开发区|社|馆|室|场)"
)
ORGANS = re.compile(rf"{ORGAN}(?:（[^（）]{{1,24}}）|\([^()]{{1,24}}\))?$")
POSTS = (
    r"(?:(?:副|代)?(?:省|市|县|区|州|旗|乡|镇|部|厅|局|处|科|院|校|所|站)长|"
    r"(?:副)?(?:书记|主任|主席|总理|秘书长|局长|委员|组长|巡视员|调研员))"
)
NUMERAL = "〇零○一二三四五六七八九十"
DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
    "０": 0,
    "Ｏ": 0,
    "O": 0,
    "0": 0,
    "两": 2,
}
DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2}|[一二][〇零○ＯO０0一二三四五六七八九]{3})\s?年\s?"
    r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月\s?(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s?日"
)


def number_of(text: str) -> int:
    """Read 0–9999 in Arabic figures or as 一 … 九千九百九十九; raises `ValueError`."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not re.fullmatch(r"[〇零一二两三四五六七八九十百千]+", text):
        raise ValueError(text)
    total = held = 0
    for letter in text:
        weight = {"十": 10, "百": 100, "千": 1000}.get(letter)
        if weight:
            total += (held or 1) * weight
            held = 0
        else:
            held = held * 10 + DIGITS[letter] if held and not total else DIGITS[letter]
    return total + held


def in_chinese(number: int) -> str:
    """Write 1–99 as 一 … 九十九; other numbers stay in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else "〇一二三四五六七八九"[tens] + "十"
    return head + ("〇一二三四五六七八九"[ones] if ones else "")


def year_of(text: str) -> int:
    """Read a year of four figures, Arabic or Chinese."""
    return (
        int(text)
        if text.isascii() and text.isdigit()
        else int("".join(str(DIGITS.get(each, each)) for each in text))
    )


def date_of(match: "re.Match[str]") -> date | None:
    """Return the date of a match of DATE; None where the calendar does not know it."""
    try:
        return date(year_of(match["y"]), number_of(match["m"]), number_of(match["d"]))
    except (ValueError, KeyError):
        return None


def storey_of(organ: str) -> int | None:
    """Return how high an organ stands: 0 国务院 … 3 县, 4 乡镇, 5 村; None where its name does not say."""
    for storey, words in STOREYS:
        if words.search(organ):
            return storey
    return None


STOREYS = (
    (0, re.compile(r"国务院|中共中央|全国人大|^国家|中央")),
    (5, re.compile(r"[村社区居]委会|村民委员会|居民委员会|行政村")),
    (4, re.compile(r"[乡镇](?!企业|村)(?:.{0,6}政府|党委|人大|$)|街道|乡镇")),
    (3, re.compile(r"[县旗]")),
    (2, re.compile(r"[市州盟]")),
    (1, re.compile(r"省|自治区")),
)
