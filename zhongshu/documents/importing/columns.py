"""The columns of an old register: which row is the head, and what each column holds."""

import re
from collections.abc import Mapping, Sequence

from zhongshu.matters import bigrams

# Field: its name on the page, and how offices have called it.
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    field: (label, (label, *words.split()))
    for field, label, words in (
        ("number", "收文编号", "编号 收文号 登记号 登记编号 流水号 办文编号 收文序号 来文编号"),
        (
            "received",
            "收文时间",
            "收文日期 收到时间 收到日期 收件日期 登记日期 登记时间 来文日期 来文时间 日期",
        ),
        ("issuer", "来文机关", "来文单位 发文机关 发文单位 来件单位 来文部门 单位名称 发文部门"),
        ("doc_number", "来文字号", "来文文号 文号 发文字号 原文号 字号 文件字号 文件编号 发文文号"),
        ("title", "标题", "文件标题 来文标题 题名 文件名称 文件题名 来文名称 内容 事由 内容摘要 来文内容"),
        ("doc_type", "文种", "公文种类 文件种类 文件类型 类型"),
        ("doc_date", "成文日期", "成文时间 发文日期 发文时间 印发日期 落款日期"),
        ("urgency", "紧急程度", "缓急 急缓 紧急 缓急程度 等级"),
        ("copies", "份数", "收文份数 件数 数量"),
        ("proposal", "拟办", "拟办意见 办公室意见 拟办情况"),
        ("instruction", "批示", "领导批示 批示意见 批示内容 领导意见 批示情况"),
        ("unit", "承办", "承办单位 主办单位 承办部门 办理单位 责任单位 承办人 分送单位"),
        ("due", "时限", "办结时限 办理时限 限办时间 要求办结时间 办理期限 期限 要求完成时间"),
        ("closed", "办结时间", "办结日期 办毕时间 办理完毕时间 完成时间 办结 办毕日期"),
        ("result", "办理结果", "办理情况 处理结果 处理情况 办结情况"),
        ("archival", "归档/档号", "档号 归档号 归档 归档情况 案卷号 归卷号 归档编号"),
        ("note", "备注", "说明 附注"),
    )
}
REQUIRED = ("received", "issuer", "title")
FEWEST = 3
DEEPEST = 20
_NOISE = re.compile(r"[\s（()）:：*＊/、·.\-_]+")

Mapped = dict[str, int]


def head_key(text: str) -> str:
    """Return what two spellings of a head share: ` 来 文\\n机关 ` and 来文机关 are one."""
    return _NOISE.sub("", bigrams.normal(text))[:60]


_KNOWN = {head_key(word): field for field, (_, words) in FIELDS.items() for word in words}


def field_of(head: str, habits: Mapping[str, str]) -> str:
    """Return what a column of this head holds, "" if unknown; what the office once said comes first."""
    key = head_key(head)
    if key in habits:
        return habits[key]
    return _KNOWN.get(key) or _KNOWN.get(_KNOWN_TAIL.sub("", key), "")


_KNOWN_TAIL = re.compile(r"(?:年月日|必填|选填|\d+)$")


def find_head(rows: Sequence[Sequence[str]], habits: Mapping[str, str]) -> int | None:
    """Return the number (from 1) of the row that reads as a head; the one with the most known columns."""
    scores = [len({field_of(cell, habits) for cell in row if cell} - {""}) for row in rows[:DEEPEST]]
    best = max(scores, default=0)
    return scores.index(best) + 1 if best >= FEWEST else None


def mapping_of(heads: Sequence[str], habits: Mapping[str, str]) -> Mapped:
    """Return the column of each field that the heads name; the first of two wins."""
    found: Mapped = {}
    for column, head in enumerate(heads):
        field = field_of(head, habits) if head else ""
        if field and field not in found:
            found[field] = column
    return found


def unused(heads: Sequence[str], mapping: Mapped) -> list[str]:
    """Return the heads of columns that nothing is taken from."""
    return [head for column, head in enumerate(heads) if head and column not in mapping.values()]


def missing(mapping: Mapped) -> list[str]:
    """Return the names of fields that a register cannot do without."""
    return [FIELDS[field][0] for field in REQUIRED if field not in mapping]
