"""Phases of an incoming document: rules, lights and statistics read these, never node names."""

ARRIVED = "arrived"
RECEIVED = "received"
REGISTERED = "registered"
RETURNING = "returning"
LEGAL = "legal_review"
REVIEWED = "reviewed"
PROPOSED = "proposed"
INSTRUCTING = "instructing"
ASSIGNING = "assigning"
HANDLING = "handling"
UNIT_SIGNING = "unit_signing"
UNIT_HANDLING = "unit_handling"
UNIT_CHECKING = "unit_checking"
COLLATING = "collating"
REPLYING = "replying"
REPLIED = "replied"
CIRCULATING = "circulating"
CLOSED = "closed"
ARCHIVED = "archived"
RETURNED_TO_SENDER = "returned_to_sender"
VOIDED = "voided"

NAMES = {
    ARRIVED: "待签收",
    RECEIVED: "待登记",
    REGISTERED: "初审",
    RETURNING: "退文审批",
    LEGAL: "合法性审核",
    REVIEWED: "拟办",
    PROPOSED: "审核",
    INSTRUCTING: "批示",
    ASSIGNING: "交办",
    HANDLING: "承办",
    UNIT_SIGNING: "承办单位签收",
    UNIT_HANDLING: "承办单位办理",
    UNIT_CHECKING: "承办单位审签",
    COLLATING: "反馈汇总",
    REPLYING: "答复",
    REPLIED: "办结",
    CIRCULATING: "传阅",
    CLOSED: "已办结",
    ARCHIVED: "已归档",
    RETURNED_TO_SENDER: "已退文",
    VOIDED: "已作废",
}

# Steps whose duration the efficiency comparison shows, in the order they come.
MEASURED = (
    RECEIVED,
    REGISTERED,
    REVIEWED,
    PROPOSED,
    INSTRUCTING,
    ASSIGNING,
    HANDLING,
    COLLATING,
    REPLYING,
)

KIND = "incoming"
INSTRUCTION_KIND = "leader_instruction"

# 批示件 (domain 2.6): a small record without a procedure of its own.
INSTRUCTION_STATES = {
    "registered": "已登记",
    "relayed": "已转达",
    "assigned": "已交办",
    "handling": "办理中",
    "reported": "已报结果",
    "leader_read": "批示人已阅",
    "closed": "已办结",
}
INSTRUCTION_MOVES = {
    ("registered", "relayed"),
    ("relayed", "assigned"),
    ("relayed", "closed"),
    ("assigned", "handling"),
    ("handling", "reported"),
    ("assigned", "reported"),
    ("relayed", "reported"),
    ("reported", "leader_read"),
    ("leader_read", "closed"),
}
