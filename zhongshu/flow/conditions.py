"""Conditions of a procedure as data, never as code: ["amount", ">", 100000], ["and", …, …], ["not", …].

Operators: == != > >= < <= in not_in has empty filled. What is missing or of another kind compares as false.
"""

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Compare numbers with numbers and texts with texts only."""

    def safe(left: Any, right: Any) -> bool:
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        return (numbers or (isinstance(left, str) and isinstance(right, str))) and compare(left, right)

    return safe


OPERATORS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "==": ("等于", lambda left, right: bool(left == right)),
    "!=": ("不等于", lambda left, right: bool(left != right)),
    ">": ("大于", _ordered(lambda left, right: bool(left > right))),
    ">=": ("不小于", _ordered(lambda left, right: bool(left >= right))),
    "<": ("小于", _ordered(lambda left, right: bool(left < right))),
    "<=": ("不大于", _ordered(lambda left, right: bool(left <= right))),
    "in": ("属于", lambda left, right: isinstance(right, list) and left in right),
    "not_in": ("不属于", lambda left, right: isinstance(right, list) and left not in right),
    "has": ("包含", lambda left, right: isinstance(left, list) and right in left),
    "empty": ("未填", lambda left, _: left in (None, "", [], {})),
    "filled": ("已填", lambda left, _: left not in (None, "", [], {})),
}
ALONE = ("empty", "filled")
MAX_DEPTH = 6


def holds(condition: Any, facts: Facts) -> bool:
    """Say whether a condition holds; none always does."""
    if not condition:
        return True
    head = condition[0]
    if head in ("and", "or"):
        parts = (holds(part, facts) for part in condition[1:])
        return all(parts) if head == "and" else any(parts)
    if head == "not":
        return not holds(condition[1], facts)
    name, operator = condition[0], condition[1]
    value = condition[2] if len(condition) > 2 else None
    return OPERATORS[operator][1](facts.get(name), value)


def faults(condition: Any, depth: int = 0) -> list[str]:
    """Return what is wrong with a condition, in words."""
    if condition in (None, []):
        return []
    if depth > MAX_DEPTH:
        return ["条件套得太深"]
    if not isinstance(condition, list) or len(condition) < 2:
        return ["条件的写法不对，应为“名称 比较 值”"]
    if not isinstance(condition[0], str):
        return ["条件没有写明看哪一项"]
    if condition[0] in ("and", "or"):
        return [fault for part in condition[1:] for fault in faults(part, depth + 1)]
    if condition[0] == "not":
        return faults(condition[1], depth + 1)
    return _simple_faults(condition)


def _simple_faults(condition: list[Any]) -> list[str]:
    name, operator = condition[0], condition[1]
    if not isinstance(operator, str):
        return ["条件的写法不对，应为“名称 比较 值”"]
    if not isinstance(name, str) or not name:
        return ["条件没有写明看哪一项"]
    if operator not in OPERATORS:
        return [f"条件里的比较“{operator}”不认识"]
    if operator in ALONE:
        return [] if len(condition) == 2 else [f"“{OPERATORS[operator][0]}”后面不用再填值"]
    if len(condition) != 3:
        return ["条件缺少要比的值"]
    if operator in ("in", "not_in") and not isinstance(condition[2], list):
        return ["“属于”要比的是一组值"]
    return []


def words(condition: Any, labels: Mapping[str, str] | None = None) -> str:
    """Say a condition in words; `labels` name variables ("review") and their values ("review=return")."""
    if not condition:
        return "其他情况"
    if condition[0] in ("and", "or"):
        joint = " 且 " if condition[0] == "and" else " 或 "
        return joint.join(words(part, labels) for part in condition[1:])
    if condition[0] == "not":
        return f"不是（{words(condition[1], labels)}）"
    name, known = str(condition[0]), labels or {}
    value = condition[2] if len(condition) > 2 else ""
    values = value if isinstance(value, list) else [value]
    shown = "、".join(_value_words(name, each, known) for each in values)
    return f"{known.get(name, name)} {OPERATORS[condition[1]][0]} {shown}".strip()


def _value_words(name: str, value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return labels.get(f"{name}={value}", str(value))
