"""Whether a face is the kind the standard asks for, under whatever name a maker sells it."""

import re

KINDS = {
    "仿宋": re.compile(r"仿宋|fang\s?song", re.IGNORECASE),
    "小标宋": re.compile(r"小标宋|xiao\s?biao\s?song|xbs", re.IGNORECASE),
    "楷体": re.compile(r"楷|kai", re.IGNORECASE),
    "黑体": re.compile(r"黑|hei", re.IGNORECASE),
    "宋体": re.compile(r"^(?!.*(?:仿宋|小标宋|fang|biao)).*(?:宋|song|simsun|sim sun)", re.IGNORECASE),
}
ROLES = {"仿宋": "fangsong", "小标宋": "biaosong", "楷体": "kai", "黑体": "hei", "宋体": "song"}


def is_kind(face: str, kind: str, preferred: list[str]) -> bool:
    """Say whether a face is of a kind; a profile's own preference counts as one."""
    return face in preferred or bool(KINDS[kind].search(face))
