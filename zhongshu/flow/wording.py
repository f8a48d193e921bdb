"""The parts of a drawing said in Chinese, and written conditions read back into data."""

import json
from collections.abc import Mapping
from typing import Any

from zhongshu.flow.conditions import ALONE, OPERATORS, faults
from zhongshu.flow.lint import MODES

PERSONS = {"initiator": "发起人", "first_receiver": "首接负责人", "previous": "上一环节办理人"}
PORTFOLIOS = {"leader": "分管领导", "deputy_director": "协助分管的副主任", "ab_partner": "补位领导"}
SIGNS = {"等于": "==", "=": "==", "不等于": "!=", "大于": ">", "不小于": ">=", "小于": "<", "不大于": "<=", "属于": "in",
         "不属于": "not_in", "包含": "has", "未填": "empty", "已填": "filled"}  # fmt: skip


def who_words(who: Mapping[str, Any] | None, roles: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Say who does a node."""
    if not who:
        return "未定"
    if "role" in who and "var" not in who:
        name = roles.get(str(who["role"]), str(who["role"]))
        return f"{name}（每人一件）" if who.get("pick") == "all" else name
    if "person_of" in who:
        which = str(who["person_of"])
        return PERSONS.get(which) or f"办理“{which.removeprefix('node:')}”的人"
    if "portfolio" in who:
        return f"{PORTFOLIOS.get(str(who['portfolio']), '')}（看{labels.get(str(who.get('var')), who.get('var'))}）"
    if "var" in who:
        return f"{labels.get(str(who['var']), who['var'])}（上一步选定）"
    if "room" in who:
        return labels.get(str(who["room"]), str(who["room"]))
    return "单位主要负责人" if "head" in who else "指定的人"


def limit_words(block: Mapping[str, Any], policies: Mapping[str, str] | None = None) -> str:
    """Say how long a node may take; `policies` gives the names of the rules."""
    units = (("days", "个工作日"), ("hours", "小时"), ("calendar_days", "日"))
    said = [f"{block[key]}{unit}" for key, unit in units if block.get(key)]
    if code := block.get("policy"):
        said.append(f"按“{(policies or {}).get(code, code)}”")
    if block.get("due_var"):
        said.append("按上一步定的时限")
    return "，".join(said)


def mode_words(block: Mapping[str, Any]) -> str:
    mode = str(block.get("mode") or ("all" if block.get("type") == "each" else "one"))
    return f"{block.get('quota')}人即可" if mode == "quota" else MODES.get(mode, mode)


def condition_text(condition: Any) -> str:
    """Write a condition as an administrator types it: one test a line, all must hold; otherwise as JSON."""
    if not condition:
        return ""
    tests = condition[1:] if condition[0] == "and" else [condition]
    if any(test[0] in ("and", "or", "not") for test in tests):
        return json.dumps(condition, ensure_ascii=False)
    return "\n".join(_test_text(test) for test in tests)


def _test_text(test: list[Any]) -> str:
    words = OPERATORS[test[1]][0]
    if test[1] in ALONE:
        return f"{test[0]} {words}"
    value = test[2]
    shown = (
        "、".join(map(str, value))
        if isinstance(value, list)
        else {True: "是", False: "否"}.get(value, value)
        if isinstance(value, bool)
        else value
    )
    return f"{test[0]} {words} {shown}"


def read_condition(text: str) -> list[Any]:
    """Read what was typed; raise ValueError with the words to show."""
    text = text.strip()
    if not text:
        return []
    if text.startswith("["):
        return _checked(_json(text))
    tests = [_read_test(line.strip()) for line in text.splitlines() if line.strip()]
    return _checked(tests[0] if len(tests) == 1 else ["and", *tests])


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError("条件的写法不对") from error


def _checked(condition: Any) -> list[Any]:
    if found := faults(condition):
        raise ValueError("；".join(found))
    return list(condition)


def _read_test(line: str) -> list[Any]:
    parts = line.split(maxsplit=2)
    sign = SIGNS.get(parts[1], parts[1]) if len(parts) > 1 else ""
    if sign not in OPERATORS:
        raise ValueError(f"“{line}”应写成“名称 比较 值”，如“金额 大于 100000”")
    if sign in ALONE:
        return [parts[0], sign]
    if len(parts) < 3:
        raise ValueError(f"“{line}”缺少要比的值")
    return [parts[0], sign, _read_values(parts[2]) if sign in ("in", "not_in") else _read_value(parts[2])]


def _read_values(text: str) -> list[Any]:
    return [_read_value(part.strip()) for part in text.replace(",", "、").split("、") if part.strip()]


def _read_value(text: str) -> Any:
    if text in ("是", "true", "True"):
        return True
    if text in ("否", "false", "False"):
        return False
    try:
        return int(text)
    except ValueError:
        return text


def outcomes_text(outcomes: list[dict[str, Any]]) -> str:
    """Write outcomes one a line: code | label | 否定 | step to go back to."""
    rows = [
        (o["code"], o.get("label", ""), "否定" if o.get("negative") else "", o.get("to", ""))
        for o in outcomes
    ]
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)


def read_outcomes(text: str) -> list[dict[str, Any]]:
    """Read outcomes back."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        cells = [*(cell.strip() for cell in line.split("|")), "", "", ""][:4]
        row: dict[str, Any] = {"code": cells[0], "label": cells[1] or cells[0]}
        if cells[2]:
            row["negative"] = True
        if cells[3]:
            row["to"] = cells[3]
        found.append(row)
    return found
