"""The accounts of the demonstration: one for each part an office has, all with one password."""

from demo import cast
from zhongshu.people.showcase import ShownAccount

PARTS = (
    ("文书股　登记、初审、拟办、汇总、办结", "林晓禾"),
    ("办公室主任　审核", "程以安"),
    ("办公室副主任　退文审批", "闻仲谦"),
    ("县长　批示", "陆承安"),
    ("常务副县长　批示", "沈知衡"),
    ("副县长　批示", "顾怀川"),
    ("法制股　合法性审核", "江守律"),
    ("督查室　批示件督办", "尹卓"),
    ("机要室　机要登记", "金默"),
    ("机要室　保密审查", "严守中"),
    ("档案室　归档", "文静姝"),
    ("总值班室　值班收文", "邵一鸣"),
    ("县自然资源局联络员　承办反馈", "罗启明"),
    ("县自然资源局局长　审签", "岑远山"),
    ("县水利局联络员　承办反馈", "祁文远"),
    ("县水利局局长　审签", "洪定波"),
    ("青石镇联络员　承办反馈", "罗小石"),
    ("青石镇镇长　审签", "栗青岩"),
    ("系统管理员", "卫其昌"),
    ("安全保密管理员", "关慎言"),
    ("安全审计员", "查明远"),
)


def shown() -> list[ShownAccount]:
    """The people worth trying the demonstration as."""
    return [ShownAccount(part, name, cast.member(name).login, cast.PASSWORD) for part, name in PARTS]
