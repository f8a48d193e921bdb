"""更正记忆: what the clerk had to put right on an issuer's papers is put right the next time.

Title, number and date are never remembered: they are new on every paper. Of the number only the 代字 is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents.models import Direction, DocType, HandlingType, RecognitionCorrection
from zhongshu.matters import bigrams

NAMES = {
    "issuer_name": "来文机关",
    "direction": "行文方向",
    "doc_prefix": "机关代字",
    "main_recipients": "主送机关",
    "contact": "联系人",
    "contact_phone": "联系电话",
    "handling_type": "办件类型",
}
MOST = 300
_PREFIX = re.compile(r"^\s*(.{1,20}?)\s*[〔\[［(（【]\s*(?:19|20)\d\d")


@dataclass(frozen=True)
class Remembered:
    """What is put in place of what was read."""

    value: str
    pk: int
    times: int


class Memory:
    """The corrections of one issuer, at hand while a form is filled."""

    def __init__(self, tenant_id: int, issuer_key: str) -> None:
        found = RecognitionCorrection.objects.filter(tenant_id=tenant_id, issuer_key=issuer_key)
        self.rows = list(found.order_by("-last_at", "-pk")) if issuer_key else []

    def of(self, field: str, read: str) -> Remembered | None:
        """Return what replaces this reading: what replaced it before, or for nothing read the last known value."""
        rows = [row for row in self.rows if row.field == field]
        same = next((row for row in rows if row.read_value == read), None)
        if same is None and not read:
            same = next((row for row in rows if row.corrected_value), None)
        return Remembered(same.corrected_value, same.pk, same.count) if same else None


def key_of(issuer_name: str, doc_number: str = "") -> str:
    """Return what an issuer is remembered by: its name, or where none was read the 代字 of its number."""
    name = "".join(bigrams.runs(issuer_name))
    prefix = prefix_of(doc_number)
    return (name or (f"代字：{prefix}" if prefix else ""))[:120]


def prefix_of(doc_number: str) -> str:
    """Return the 代字 of a 字号, "" where it has none."""
    found = _PREFIX.match(doc_number)
    return found[1] if found else ""


def with_prefix(doc_number: str, prefix: str) -> str:
    """Return the 字号 under another 代字; year and number stay."""
    return doc_number.replace(prefix_of(doc_number), prefix, 1)


def learn(read: Mapping[str, str], kept: Mapping[str, str], name_key: str, *, by: Actor) -> list[str]:
    """Remember where what was kept differs from what was read; forget what turned out right. Say what was learnt.

    The issuer's name is remembered under what was read of it, everything else under the name that was kept.
    """
    learnt = []
    for field, label in NAMES.items():
        before, now = read.get(field, "")[:MOST], kept.get(field, "")[:MOST]
        key = name_key if field == "issuer_name" else key_of(kept["issuer_name"])
        if not key:
            continue
        rows = RecognitionCorrection.objects.filter(
            tenant_id=by.office, issuer_key=key, field=field, read_value=before
        )
        if now == before:
            rows.delete()
        elif _remember((key, field, before), now, by=by):
            learnt.append(f"{label}：{shown(field, before) or '空'} → {shown(field, now) or '空'}")
    return learnt


def _remember(of: tuple[str, str, str], now: str, *, by: Actor) -> bool:
    """Write or strengthen the correction of one reading; say whether it is news."""
    key, field, before = of
    row, is_news = RecognitionCorrection.objects.get_or_create(
        tenant_id=by.office,
        issuer_key=key,
        field=field,
        read_value=before,
        defaults={"corrected_value": now, "count": 0},
    )
    is_news |= row.corrected_value != now
    row.count = 1 if is_news else row.count + 1
    row.corrected_value = now
    row.last_at, row.last_by_name = clock.now(), by.display[:60]
    row.save()
    return is_news


def shown(field: str, value: str) -> str:
    """Return a remembered value in words."""
    if field == "direction":
        return dict(Direction.choices).get(value, value)
    if field == "handling_type":
        handling, _, doc_type = value.partition(":")
        words = dict(HandlingType.choices).get(handling, handling)
        return f"{words}（{dict(DocType.choices).get(doc_type, doc_type)}）" if doc_type else words
    return value
