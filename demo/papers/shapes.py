"""Which build a paper has, read from its kind and title; and what its title is about."""

import re

_BY_KIND = {
    "请示": "request",
    "报告": "report",
    "函": "letter",
    "通报": "circular",
    "批复": "reply",
    "纪要": "minutes",
    "决定": "decision",
    "意见": "opinion",
}
_EMERGENCY = re.compile(r"险情|灾害损失|结冰|起火|火灾处置|塌方|滑坡|事故处置|异常死亡|增多处置|覆冰")
_SUBJECT = re.compile(r"^关于(.+)的(?:紧急)?(?:通知|请示|报告|函|意见|通报|批复|会议纪要|决定|通告)$")
_PERIOD = re.compile(r"^\d{4}年(?:1—\d+月|\d+月份?|上半年|前三季度|第.季度)?")
_BEFORE = re.compile(r"^(?:商请|协助|请求|开展|召开|报送|进一步|切实)*")
_AFTER = re.compile(r"(?:工作)?(?:的)?(?:进展|完成|推进|采用|运行|办理|落实|有关)?情况$")


def of(kind: str, shape: str, title: str) -> str:
    """Name the builder in demo.papers.bodies."""
    if shape != "plain":
        return shape
    return _BY_KIND.get(kind) or _of_notice(title)


def is_emergency(title: str) -> bool:
    return bool(_EMERGENCY.search(title))


def subject(title: str) -> str:
    """What a title speaks of, without the frame around it: 保障性安居工程."""
    found = _SUBJECT.match(title)
    inner = found.group(1) if found else title
    for pattern in (_BEFORE, _PERIOD, _AFTER):
        inner = pattern.sub("", inner)
    return inner or title


def _of_notice(title: str) -> str:
    if "职务任免" in title:
        return "appointment"
    if any(word in title for word in ("召开", "收听收看", "参加")):
        return "meeting"
    if any(word in title for word in ("报送", "推荐", "申报")):
        return "submit"
    return "plan" if any(word in title for word in ("印发", "下达", "公布")) else "plain"
