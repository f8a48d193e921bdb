"""The fields of a Chinese official document, from its text layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recognize.fields import attachments, demands, head, issuers, tail
from recognize.fields.outline import outline_of
from recognize.fields.rows import rows_of
from recognize.found import NOTHING, Found
from recognize.pages import TextLayer

LABELS = {
    "issuer_name": "来文机关",
    "doc_number": "来文字号",
    "title": "标题",
    "doc_type": "文种",
    "urgency": "紧急程度",
    "telegram_grade": "电报等级",
    "secrecy_marks": "密级标志",
    "copy_no": "份号",
    "doc_date": "成文日期",
    "signer": "签发人",
    "main_recipients": "主送",
    "cc": "抄送",
    "contact": "联系人",
    "contact_phone": "联系电话",
    "attachments": "附件",
    "note": "附注",
    "requires_feedback": "要求反馈",
    "stated_due": "反馈时限",
    "handling_type": "办件或阅件",
    "is_litigation_related": "涉法涉诉",
}
DATES = frozenset({"doc_date", "stated_due"})


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was read of one file: every key of LABELS with a `Found`, the layout, and how its pages were read.

    `ocr_pages` were read off pictures; of these `hardly_read` gave few or unsure letters, so that a person should
    look. `skipped` are pictures of pages that were not read.
    """

    kind: str
    layout: str
    pages: int
    pages_without_text: tuple[int, ...]
    fields: Mapping[str, Found]
    ocr_pages: tuple[int, ...] = ()
    hardly_read: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain data in the order of LABELS."""
        return {
            "kind": self.kind,
            "layout": self.layout,
            "pages": self.pages,
            "pages_without_text": list(self.pages_without_text),
            "ocr_pages": list(self.ocr_pages),
            "hardly_read": list(self.hardly_read),
            "skipped": list(self.skipped),
            "fields": {name: found.as_json() for name, found in self.fields.items()},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Recognition":
        """Return what `as_json` wrote; fields that it did not know yet are empty."""
        fields = {
            name: Found.from_json(data["fields"][name], is_date=name in DATES)
            if name in data["fields"]
            else NOTHING
            for name in LABELS
        }
        lists = ("pages_without_text", "ocr_pages", "hardly_read", "skipped")
        return cls(
            data["kind"],
            data["layout"],
            data["pages"],
            fields=fields,
            **{name: tuple(data.get(name, ())) for name in lists},
        )


def recognize_layer(layer: TextLayer) -> Recognition:
    """Find all fields; one that is not on the paper, or not sure enough to be said, has the value None.

    `layout` is document 文件格式, letter 信函, order 命令, minutes 纪要, telegram 电报 or unknown (GB/T 9704 第10章).
    """
    outline = outline_of(rows_of(layer))
    signature = tail.signature_of(outline)
    fields = dict.fromkeys(LABELS, NOTHING)
    fields |= head.fields(outline, layer)
    fields |= tail.fields(outline, signature)
    fields["issuer_name"] = issuers.issuer(outline, signature)
    fields["attachments"] = attachments.attachments(outline, signature)
    fields |= demands.fields(outline, fields)
    return Recognition(
        layer.kind,
        head.layout(outline),
        len(layer.pages),
        layer.pages_without_text,
        fields,
        layer.ocr_pages,
        layer.hardly_read,
        layer.skipped,
    )
