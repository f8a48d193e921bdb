"""Words and shapes of official papers: 文种, organs, numbers, dates, levels (GB/T 9704 7, 条例第八条)."""

import datetime
import re

from typeset.model.document import DocType

DOC_TYPES: dict[str, DocType] = {
    "决议": "resolution", "决定": "decision", "命令": "order", "令": "order", "公报": "communique", "公告": "announcement",
    "通告": "public_notice", "意见": "opinion", "通知": "notice", "通报": "circular", "报告": "report",
    "请示": "request_for_instructions", "批复": "official_reply", "议案": "motion", "复函": "letter", "函": "letter",
    "纪要": "minutes",
}  # fmt: skip
_OTHERS = (
    "条例", "规定", "办法", "细则", "规则", "方案", "规划", "计划", "总结", "简报", "要点", "预案", "清单", "答复", "样例", "讲话",
    "名单", "分工", "安排", "制度", "章程",
)  # fmt: skip
_TYPES = "|".join(sorted((*DOC_TYPES, *_OTHERS), key=len, reverse=True))
TITLE_END = re.compile(rf"({_TYPES})(?:（[^（）]{{1,20}}）)?$")
TITLE_BEGIN = re.compile(r"关于|转发|印发|批转|公布")
_ORGAN = (
    "人民政府|政府|国务院|常委会|人大|政协|党委|党组|工委|县委|市委|省委|区委|州委|旗委|委|办公厅|办公室|办事处|办|委员会|部|局|"
    "厅|院|署|处|中心|公司|集团|机构|单位|部门|学校|学院|医院|管委会|街道|乡|镇|县|市|区|省|自治州|盟|旗|军委|司令部|总队|支队|"
    "大队|兵团|部队|银行|分行|支行|协会|学会|联合会|工商联|总工会|工会|团委|妇联|纪委|监委|法院|检察院|领导小组|指挥部|工作组|"
    "小组|专班|联席会议|社|站|所|队|股|科室|科|企业|园区|开发区|研究院|基金会|党校|报社|台"
)
ORGAN_END = re.compile(rf"(?:{_ORGAN})(?:（[^（）]{{1,24}}）)?$")
PERSON_END = re.compile(
    r"(?:同志|委员|代表|主席|总理|主任|书记|先生|女士|[省市县区州镇乡]长|部长|局长)(?:们)?$"
)
MARK_END = re.compile(r"(?:文件|命令|令|纪要)$")

_OPEN, _CLOSE = "〔[［【（(﹝<", "〕]］】）)﹞>"
NUMBER = re.compile(
    rf"(?P<code>[\u4e00-\u9fffA-Za-z·]{{1,24}}?)\s?(?P<open>[{re.escape(_OPEN)}])\s?(?P<year>\d{{2,4}})\s?年?\s?"
    rf"(?P<close>[{re.escape(_CLOSE)}])\s?(?P<di>第?)\s?(?P<no>[0-9０-９]{{1,5}})\s?号"
)
ISSUE = re.compile(
    rf"[（(]?[{re.escape(_OPEN)}]?\d{{0,4}}[{re.escape(_CLOSE)}]?\s?第?\s?\d{{1,4}}\s?[期号][）)]?"
)
ORDER_NUMBER = re.compile(r"第\s?[0-9〇一二三四五六七八九十百]{1,5}\s?号")
COPY_NO = re.compile(r"(?:份号[：:]?)?(\d{6})")
SECRECY = re.compile(r"(?:绝密|机密|秘密)级?(?:[★☆*※].*)?")
URGENCY = re.compile(r"(?:紧急程度[：:]?)?(特急|加急|特提|平急|急件|紧急|火急)")
SIGNERS = re.compile(r"签\s?发\s?人\s?[：:]")
DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2}|[一二][〇○零ＯO一二三四五六七八九]{3})\s?年\s?(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月\s?"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s?日"
)
CN = "一二三四五六七八九十"
LEVELS = (
    (1, re.compile(rf"[{CN}百]{{1,4}}(?:、|[，,．.](?!\d))")),
    (2, re.compile(rf"[（(][{CN}百]{{1,4}}[）)][、，.．]?")),
    (3, re.compile(r"[0-9０-９]{1,2}(?:[．.](?![0-9](?![0-9]{3}))|、)")),
    (4, re.compile(r"[（(][0-9０-９]{1,2}[）)][、，.．]?")),
)
ATTACHMENT_NOTE = re.compile(r"附\s?件?\s?[：:]\s?(?=\S)|附件(?=\d{1,2}\s?[.．、：])")
ATTACHMENT_MARK = re.compile(rf"附\s?件\s?(?P<no>\d{{1,2}}|[{CN}]{{1,2}})?\s?[：:．.]?|附\s?[：:]")
ITEM = re.compile(r"(?:附件)?(?P<no>\d{1,2})\s?[.．、：]\s?(?!\d(?!\d{3}))")
CC = re.compile(r"(?P<word>抄\s?送|抄\s?报|分\s?送|主\s?送)\s?[：:]\s?")
PRINTED = re.compile(
    r"(?P<issuer>.{0,40}?)\s*(?P<date>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s?(?:印发|印)?"
)
ROLL_CALL = re.compile(
    r"(?P<label>出\s?席|请\s?假|列\s?席|缺\s?席|主\s?持|参\s?加|记\s?录)\s?[：:]\s?(?P<names>.+)"
)
POST_AND_NAME = re.compile(
    r"(?P<post>\S(?:[ \u3000]?\S){0,20}?(?<=[长理席任记令员表]))[\s\u3000]{2,}"
    r"(?P<name>[\u4e00-\u9fff·]{2,8}|[\u4e00-\u9fff][\s\u3000]+[\u4e00-\u9fff])"
)
SENTENCE = re.compile(r"[。；！？]")
NOT_ADDRESSED = re.compile(
    r"如下|现将|根据|按照|内容|附件|附：|联系|电话|注：|抄送|签发|时间|地点|通知|要求|为了|以下|来源"
)
BODY_BEGIN = re.compile(r"为(?:了|深入|进一步|贯彻|切实|全面|加强|做好|认真|扎实|规范)|根据|按照|现将|经研究")
FORMS = str.maketrans("０１２３４５６７８９：（）", "0123456789：（）")
BLANKS = "\u3000\u2002\u2003\u00a0\t \n"
DIGITS = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0, "O": 0}


