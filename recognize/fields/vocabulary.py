"""Words of the trade: 文种, 紧急程度, what organs and addressed persons are called."""

import re

# 条例第八条; the codes are those of the office's glossary.
DOC_TYPES = {
    "决议": "resolution", "决定": "decision", "命令": "order", "令": "order", "公报": "communique", "公告": "announcement",
    "通告": "public_notice", "意见": "opinion", "通知": "notice", "通报": "circular", "报告": "report",
    "请示": "request_for_instructions", "批复": "official_reply", "议案": "motion", "复函": "letter", "函": "letter",
    "会议纪要": "minutes", "纪要": "minutes",
}  # fmt: skip
RELATED_TYPES = {"答复": "letter", "答复意见": "letter"}
OTHER_TYPES = (
    "条例", "规定", "办法", "细则", "规则", "方案", "规划", "计划", "总结", "简报", "要点", "预案", "清单", "通知书", "决定书",
    "建议书", "意见书", "告知书", "判决书", "裁定书", "传票",
)  # fmt: skip
URGENCIES = {
    "特急": "extra_urgent", "加急": "urgent", "急件": "urgent", "紧急": "urgent", "平件": "normal",
}  # fmt: skip
GRADES = {"特提": "top_flash", "特急": "flash", "加急": "express", "平急": "routine"}

_TYPE_WORDS = "|".join(sorted((*DOC_TYPES, *RELATED_TYPES, *OTHER_TYPES), key=len, reverse=True))
TITLE_END = re.compile(rf"({_TYPE_WORDS})(?:（[^（）]{{1,20}}）)?$")

_ORGAN = (
    "人民政府|政府|国务院|国办|常委会|人大|政协|党委|党组|工委|县委|市委|省委|区委|州委|旗委|委|办公厅|办公室|办事处|办|室|委员会|部|局|"
    "厅|院|署|处|中心|公司|集团|机构|单位|部门|学校|学院|医院|管委会|街道|乡|镇|县|市|区|省|自治州|盟|旗|中央军委|军委|司令部|"
    "总部|总队|支队|大队|兵团|部队|银行|分行|支行|协会|学会|联合会|工商联|总工会|工会|团委|妇联|纪委|监委|法院|检察院|"
    "领导小组|指挥部|工作组|综合组|小组|专班|联席会议|热线办|督查办|社|站|所|队|股|科室|科|企业|园区|开发区|研究院|基金会|党校|报社|台"
)
ORGAN_END = re.compile(rf"(?:{_ORGAN})(?:（[^（）]{{1,24}}）)?$")
PERSON_END = re.compile(
    r"(?:同志|委员|代表|副?主席|副?总理|副?主任|副?书记|先生|女士|副?[省市县区州镇乡]长|副?部长|副?局长)(?:们)?$"
)
NOT_ADDRESSED = re.compile(
    r"如下|现将|根据|按照|内容|附件|附：|联系|电话|注：|抄送|签发|时间|地点|单位：.*：|通知|公告|情况|要求|为了|以下"
)
SENTENCE = re.compile(r"[。；！？]")
HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十百]+[章条]|[0-9]{1,2}[.．、])"
)


def is_organ(text: str) -> bool:
    """Say whether a short text without blanks reads as the name of an organ."""
    return (
        2 <= len(text) <= 40
        and not re.search(r"[。，；：、《》“”]|^关于|^附件|^各|(?<!应)对(?!外)", text)
        and bool(ORGAN_END.search(text))
    )


def is_addressed(text: str) -> bool:
    """Say whether a text, its colon taken off, reads as 主送机关: organs or persons, mostly by their last words."""
    if not 2 <= len(text) <= 600 or SENTENCE.search(text.replace("；", "，")) or NOT_ADDRESSED.search(text):
        return False
    parts = [part for part in re.split(r"[、，；]|及(?!其)", text) if part]
    known = sum(bool(ORGAN_END.search(part) or PERSON_END.search(part)) for part in parts)
    return bool(parts) and (
        known >= 0.6 * len(parts) or bool(ORGAN_END.search(parts[-1])) or text.startswith("各")
    )
