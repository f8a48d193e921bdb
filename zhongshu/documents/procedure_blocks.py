"""The default procedure of an incoming document, and of a unit's inner handling, as data."""

from typing import Any

from zhongshu.documents import states as s

SECRETARIAT = "秘书科负责签转"
FIRST_RECEIVER = {"person_of": "first_receiver"}

EXTRA_HOUR = {"extra_urgent": {"hours": 1}, "urgent": {"hours": 2}}


def _step(id_: str, name: str, phase: str, who: dict[str, Any], **extra: Any) -> dict[str, Any]:
    return {"type": "step", "id": id_, "name": name, "phase": phase, "who": who, **extra}


def _choice(id_: str, name: str, *branches: dict[str, Any]) -> dict[str, Any]:
    return {"type": "choice", "id": id_, "name": name, "branches": list(branches)}


def _branch(
    id_: str, name: str, blocks: list[dict[str, Any]], when: list[Any] | None = None
) -> dict[str, Any]:
    return {"id": id_, "name": name, "blocks": blocks, **({"when": when} if when else {})}


LEGAL = _choice(
    "legal_choice",
    "是否涉法涉诉",
    _branch(
        "litigation",
        "涉法涉诉",
        [_step("legal", "合法性审核", s.LEGAL, {"role": "legal_section"}, days=2, carrier=SECRETARIAT)],
        ["litigation", "==", True],
    ),
    _branch("plain", "不涉法", []),
)

INSTRUCT = _choice(
    "instruct_choice",
    "是否送领导批示",
    _branch(
        "leaders",
        "送领导批示",
        [
            _step(
                "instruct",
                "批示",
                s.INSTRUCTING,
                {"var": "leaders", "as": "person"},
                mode="seq",
                days=2,
                by_urgency={"extra_urgent": {"hours": 2}, "urgent": {"hours": 8}},
                requires=["legal"],
                carrier="行文单位负责跑签（机关内部和基层来文由秘书科负责）",
            )
        ],
        ["leaders", "filled"],
    ),
    _branch("direct", "直接批办", []),
)

ASSIGN = _choice(
    "assign_choice",
    "是否已由领导转办",
    _branch("relayed", "领导已转办", [], ["relayed", "==", True]),
    _branch(
        "by_office",
        "秘书科交办",
        [
            _step(
                "assign",
                "交办",
                s.ASSIGNING,
                FIRST_RECEIVER,
                days=1,
                by_urgency=EXTRA_HOUR,
                carrier=SECRETARIAT,
            )
        ],
    ),
)

HANDLE = [
    {
        "type": "each",
        "id": "handle",
        "name": "承办",
        "phase": s.HANDLING,
        "who": {"var": "units", "as": "unit"},
        "child": "incoming_unit",
        "requires": ["legal"],
        "due_var": "due",
        "carrier": "承办单位",
    },
    _step("collate", "汇总反馈", s.COLLATING, FIRST_RECEIVER, days=1, carrier=SECRETARIAT),
    _choice(
        "reply_choice",
        "是否须答复",
        _branch(
            "reply",
            "须答复",
            [_step("reply", "答复", s.REPLYING, FIRST_RECEIVER, days=1, carrier=SECRETARIAT)],
            ["needs_reply", "==", True],
        ),
        _branch("no_reply", "不须答复", []),
    ),
]

READ = [
    _step(
        "circulate",
        "传阅",
        s.CIRCULATING,
        {"var": "readers", "as": "person"},
        mode="all",
        days=2,
        by_urgency={"extra_urgent": {"hours": 2}, "urgent": {"hours": 8}},
        carrier="通讯员传递，秘书科掌握去向",
    )
]

WORK = [
    LEGAL,
    _step("propose", "拟办", s.REVIEWED, FIRST_RECEIVER, days=1, by_urgency=EXTRA_HOUR, carrier=SECRETARIAT),
    _step(
        "check",
        "审核",
        s.PROPOSED,
        {"room": "checkers"},
        mode="seq",
        days=1,
        by_urgency=EXTRA_HOUR,
        carrier=SECRETARIAT,
    ),
    _choice(
        "kind_choice",
        "办件还是阅件",
        _branch("read", "阅件", READ, ["handling_type", "==", "read"]),
        _branch("act", "办件", [INSTRUCT, ASSIGN, *HANDLE]),
    ),
    _step("close", "办结归档", s.REPLIED, FIRST_RECEIVER, days=2, carrier=SECRETARIAT, final=True),
]

INCOMING: list[dict[str, Any]] = [
    _step(
        "sign",
        "签收",
        s.ARRIVED,
        {"role": "secretariat"},
        hours=4,
        by_urgency=EXTRA_HOUR,
        carrier=SECRETARIAT,
    ),
    _step(
        "register",
        "登记",
        s.RECEIVED,
        FIRST_RECEIVER,
        hours=4,
        by_urgency=EXTRA_HOUR,
        carrier=SECRETARIAT,
        final=True,
    ),
    _step("review", "初审", s.REGISTERED, FIRST_RECEIVER, days=1, by_urgency=EXTRA_HOUR, carrier=SECRETARIAT),
    _choice(
        "review_choice",
        "初审结论",
        _branch(
            "return",
            "退文",
            [
                _step(
                    "return_check",
                    "退文审批",
                    s.RETURNING,
                    {"room": "return_checkers"},
                    days=1,
                    carrier=SECRETARIAT,
                    final=True,
                )
            ],
            ["review", "==", "return"],
        ),
        _branch("go_on", "符合", WORK),
    ),
]

UNIT: list[dict[str, Any]] = [
    _step(
        "unit_sign",
        "签收",
        s.UNIT_SIGNING,
        {"role": "liaison"},
        days=1,
        by_urgency=EXTRA_HOUR,
        carrier="承办单位",
    ),
    _step(
        "unit_handle", "承办", s.UNIT_HANDLING, {"person_of": "previous"}, due_var="due", carrier="承办单位"
    ),
    _step("unit_check", "负责人审签", s.UNIT_CHECKING, {"role": "dept_head"}, days=1, carrier="承办单位"),
]