def close(text: str) -> str:
    """Return a text without any blanks, as names and marks are compared."""
    return "".join(letter for letter in text if letter not in BLANKS)


def is_organ(text: str) -> bool:
    """Say whether a short text without blanks reads as the name of an organ."""
    return (
        2 <= len(text) <= 40
        and not re.search(r"[。，；：、《》“”]|^关于|^附件|^各", text)
        and bool(ORGAN_END.search(text))
    )


def organs_in(text: str) -> list[str]:
    """Return the names on a line of 署名, side by side in a joint paper, without blanks."""
    names = [close(name) for name in re.split(r"[\s\u3000]+", text) if name.strip()]
    if len(names) > 1 and all(map(is_organ, names)):
        return names
    return [close(name) for name in re.split(r"[\s\u3000]{2,}|\n", text) if name.strip()]


def tight(text: str) -> str:
    """Return a text without blanks between Chinese letters, which only spread them out."""
    return re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "", text)


def is_addressed(text: str) -> bool:
    """Say whether a text, its colon taken off, reads as 主送机关: organs or persons by their last words."""
    if not 2 <= len(text) <= 600 or SENTENCE.search(text.replace("；", "，")) or NOT_ADDRESSED.search(text):
        return False
    parts = [part for part in re.split(r"[、，；,;]|及(?!其)", text) if part]
    known = sum(bool(ORGAN_END.search(part) or PERSON_END.search(part)) for part in parts)
    last = bool(parts) and len(parts) > 2 and bool(ORGAN_END.search(parts[-1]))
    return bool(parts) and (known >= 0.6 * len(parts) or text.startswith("各") or last)


def level_of(text: str) -> tuple[int, str]:
    """Return the level that a text's number stands for (0: none), and the number as written."""
    for level, pattern in LEVELS:
        if match := pattern.match(text):
            return level, match[0]
    return 0, ""


def date_in(text: str) -> datetime.date | None:
    """Return the first full date in a text; None where there is none or the calendar does not know it."""
    match = DATE.search(text)
    if not match:
        return None
    try:
        return datetime.date(_year(match["y"]), _small(match["m"]), _small(match["d"]))
    except (ValueError, KeyError):
        return None


def is_date(text: str) -> bool:
    """Say whether a text is a date and nothing else."""
    return bool(DATE.fullmatch(text.strip(BLANKS)))


def doc_type_of(title: str) -> DocType:
    """Return the 文种 that a title ends in; empty where it is none of the fifteen."""
    match = TITLE_END.search(close(title))
    return DOC_TYPES.get(match[1], "") if match else ""


def _year(text: str) -> int:
    return (
        int(text) if text.isascii() and text.isdigit() else int("".join(str(DIGITS[each]) for each in text))
    )


def _small(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return DIGITS[text]
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
